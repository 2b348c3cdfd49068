"""Named pure functions Book -> table, one module per idea, each with a card."""
