"""JSON Lines: a submission with a line for every segment."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from fazhi.corpus import Segment
from fazhi.predictions._check import checked
from fazhi.predictions._intake import Intake
from fazhi.predictions._line import parse_line
from fazhi.predictions._reading import Policy, Reading
from fazhi.predictions._source import numbered_lines, open_submission


def check_predictions(
    path: Path, segments: Sequence[Segment], policy: Policy | None = None
) -> Reading:
    """Reads a JSON Lines file and finds everything that is wrong with it.

    Args:
        path: a regular file of at most 100 MB, a line at most 1 MB.
        segments: the segments that are to be predicted.
        policy: what is put right; nothing by default.

    Raises:
        InputError: the file cannot be read, is empty, too large, or not UTF-8.
    """
    with open_submission(path) as stream:
        return check_lines(numbered_lines(stream, path), segments, policy or Policy())


def check_lines(
    lines: Iterable[tuple[int, str]], segments: Sequence[Segment], policy: Policy
) -> Reading:
    """What numbered lines of JSON amount to."""
    intake = Intake(segments, policy)
    for number, text in lines:
        if text.strip():
            take_line(number, text, intake)
        if intake.problems.full:
            break
    return intake.reading()


def take_line(number: int, text: str, intake: Intake) -> None:
    """Adds a line of JSON to what was read."""
    line = parse_line(number, text, intake.problems)
    segment = line and intake.claim(line.prediction.id, number)
    if line and segment:
        intake.keep(checked(line, segment, intake), line.tasks)
