"""Answers that were made before, for surfaces too: what they make of an answer is kept as long as it holds."""

from relevo.book.remembering import Remembered

__all__ = ["Remembered"]
