"""Measures of conversations: what customers wait for, how they liked it, and how good the answers were."""
