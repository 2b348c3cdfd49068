"""The API: the same answers as JSON, for programs that ask as one user."""
