"""What customers say, as words and pictures."""
