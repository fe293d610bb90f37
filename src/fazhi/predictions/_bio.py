"""Tagged text (CoNLL): a token and its tag per line, a blank line between segments."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from fazhi.corpus import BIO_TAGS, Segment
from fazhi.predictions._align import UNKNOWN, align
from fazhi.predictions._blocks import Block, Row, read_blocks
from fazhi.predictions._intake import Intake
from fazhi.predictions._problems import shown
from fazhi.predictions._reading import Dropped, Policy, Reading, Truncated
from fazhi.predictions._records import PredictedEntity, Prediction
from fazhi.predictions._source import numbered_lines, open_submission
from fazhi.predictions._tags import illegal_places, repaired_spans, tag_remedy

_ROW = "A line is a token and its tag, with a tab or space between them"
_TOKENS = (
    f"Write the text as it stands, without [CLS], [SEP], ## or lower-casing; white space may be "
    f"left out, and {UNKNOWN} stands for one character"
)
_IDS = "Write # id = <segment id> before every segment, or before none"
_ORDER = "Without ids the file holds every segment, in order; write # id = <segment id> before each"


def read_bio(path: Path, segments: Sequence[Segment], policy: Policy | None = None) -> Reading:
    """Reads tagged text: the entities of every segment, and nothing else.

    A line is a token of the segment's text and, in its last column, a tag: O, B-X or I-X. A
    blank line ends a segment; `# id = <segment id>` before a segment names it, else the segments
    come in order. Tags that end before the text does leave the rest without entities.

    Args:
        path: a regular file of at most 100 MB.
        segments: the segments that are to be predicted.
        policy: what is put right; nothing by default.

    Raises:
        InputError: the file cannot be read, is empty, too large, or not UTF-8.
    """
    with open_submission(path) as stream:
        return check_tagged(numbered_lines(stream, path), segments, policy or Policy())


def check_tagged(
    lines: Iterable[tuple[int, str]], segments: Sequence[Segment], policy: Policy
) -> Reading:
    """What numbered lines of tagged text amount to."""
    intake = Intake(segments, policy)
    longest = max((len(each.text) for each in segments), default=0) + 1
    number, named = 0, False
    for number, block in enumerate(read_blocks(lines, longest), start=1):
        named = named if number > 1 else block.id is not None
        if named != (block.id is not None):
            intake.problems.add(block.line, "some segments have an id and some have none", _IDS)
        elif named or number <= len(segments):
            _take(block, block.id or segments[number - 1].id, intake)
        if intake.problems.full:
            break
    in_step = named or number == len(segments)
    if not in_step:
        what = f"the number of segments is {number}, but {len(segments)} are to be predicted"
        intake.problems.add(None, what, _ORDER)
    return intake.reading(in_step)


def _take(block: Block, name: str, intake: Intake) -> None:
    """Adds a block to what was read."""
    segment = intake.claim(name, block.line)
    well_formed = _check_rows(block.rows, intake)
    if segment is None:
        return
    if not block.rows:
        intake.problems.add(
            block.line, f"no tokens of {segment.id!r} follow", f"{_ROW}; O for all if nothing is"
        )
    if well_formed:
        _check_transitions(block.rows, segment, intake)
    places = _places(block.rows, segment, intake)
    found = _entities(block.rows, places, segment, intake) if well_formed and places else ()
    intake.keep(Prediction(id=segment.id, entities=found), ["entities"])


def _check_rows(rows: Sequence[Row], intake: Intake) -> bool:
    before = len(intake.problems)
    for row in rows:
        if not (row.token and row.tag):
            intake.problems.add(row.line, "expected a token and a tag", _ROW)
        elif row.tag not in BIO_TAGS:
            what = f"there is no tag {shown(row.tag)}"
            intake.problems.add(row.line, what, tag_remedy(row.tag))
    return len(intake.problems) == before


def _places(rows: Sequence[Row], segment: Segment, intake: Intake) -> list[tuple[int, int]] | None:
    """Where the tokens stand in the text; None if they do not fit it."""
    places, misfit = align([row.token for row in rows], segment.text)
    covered = places[-1][1] if places else 0
    rest = segment.text[covered:]
    if misfit is not None:
        follows = f"{covered}, where {shown(rest[:10])} follows" if rest else "its end"
        what = f"the token {shown(rows[misfit].token)} is not in {segment.id!r} at {follows}"
        intake.problems.add(rows[misfit].line, what, _TOKENS)
        return None
    if rest.strip():
        intake.truncated.append(Truncated(segment.id, covered, len(segment.text)))
    return places


def _check_transitions(rows: Sequence[Row], segment: Segment, intake: Intake) -> None:
    """Counts the tags that continue nothing; they are problems unless the policy repairs them."""
    tags = [row.tag for row in rows]
    illegal = illegal_places(tags)
    intake.illegal += len(illegal)
    for index in illegal if intake.policy.repair == "error" else ():
        before = f"follows {tags[index - 1]}" if index else "begins the segment"
        what = f"{tags[index]} {before} in {segment.id!r}, but continues no entity"
        remedy = f"Write B{tags[index][1:]}, or choose a rule with --repair"
        intake.problems.add(rows[index].line, what, remedy)


def _entities(
    rows: Sequence[Row], places: Sequence[tuple[int, int]], segment: Segment, intake: Intake
) -> tuple[PredictedEntity, ...]:
    """The entities that the tags say; the fragments that the policy discards are noted."""
    spans, fragments = repaired_spans([row.tag for row in rows], intake.policy.repair)
    for first, after, label in fragments:
        start, end = places[first][0], places[after - 1][1]
        line = rows[first].line
        intake.dropped.append(Dropped(line, segment.id, start, end, label, "discard"))
    return tuple(
        PredictedEntity.model_validate(
            {"start": places[first][0], "end": places[after - 1][1], "label": label}
        )
        for first, after, label in spans
    )
