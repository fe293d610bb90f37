"""What the checks of an annotation report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a reader has to look at."""

    check: str
    """The check that found it."""
    segment: str
    """Id of the segment; empty where it concerns the whole corpus."""
    text: str
    """The words concerned."""
    message: str
    """What is wrong and what to do."""
