"""Tagged text as blocks: the tokens and tags of one segment each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_ID = re.compile(r"#[ \t]*id[ \t]*=[ \t]*(\S+)[ \t]*")
_GAP = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A token with its tag."""

    line: int
    """Number of the line, from 1."""
    token: str
    """What stands in the first column."""
    tag: str
    """What stands in the last column; empty where there is only one."""


@dataclass(slots=True)
class Block:
    """What is tagged of one segment."""

    line: int
    """Number of its first line."""
    id: str | None
    """Id of the segment, where a comment names it."""
    rows: list[Row] = field(default_factory=list)
    """Its tokens in order."""


def read_blocks(lines: Iterable[tuple[int, str]], longest: int) -> Iterator[Block]:
    """Yields the blocks of a file; a blank line, or the id of the next one, ends a block.

    Args:
        lines: numbered lines.
        longest: rows to keep of a block; those beyond can fit no text.
    """
    block: Block | None = None
    for number, text in lines:
        line = text.rstrip("\r\n")
        name = _ID.fullmatch(line)
        if block and (name or not line.strip(" \t")):
            yield block
            block = None
        if name:
            block = Block(number, name[1])
        elif line.strip(" \t"):
            block = block or Block(number, None)
            if len(block.rows) < longest:
                block.rows.append(_row(number, line))
    if block:
        yield block


def _row(number: int, line: str) -> Row:
    """Tabs separate columns where there are any, so that a token may be a space."""
    columns = line.rstrip(" \t").split("\t") if "\t" in line else _GAP.split(line.strip(" "))
    token = columns[0].strip(" ") or columns[0]
    return Row(number, token, columns[-1].strip(" ") if len(columns) > 1 else "")
