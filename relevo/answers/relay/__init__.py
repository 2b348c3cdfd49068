"""The relay: hand-offs, promises and fit, as a viewer may see them and act on them."""
