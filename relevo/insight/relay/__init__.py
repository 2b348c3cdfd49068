"""The relay: who held a customer when, and who changed without a word."""
