"""Hand-offs, promises and fit."""
