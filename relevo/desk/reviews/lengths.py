"""How long what is written in reviews may be."""

LONGEST_NOTE, LONGEST_WHY = 4_000, 500
