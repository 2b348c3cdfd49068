"""Measures that are cut by segment unless another dimension is asked, with a total below."""

from dataclasses import replace

from relevo.measures.card import Frame

SEGMENT = "segment"
TOTAL = "total"


def dimension_of(frame: Frame) -> str:
    """The dimension the rows are cut by."""
    return frame.by or SEGMENT


def by_segment(frame: Frame) -> Frame:
    """The frame cut by segment where nothing else is asked."""
    return replace(frame, by=dimension_of(frame))
