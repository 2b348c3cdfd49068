"""Conversations across crafts: how load lies on people and weeks, what customers write about, what comes of it."""

"""What became of customers after they were helped: curves, doses, tiers, and the customers of each colleague."""
