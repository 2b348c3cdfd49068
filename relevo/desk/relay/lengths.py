"""How long texts of hand-offs, promises and fit may be, in characters. Pure."""

LONGEST_TEXT, LONGEST_REASON = 8_000, 500
