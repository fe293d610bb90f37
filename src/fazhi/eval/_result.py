"""Result records: a score with everything that one must know to trust or repeat it."""

import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fazhi import __version__
from fazhi._files import write_text
from fazhi._paths import checkout
from fazhi._record import Record, read_json_record
from fazhi._resample import Interval
from fazhi.corpus import Example, gold_hash, text_hash
from fazhi.eval._figures import intervals
from fazhi.eval._score import SCORER, Scores, headline, score_tally
from fazhi.eval._slices import Surfaces
from fazhi.eval._tally import tally
from fazhi.predictions import Prediction

_SOURCES = (
    *("src", "corpus", "annotation"),
    *("baselines/recipes", "baselines/encoder", "baselines/lexicon.toml"),
)
_HEAD = "# branch.oid "
_PACKAGES = ("numpy", "python-crfsuite", "scikit-learn", "seqeval")
_PACKAGES_IF_USED = ("accelerate", "onnxruntime", "torch", "transformers")


class Provenance(Record):
    """Where a score comes from."""

    fazhi: str
    """Version of this package."""
    scorer: str
    """Version of the scorer."""
    data_hash: str
    """SHA-256 of the scored texts."""
    gold_hash: str
    """SHA-256 of the gold annotations."""
    gold_version: str
    """Version of the gold annotation."""
    commit: str | None
    """Commit of the checkout; None for an installed package."""
    dirty: bool | None
    """Whether the checkout's code or data had uncommitted changes; None if it has no commit."""
    python: str
    """Version of Python."""
    packages: dict[str, str]
    """Versions of the packages that can change a figure."""


class Handling(Record):
    """What was put right in what a system handed in, before it was scored."""

    overlaps: str
    """The rule for entities that overlap."""
    repair: str
    """The rule for illegal tags."""
    missing: int
    """Segments without a line, scored as empty."""
    left_out: int
    """Entities and facts that were left out by a rule."""
    illegal: int
    """Illegal transitions between tags."""
    truncated: int
    """Segments whose tags end before the text does."""


class Cost(Record):
    """What training and predicting took."""

    processor_seconds: float
    """Processor time of all threads of the process, in seconds; an accelerator's not included."""
    elapsed_seconds: float
    """Time by the clock, in seconds; other work on the machine makes it longer."""


class Run(Record):
    """Which system predicted what."""

    system: str
    """Name of the system."""
    protocol: str
    """What was predicted: a split, or a protocol of the baselines."""
    seed: int | None = None
    """Seed of the system; None where it is not known."""
    data: str | None = None
    """The mixture of training data, which names what is synthetic; None where it is not known."""
    params: dict[str, dict[str, int | float | str]] = {}
    """Parameters that were chosen, by fold; empty where they are not known."""
    handling: Handling | None = None
    """What was put right; None for predictions that were not handed in."""
    cost: Cost | None = None
    """What it took, the choice of parameters included; None where that was not measured."""


class Result(Record):
    """The scores of one run."""

    run: Run
    """What was run."""
    scores: Scores
    """Its scores."""
    intervals: dict[str, Interval]
    """95% intervals of the scores that have one, by the names of `figures`."""
    provenance: Provenance
    """Where they come from."""


def make_result(
    run: Run,
    examples: Sequence[Example],
    predictions: Sequence[Prediction],
    gold_version: str,
    seen: Surfaces | None = None,
) -> Result:
    """Scores predictions and records where the score comes from.

    Args:
        run: what was run.
        examples: the segments with their gold.
        predictions: one per example, in the same order.
        gold_version: version of the gold annotation.
        seen: the entities of the training data, to score unseen ones apart.

    Raises:
        MismatchError: a fact that is said to be of a gold METRIC is of none.
    """
    pairs = list(zip(examples, predictions, strict=True))
    counted = tally(pairs)
    return Result(
        run=run,
        scores=score_tally(counted, pairs, seen),
        intervals=intervals(counted),
        provenance=_provenance(examples, gold_version),
    )


def _provenance(examples: Sequence[Example], gold_version: str) -> Provenance:
    commit, dirty = _commit()
    return Provenance(
        fazhi=__version__,
        scorer=SCORER,
        data_hash=text_hash(examples),
        gold_hash=gold_hash(examples),
        gold_version=gold_version,
        commit=commit,
        dirty=dirty,
        python=platform.python_version(),
        packages={name: found for name in _packages() if (found := _version(name))},
    )


def _packages() -> Iterator[str]:
    """The packages that can have changed a figure: some only where a model has used them."""
    yield from _PACKAGES
    yield from (name for name in _PACKAGES_IF_USED if name in sys.modules)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _commit() -> tuple[str | None, bool | None]:
    """The commit of the checkout, and whether its sources have changed since."""
    top = checkout()
    options = ("--porcelain=v2", "--branch", "--", *_SOURCES)
    status = _git(top, "status", *options) if top else None
    lines = (status or "").splitlines()
    heads = [line.removeprefix(_HEAD) for line in lines if line.startswith(_HEAD)]
    if not heads or not heads[0].isalnum():  # "(initial)" where nothing is committed
        return None, None
    return heads[0], any(not line.startswith("#") for line in lines)


def _git(folder: Path | None, *arguments: str) -> str | None:
    """What git prints; None where there is no git or no repository."""
    try:
        done = subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def read_result(path: Path) -> Result:
    """A stored result.

    Raises:
        InputError: the file is missing or is no result.
    """
    remedy = "Give a file that fazhi reproduce or fazhi eval has written"
    return read_json_record(Result, path, remedy)


def write_result(path: Path, result: Result) -> None:
    """Writes a result as JSON."""
    write_text(path, result.model_dump_json(indent=2) + "\n")


def largest_difference(left: Scores, right: Scores) -> float:
    """How far apart the official and per-type figures of two scores lie; 1 if tasks differ."""
    first, second = _figures(left), _figures(right)
    if first.keys() != second.keys():
        return 1.0
    return max((abs(first[name] - second[name]) for name in first), default=0.0)


def _figures(scores: Scores) -> dict[str, float]:
    types = scores.entities.per_type if scores.entities else {}
    return headline(scores) | {name: each.f1 for name, each in types.items()}
