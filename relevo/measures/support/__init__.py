"""Measures of conversations: waits, load, happiness, reviews, and what contact goes with."""
