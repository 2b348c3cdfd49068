"""What became of customers after they were helped: curves, doses, tiers, and the customers of each colleague."""
