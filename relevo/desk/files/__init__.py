"""Files that people bring: what was said about how they are read, and uploads with what became of them."""
