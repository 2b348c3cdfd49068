"""Text that a spreadsheet would run."""

# A cell that begins with one of these is read as a formula, in some languages also in full width.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def neutral(value: object) -> object:
    """A cell that no spreadsheet runs: text that looks like a formula gets a leading apostrophe."""
    if isinstance(value, str) and value.startswith(_STARTS):
        return "'" + value
    return value
