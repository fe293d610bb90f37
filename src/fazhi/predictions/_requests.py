"""What a function or program is given of each segment."""

from collections.abc import Sequence
from typing import Any

from fazhi.corpus import Segment


def requests(segments: Sequence[Segment]) -> list[dict[str, Any]]:
    """An object per segment: id, report, kind, text, and the headings above it."""
    wanted = {"id", "report", "kind", "text", "heading_path"}
    return [segment.model_dump(mode="json", include=wanted) for segment in segments]
