"""Revenue measures: what recurs, how it moved, who stays."""
