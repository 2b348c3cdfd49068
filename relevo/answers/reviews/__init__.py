"""Peer reviews: what waits for me, what was said of my work, how good our answers are, and who was coached."""
