"""Annotation: inline marks, checks and recorded reasons.

Artifacts: the `annotation/` room.
"""

from fazhi.annotation._lint import Finding, lint
from fazhi.annotation._marks import parse_marks, read_marked, render_blocks, render_marks
from fazhi.annotation._reasons import Reasons, SurfaceReason, read_reasons

__all__ = [
    "Finding",
    "Reasons",
    "SurfaceReason",
    "lint",
    "parse_marks",
    "read_marked",
    "read_reasons",
    "render_blocks",
    "render_marks",
]
