"""Conversations as pages: waits, load, types, people, reviews, and what came of them."""
