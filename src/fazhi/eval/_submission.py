"""Submissions: a system's card and its predictions, checked whole before anything is kept.

Whatever is handed in may be hostile. It is read within limits, and what is kept is written anew
from typed records, so that nothing else of it enters.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fazhi._names import listed
from fazhi.corpus import Example, text_hash
from fazhi.errors import InputError, MismatchError
from fazhi.eval._facts import count_facts
from fazhi.eval._submission_card import SystemCard, read_card
from fazhi.predictions import TASKS, Prediction, check_predictions

_MAX_SEEDS = 20
_SHOWN_FAULTS = 200

Seed = tuple[Prediction, ...]
"""The predictions of one seed of a system, in the order of the segments."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A system as it was handed in."""

    card: SystemCard
    """What it is, and which texts it predicted."""
    seeds: tuple[Seed, ...]
    """What each of its seeds predicted; empty where the card names other texts."""


def check_submission(
    card: Path, files: Sequence[Path], examples: Sequence[Example], taken: Collection[str] = ()
) -> Submission:
    """A system's card and predictions, with the hash of the predicted texts put in.

    Args:
        card: the card, a TOML file.
        files: predictions, a JSON Lines file for each seed.
        examples: the segments that are to be predicted, with their gold.
        taken: names that it must not have.

    Raises:
        InputError: something is wrong with them; names everything, with line and remedy.
    """
    faults: list[InputError] = []
    found = read_card(card, faults)
    data_hash = text_hash(examples)
    if found:
        faults += _misfits(found, card, data_hash, taken)
    seeds = read_seeds(files, examples, faults)
    refuse(faults, "the submission")
    assert found is not None
    return Submission(found.model_copy(update={"data_hash": data_hash}), seeds)


def _misfits(
    card: SystemCard, path: Path, data_hash: str, taken: Collection[str]
) -> Iterable[InputError]:
    if card.name in taken:
        yield InputError(
            f"there is a submission {card.name!r} already",
            path=path,
            remedy="Choose another name, or replace it with --replace",
        )
    if card.data_hash not in (None, data_hash):
        yield InputError(
            "data_hash is that of other texts",
            path=path,
            remedy="Predict the present test split, and leave data_hash out",
        )


def read_seeds(
    files: Sequence[Path], examples: Sequence[Example], faults: list[InputError]
) -> tuple[Seed, ...]:
    """The predictions in each file; what is wrong with them is added to faults."""
    seeds: dict[Path, Seed] = {}
    for path in files[:_MAX_SEEDS]:
        seed = _read_seed(path, examples, faults)
        if seed:
            faults += _disagreements(seed, path, seeds)
            seeds[path] = seed
    if len(files) > _MAX_SEEDS:
        faults.append(
            InputError(
                f"there are {len(files)} files of predictions, more than {_MAX_SEEDS}",
                path=files[_MAX_SEEDS],
                remedy="Hand in fewer seeds",
            )
        )
    return tuple(seeds.values())


def _read_seed(path: Path, examples: Sequence[Example], faults: list[InputError]) -> Seed:
    """The predictions in a file; none if something is wrong with it."""
    try:
        reading = check_predictions(path, [each.segment for each in examples])
    except InputError as error:
        faults.append(error)
        return ()
    if reading.problems:
        faults += [
            InputError(each.what, path=path, line=each.line, remedy=each.remedy)
            for each in reading.problems
        ]
        return ()
    try:
        count_facts("facts_on_gold", list(zip(examples, reading.predictions, strict=True)))
    except MismatchError as error:
        reason, remedy = " ".join(str(error).split()), "facts_on_gold is for METRICs of the gold"
        faults.append(InputError(reason, path=path, remedy=remedy))
        return ()
    return reading.predictions


def _disagreements(seed: Seed, path: Path, others: dict[Path, Seed]) -> Iterable[InputError]:
    """Seeds of one system do the same tasks, and do not all say the same."""
    for other, said in others.items():
        if said == seed:
            yield InputError(
                f"predicts the same as {other}",
                path=path,
                remedy="Give each seed once; a system without chance has one",
            )
            return
    first = next(iter(others.items()), None)
    if first and _attempted(first[1]) != _attempted(seed):
        yield InputError(
            f"attempts {', '.join(_attempted(seed))}, while {first[0]} attempts "
            f"{', '.join(_attempted(first[1]))}",
            path=path,
            remedy="Seeds of one system attempt the same tasks",
        )


def _attempted(seed: Seed) -> list[str]:
    return [task for task in TASKS if any(getattr(each, task) is not None for each in seed)]


def refuse(faults: Sequence[InputError], what: str) -> None:
    """Refuses what has faults.

    Raises:
        InputError: there are faults; names all of them, up to 200.
    """
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise InputError(
            f"{len(faults)} problems of {what}",
            path=faults[0].path.parent,
            remedy=f"Mend each:{listed(map(str, faults), _SHOWN_FAULTS)}",
        )
