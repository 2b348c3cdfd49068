"""The parts of the Money pages as values: one module per section."""
