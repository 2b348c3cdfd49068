"""Hand-offs, promises and fit: what people hand on, promise and decline, with its history."""
