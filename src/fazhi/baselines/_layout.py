"""What a segment is by its layout, as numbers beside what it says."""

from typing import get_args

from fazhi.corpus import Segment, SegmentKind

_KINDS: tuple[SegmentKind, ...] = get_args(SegmentKind)

LAYOUT = (*_KINDS, "depth", "place")
"""Names of the layout features."""


def layout(segment: Segment) -> list[float]:
    """One number per kind, then depth and place, all in [0, 1]."""
    kinds = [float(segment.kind == kind) for kind in _KINDS]
    return [*kinds, min(len(segment.heading_path), 4) / 4, min(segment.start, 400) / 400]
