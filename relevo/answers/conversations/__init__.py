"""Conversations in answers: waits, load, happiness, reviews, and what they are for."""
