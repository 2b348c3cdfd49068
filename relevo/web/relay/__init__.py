"""Pages about hand-offs, promises and fit: tables, pictures, words."""
