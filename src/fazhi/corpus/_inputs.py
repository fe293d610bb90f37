"""Texts that somebody wants to have predicted, as segments: files, folders, or a stream.

A file that ends in .jsonl holds a segment per line; any other file is a report, which is
normalised and cut into segments. Segments are read one after the other, reports as a whole.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from fazhi._files import decode, json_objects, read_text, stream_jsonl
from fazhi._record import to_record
from fazhi.corpus._normalise import normalise
from fazhi.corpus._records import Segment
from fazhi.corpus._segment import segment
from fazhi.errors import InputError

STDIN = Path("-")
"""What stands for the standard input."""

_SUFFIXES = (".jsonl", ".txt")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORM = (
    'A line is {"id", "text"}, and may have "report", "kind", "start", "end" and "heading_path" '
    "as fazhi predict --segments writes them"
)


def read_inputs(inputs: Sequence[Path], stdin: BinaryIO) -> Iterator[Segment]:
    """Yields the segments of some inputs, in order; of a folder the files sorted by path.

    Args:
        inputs: files, folders, or `-`, which stands for `stdin`.
        stdin: lines of segments if its first line opens with a brace, and otherwise a report.

    Raises:
        InputError: a file is unusable, or a folder holds no texts; or two reports would bear
            the same id, which is the path in the folder, or the name of the file.
    """
    named: dict[str, Path] = {}
    for path, name in chain.from_iterable(map(_files, inputs)):
        if path == STDIN:
            yield from _of_stream(stdin, name)
        elif path.suffix == ".jsonl":
            yield from _of_lines(stream_jsonl(path), path)
        else:
            if name in named:
                remedy = f"Rename it, or {named[name]}, or give the folder above both"
                raise InputError(f"a second report is called {name!r}", path=path, remedy=remedy)
            named[name] = path
            yield from _of_report(read_text(path), name)


def _files(path: Path) -> list[tuple[Path, str]]:
    """The files of an input, and what they are called."""
    if path == STDIN:
        return [(path, "stdin")]
    if not path.is_dir():
        return [(path, path.stem)]
    found = sorted(each for each in path.rglob("*") if each.suffix in _SUFFIXES)
    if not found:
        remedy = f"Give a folder with files that end in {' or '.join(_SUFFIXES)}"
        raise InputError("the folder holds no texts", path=path, remedy=remedy)
    return [(each, each.relative_to(path).with_suffix("").as_posix()) for each in found]


def _of_stream(stream: BinaryIO, name: str) -> Iterator[Segment]:
    first = stream.readline()
    if first.lstrip().startswith(b"{"):
        numbered = enumerate(chain([first], stream), start=1)
        lines = (decode(line, name, number) for number, line in numbered)
        yield from _of_lines(json_objects(lines, name), name)
    elif report := first + stream.read():
        yield from _of_report(decode(report, name).removeprefix("\ufeff"), name)
    else:
        remedy = "Give a report, or lines of segments"
        raise InputError("the standard input is empty", path=name, remedy=remedy)


def _of_report(text: str, name: str) -> list[Segment]:
    return segment(name, normalise(text).text)


def _of_lines(
    lines: Iterator[tuple[int, dict[str, object]]], path: Path | str
) -> Iterator[Segment]:
    for number, value in lines:
        text, name = value.get("text"), value.get("id")
        given = {
            "report": name,
            "kind": "paragraph",
            "start": 0,
            "end": len(text) if isinstance(text, str) else 0,
            "heading_path": (),
            **value,
        }
        found = to_record(Segment, given, path=Path(path), line=number, remedy=_FORM)
        if not found.text:
            raise InputError("the text is empty", path=path, line=number, remedy=_FORM)
        if _SURROGATE.search(found.text + found.id):
            what = "it holds half of a surrogate pair, which is no character"
            raise InputError(what, path=path, line=number, remedy=_FORM)
        yield found
