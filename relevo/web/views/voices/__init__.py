"""Pages of what customers say: the page behind a rating link, and whom to call back."""
