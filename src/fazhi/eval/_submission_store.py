"""The folder of submissions: `<system>/card.toml` and `<system>/test.<seed>.jsonl`.

Seeds are numbered from 1. A system's folder holds exactly what is written here, byte for byte.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from fazhi._files import read_bytes, to_toml, write_text
from fazhi.corpus import Example, text_hash
from fazhi.errors import InputError
from fazhi.eval._submission import Submission, read_seeds, refuse
from fazhi.eval._submission_card import SYSTEM_NAME, SystemCard, read_card
from fazhi.predictions import write_predictions

_CARD = "card.toml"
_FILE = re.compile(r"card\.toml|test\.[1-9][0-9]?\.jsonl")
_SHOWN_CHARACTERS = 60
_ANEW = "Submit it anew with fazhi submit --replace"


def write_submission(folder: Path, submission: Submission) -> Path:
    """Writes a system's folder whole, in place of one of the same name.

    Args:
        folder: the folder of submissions.
        submission: the system.

    Returns:
        The system's folder.

    Raises:
        InputError: the place is a link or no folder, or cannot be written to.
    """
    target = folder / submission.card.name
    for place in (folder, target):
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise InputError("is no folder of its own", path=place, remedy="Remove it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_and_rename(target, submission)
    except OSError as error:
        raise InputError(
            f"cannot be written ({error.strerror or error})",
            path=target,
            remedy="Give a place that you may write to",
        ) from None
    return target


def _write_and_rename(target: Path, submission: Submission) -> None:
    work = Path(mkdtemp(dir=target.parent, prefix=".submission."))
    try:
        _write(work / "new", submission)
        try:
            if target.exists():
                target.rename(work / "old")
            (work / "new").rename(target)
        except BaseException:
            if (work / "old").exists():
                (work / "old").rename(target)
            raise
    finally:
        shutil.rmtree(work)


def _write(target: Path, submission: Submission) -> None:
    target.mkdir()
    write_text(target / _CARD, to_toml(submission.card.model_dump(exclude_none=True)))
    for number, seed in enumerate(submission.seeds, start=1):
        write_predictions(target / f"test.{number}.jsonl", seed)


def read_submissions(folder: Path, examples: Sequence[Example]) -> list[Submission]:
    """Every submission, in the order of the names; one of other texts comes without predictions.

    Args:
        folder: the folder of submissions.
        examples: the segments that are to be predicted, with their gold.

    Raises:
        InputError: something is wrong with one of them, or is there that is none; names
            everything.
    """
    faults: list[InputError] = []
    found = []
    for name in _names(folder, faults, SYSTEM_NAME, os.DirEntry.is_dir):
        submission = _read(folder / name, examples, faults)
        found += [submission] if submission else []
    refuse(faults, "the submissions")
    return found


def _names(
    folder: Path,
    faults: list[InputError],
    form: re.Pattern[str],
    is_due: Callable[["os.DirEntry[str]"], bool],
) -> list[str]:
    """The names of what belongs in a folder; all else is a fault, whatever it may be called."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
        faults.append(InputError(reason, path=folder, remedy="Make it a folder of submissions"))
        return []
    due = {
        entry.name
        for entry in entries
        if form.fullmatch(entry.name) and not entry.is_symlink() and is_due(entry)
    }
    faults += [
        InputError(
            f"{entry.name[:_SHOWN_CHARACTERS]!a} does not belong there",
            path=folder,
            remedy="Remove it; systems are added with fazhi submit",
        )
        for entry in entries
        if entry.name not in due
    ]
    return sorted(due)


def _read(folder: Path, examples: Sequence[Example], faults: list[InputError]) -> Submission | None:
    """A system's folder; None where anything is wrong with it, all of which is a fault."""
    before = len(faults)
    names = _names(folder, faults, _FILE, os.DirEntry.is_file)
    number = max(1, len(set(names) - {_CARD}))
    if len(faults) > before:  # a link, say, whose content is nobody's business
        return None
    card = read_card(folder / _CARD, faults)
    if card:
        faults += _misfits(card, folder)
    is_current = not card or card.data_hash in (None, text_hash(examples))
    files = [folder / f"test.{each}.jsonl" for each in range(1, number + 1)]
    seeds = read_seeds(files, examples, faults) if is_current else ()
    if card is None or len(faults) > before:
        return None
    submission = Submission(card, seeds)
    faults += _changes(folder, submission)
    return submission


def _misfits(card: SystemCard, folder: Path) -> Iterator[InputError]:
    path = folder / _CARD
    if card.name != folder.name:
        remedy = "Give the folder and the system one name"
        yield InputError(f"it is the card of {card.name!r}", path=path, remedy=remedy)
    if card.data_hash is None:
        yield InputError("it does not say which texts were predicted", path=path, remedy=_ANEW)


def _changes(folder: Path, submission: Submission) -> Iterator[InputError]:
    """The files that are not as they would be written now."""
    with TemporaryDirectory() as place:
        due = Path(place) / folder.name
        _write(due, submission)
        for each in sorted(due.iterdir()):
            path = folder / each.name
            if read_bytes(path) != each.read_bytes():
                yield InputError("is not as fazhi submit writes it", path=path, remedy=_ANEW)
