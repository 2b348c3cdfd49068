"""What customers say of the answers they got: asking them, and whom to call back."""
