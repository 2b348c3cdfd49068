"""House rules with the day from which they hold, and the log of published books."""
