"""Reading and writing files: the one border where bytes become text and back."""

import hashlib
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from fazhi._streams import replacing, unwritable
from fazhi.errors import InputError

_BYTE_ORDER_MARKS = {b"\xff\xfe": "UTF-16LE", b"\xfe\xff": "UTF-16BE"}
_EXPECTED = re.compile(r"[\t\n\r -~\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1c\x1d\x1e\x85")


def read_bytes(path: Path | str) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: the file is missing, a folder, unreadable or empty.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None
    if not data:
        raise _empty(path)
    return data


def _empty(path: Path | str) -> InputError:
    return InputError("the file is empty", path=path, remedy="Give a file with content")


def unreadable(path: Path | str, error: OSError) -> InputError:
    """What is raised where a file is missing or cannot be opened."""
    if isinstance(error, FileNotFoundError):
        remedy = "Check the path for a typing error"
        return InputError("there is no such file", path=path, remedy=remedy)
    remedy = "Give a regular file that you may read"
    return InputError(f"cannot be read ({error.strerror})", path=path, remedy=remedy)


def decode(data: bytes, path: Path | str, line: int = 1) -> str:
    """UTF-8 bytes as text, line ends untouched; the first is that line of a file.

    Raises:
        InputError: the bytes are in another encoding, which is named where it can be told,
            or are not text at all.
    """
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            raise _wrong_encoding(encoding, path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line += data[: error.start].count(b"\n")
        raise _not_utf8(data, path, line, "neither UTF-8 nor GB18030") from None
    if _has_controls(text):
        raise _not_utf8(data, path, line, "it holds control characters")
    return text


def _has_controls(text: str) -> bool:
    return any(
        (ord(char) < 32 and char not in _ALLOWED_CONTROLS) or char == "\x7f" for char in text
    )


def _reads_as(encoding: str, data: bytes) -> bool:
    """Whether data is plausible text in an encoding: mostly ASCII and Chinese, no controls."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not _has_controls(text) and len(_EXPECTED.findall(text)) > 0.9 * len(text)


def _not_utf8(data: bytes, path: Path | str, line: int, reason: str) -> InputError:
    for encoding in ("GB18030", "UTF-16LE", "UTF-16BE"):
        if _reads_as(encoding, data):
            return _wrong_encoding(encoding, path, line)
    return InputError(
        f"the file is not text ({reason})",
        path=path,
        line=line,
        remedy="Give a UTF-8 text file",
    )


def _wrong_encoding(encoding: str, path: Path | str, line: int = 1) -> InputError:
    return InputError(
        f"the file is not UTF-8 but looks like {encoding}",
        path=path,
        line=line,
        remedy=f"Convert it: iconv -f {encoding} -t UTF-8 FILE > NEW_FILE",
    )


def read_text(path: Path | str) -> str:
    """A whole UTF-8 file as text, line ends untouched, without a byte-order mark.

    Raises:
        InputError: missing, empty, in another encoding, or not text.
    """
    return decode(read_bytes(path), path).removeprefix("\ufeff")


def read_jsonl(path: Path | str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yields (line number from 1, object) for each non-blank line of a JSON Lines file.

    Raises:
        InputError: the file is unusable, or a line is not a JSON object.
    """
    yield from json_objects(read_text(path).split("\n"), path)


def stream_jsonl(path: Path | str) -> Iterator[tuple[int, dict[str, Any]]]:
    """As `read_jsonl`, for files of any length: holds one line at a time.

    Raises:
        InputError: the file is unusable, or a line is not a JSON object.
    """
    try:
        if not Path(path).stat().st_size:
            raise _empty(path)
        with Path(path).open("rb") as stream:
            lines = (decode(line, path, number) for number, line in enumerate(stream, start=1))
            yield from json_objects(lines, path)
    except OSError as error:
        raise unreadable(path, error) from None


def json_objects(lines: Iterable[str], path: Path | str) -> Iterator[tuple[int, dict[str, Any]]]:
    """As `read_jsonl`, for lines that are there already; the path is named in errors."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        value = load_json(line, path, number)
        if not isinstance(value, dict):
            raise InputError(
                f"expected a JSON object, found {type(value).__name__}",
                path=path,
                line=number,
                remedy="Write one JSON object on each line",
            )
        yield number, value


def load_json(text: str, path: Path | str, line: int | None = None) -> object:
    """The value of a JSON text from a file.

    Raises:
        InputError: the text is not JSON (NaN and Infinity are not), or names a key twice.
    """
    try:
        return json.loads(
            text, parse_constant=_refuse_constant, object_pairs_hook=_refuse_duplicates
        )
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise InputError(
            f"invalid JSON ({reason})", path=path, line=line, remedy="Mend or remove it"
        ) from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("a key occurs twice in one object")
    return content


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: to a temporary name beside it, then renamed.

    Raises:
        InputError: the place cannot be written to.
    """
    with replacing(path) as stream:
        stream.write(data)


def check_target(path: Path, *inputs: Path) -> None:
    """Checks that a file can be written, before the work that makes its content is done.

    Args:
        path: the file.
        inputs: files and folders that the content is made from, which it must not replace.

    Raises:
        InputError: the place is a folder or a device, cannot be written to, or is an input.
    """
    remedy = "Give the name of a new file, or of a file that may be replaced"
    for each in inputs:
        if path.resolve() == each.resolve() or each.resolve() in path.resolve().parents:
            raise InputError("would replace its own input", path=path, remedy=remedy)
    if path.exists() and not path.is_file():
        raise InputError("is no regular file", path=path, remedy=remedy)
    folder = next(each for each in path.absolute().parents if each.exists())
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise unwritable(path, error) from None


def write_text(path: Path, text: str) -> None:
    """Writes UTF-8 text whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_private(path: Path, text: str) -> None:
    """Writes UTF-8 text that only its owner can read: a file of credentials."""
    with replacing(path, mode=0o600) as stream:
        stream.write(text.encode("utf-8"))


def to_json(value: object) -> str:
    """JSON on one line, with Chinese left readable and NaN refused."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def to_jsonl(values: Iterable[object]) -> str:
    """JSON Lines: each value as JSON on a line of its own."""
    return "".join(f"{to_json(value)}\n" for value in values)


def to_toml(fields: Mapping[str, object]) -> str:
    """A line `key = value` per field; values are strings, numbers, booleans, or lists of them."""
    # JSON leaves one control character bare that TOML does not allow
    lines = [
        f"{key} = {to_json(value)}".replace("\x7f", "\\u007f") for key, value in fields.items()
    ]
    return "".join(f"{line}\n" for line in lines)


def sha256(data: bytes) -> str:
    """The hexadecimal SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()
