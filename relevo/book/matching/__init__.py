"""Which customers of several systems are one: evidence, its weight, and what people decided about it."""
