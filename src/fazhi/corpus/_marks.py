r"""Inline marks: a segment's text with its entities written into it, and its facts below.

    # puyangxian-2021-s016 work disputes
    …今年以来共受理复议案件[[METRIC.count|81件]]，…
    = 81件 | 复议案件 | 81 件

A block is a header line (segment, role, topic or `-`), the marked text, and a fact line for
each METRIC or for none; blocks are separated by blank lines. A square bracket or backslash of
the text itself stands behind a backslash.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from fazhi._files import read_text
from fazhi._record import explain
from fazhi.corpus._fact_lines import FACT, parse_facts, render_facts
from fazhi.corpus._records import Annotation, Entity, Example, Segment
from fazhi.errors import InputError, MarkError

_TOKEN = re.compile(
    r"\\(?P<escaped>[\\\[\]])|\[\[(?P<label>[A-Z]+)\.(?P<kind>[a-z]+)\||(?P<close>\]\])"
)
_SPECIAL = re.compile(r"[\\\[\]]")
_HEADER = re.compile(r"# (\S+) (\S+) (\S+)")
_NO_TOPIC = "-"


def render_marks(text: str, entities: Iterable[Entity]) -> str:
    """The text with each entity written as `[[LABEL.kind|surface]]`."""
    pieces: list[str] = []
    last = 0
    for entity in entities:
        pieces.append(_escape(text[last : entity.start]))
        surface = _escape(text[entity.start : entity.end])
        pieces.append(f"[[{entity.label}.{entity.kind}|{surface}]]")
        last = entity.end
    pieces.append(_escape(text[last:]))
    return "".join(pieces)


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda match: "\\" + match.group(), text)


def parse_marks(marked: str) -> tuple[str, tuple[Entity, ...]]:
    """The bare text of a marked one, and its entities with offsets into the bare text.

    Raises:
        MarkError: a mark is nested, unclosed or unopened, its label or kind is unknown, or
            it holds no text.
    """
    pieces: list[str] = []
    entities: list[Entity] = []
    opened: tuple[int, str, str] | None = None
    length = position = 0
    for token in _TOKEN.finditer(marked):
        piece = marked[position : token.start()] + (token["escaped"] or "")
        pieces.append(piece)
        length += len(piece)
        position = token.end()
        if token["label"]:
            if opened:
                raise MarkError(f"a mark inside a mark at {marked[token.start() :][:30]!r}")
            opened = (length, token["label"], token["kind"])
        elif token["close"]:
            if not opened:
                raise MarkError(f"']]' closes nothing after {marked[: token.start()][-30:]!r}")
            entities.append(_entity(opened, length, "".join(pieces)))
            opened = None
    if opened:
        raise MarkError(f"the mark {opened[1]}.{opened[2]} is never closed")
    return "".join(pieces) + marked[position:], tuple(entities)


def _entity(opened: tuple[int, str, str], end: int, text: str) -> Entity:
    start, label, kind = opened
    if start == end:
        raise MarkError(f"the mark {label}.{kind} holds no text")
    fields = {"start": start, "end": end, "label": label, "kind": kind, "text": text[start:end]}
    try:
        return Entity.model_validate(fields)
    except ValidationError as error:
        raise MarkError(f"the mark {label}.{kind}: {explain(error)}") from None


def render_blocks(examples: Iterable[Example]) -> str:
    """A marked file: one block per example."""
    return "\n".join(
        f"# {each.segment.id} {each.gold.role} {each.gold.topic or _NO_TOPIC}\n"
        f"{render_marks(each.segment.text, each.gold.entities)}\n"
        f"{render_facts(each.segment.text, each.gold.facts)}"
        for each in examples
    )


def read_marked(path: Path, segments: Sequence[Segment]) -> list[Annotation]:
    """The annotations of a marked file, in the file's order.

    Raises:
        InputError: a block is malformed, names no segment or one twice, or its stripped text
            is not exactly the segment's text; names the line.
    """
    by_id = {segment.id: segment for segment in segments}
    annotations: dict[str, Annotation] = {}
    for line, block in _blocks(path):
        with _naming(path, line):
            annotation = _annotation(block, by_id)
            if annotation.id in annotations:
                raise MarkError(f"the segment {annotation.id!r} occurs twice")
        annotations[annotation.id] = annotation
    return list(annotations.values())


def read_marked_report(path: Path, segments: Sequence[Segment]) -> list[Annotation]:
    """The annotations of a marked file of a whole report: one for each segment, in order.

    Raises:
        InputError: the same as of `read_marked`, or the blocks are not all segments in order.
    """
    annotations = read_marked(path, segments)
    if [each.id for each in annotations] != [each.id for each in segments]:
        raise InputError(
            f"its {len(annotations)} blocks are not the {len(segments)} segments "
            "of the report in their order",
            path=path,
            remedy="Write a block for each segment, as fazhi corpus show prints a report",
        )
    return annotations


def read_marked_texts(path: Path) -> list[str]:
    """The bare text of each block of a marked file, in the file's order.

    Raises:
        InputError: the marks of a block are malformed; names the line.
    """
    texts = []
    for line, block in _blocks(path):
        with _naming(path, line):
            texts.append(parse_marks(block[1] if len(block) > 1 else "")[0])
    return texts


@contextmanager
def _naming(path: Path, line: int) -> Iterator[None]:
    """Names the file and the line of a block in which something is wrong."""
    try:
        yield
    except MarkError as error:
        remedy = "Mend the block that starts there"
        raise InputError(str(error), path=path, line=line, remedy=remedy) from None


def _blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yields (line number from 1, [header, marked text, fact lines…]).

    The text may itself begin with '#' or '='; it is always the second line.
    """
    lines = read_text(path).replace("\r\n", "\n").split("\n")
    index = 0
    while index < len(lines):
        if not lines[index].strip():
            index += 1
            continue
        end = index + 2
        while end < len(lines) and lines[end].startswith(FACT.rstrip()):
            end += 1
        yield index + 1, lines[index:end]
        index = end


def _annotation(block: Sequence[str], segments: dict[str, Segment]) -> Annotation:
    header, marked, *fact_lines = [*block, ""] if len(block) == 1 else block
    match = _HEADER.fullmatch(header)
    if not match:
        raise MarkError(f"{header!r} is not '# <segment> <role> <topic or ->'")
    name, role, topic = match.groups()
    if name not in segments:
        raise MarkError(f"there is no segment {name!r}")
    text, entities = parse_marks(marked)
    expected = segments[name].text
    if text != expected:
        at = next(
            (i for i, (a, b) in enumerate(zip(text, expected, strict=False)) if a != b),
            min(len(text), len(expected)),
        )
        raise MarkError(
            f"without its marks {name!r} differs from the corpus at character {at}: "
            f"{text[at : at + 12]!r} instead of {expected[at : at + 12]!r}"
        )
    metrics = [each for each in entities if each.label == "METRIC"]
    fields = {
        "id": name,
        "entities": entities,
        "facts": parse_facts(fact_lines, text, metrics),
        "role": role,
        "topic": None if topic == _NO_TOPIC else topic,
    }
    try:
        return Annotation.model_validate(fields)
    except ValidationError as error:
        raise MarkError(explain(error)) from None
