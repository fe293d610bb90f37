"""The leaderboard: every submission scored again on the present gold, and ranked."""

from collections.abc import Iterator, Mapping, Sequence
from math import isnan

from fazhi._permute import SIGNIFICANT, PairedTest, paired_test
from fazhi._record import Record
from fazhi._resample import Groups, Interval, score_interval
from fazhi.corpus import ENTITY_LABELS, Example, gold_hash, text_hash
from fazhi.errors import MismatchError
from fazhi.eval._compare import Seeds, holm, pool_seeds, summarise_seeds
from fazhi.eval._cross_check import cross_check
from fazhi.eval._figure import Figure
from fazhi.eval._figures import figures
from fazhi.eval._score import SCORER, score_tally
from fazhi.eval._submission import Submission
from fazhi.eval._submission_card import SystemCard
from fazhi.eval._tally import Tally, tally

_TASKS = {
    "entities": ("entities", *ENTITY_LABELS),
    "role": ("role",),
    "topic": ("topic",),
    "facts": ("indicator", "value"),
    "facts on gold": ("indicator on gold", "value on gold"),
}
"""The figures of each task; by the first one systems are ranked."""


class Standing(Record):
    """A system's place in the table of a task."""

    system: str
    """Its name."""
    rank: int
    """1 for the best; systems with the same score share it."""
    score: Seeds
    """The score by which it is ranked."""
    others: dict[str, Seeds | None]
    """Its other scores by name; None for one that is undefined."""
    interval: Interval | None
    """The 95% interval of the score."""
    test: PairedTest | None
    """The paired test of the best system against this one; None for the best itself."""
    corrected_p: float | None
    """p of the test, corrected for all pairs of systems; None for the best itself."""

    @property
    def is_near_best(self) -> bool:
        """Whether the system is not the best, but the test cannot tell it from that."""
        return self.corrected_p is not None and self.corrected_p >= SIGNIFICANT


class Table(Record):
    """The systems that attempt a task, the best first."""

    task: str
    """Name of the task."""
    figure: str
    """Name of the score by which they are ranked."""
    rows: tuple[Standing, ...]
    """A row for each system."""


class Leaderboard(Record):
    """What every submission scores on the present gold."""

    tables: tuple[Table, ...]
    """A table for each task that any system attempts."""
    systems: tuple[SystemCard, ...]
    """The cards of all systems, by name."""
    other_data: tuple[str, ...]
    """Names of the systems that predicted other texts, and are not ranked."""
    scorer: str
    """Version of the scorer."""
    data_hash: str
    """SHA-256 of the scored texts."""
    gold_hash: str
    """SHA-256 of the gold annotations."""
    gold_version: str
    """Version of the gold annotation."""


def make_leaderboard(
    submissions: Sequence[Submission], examples: Sequence[Example], gold_version: str
) -> Leaderboard:
    """Scores submissions, compares each with the best of its task, and ranks them.

    A system is scored by the mean over its seeds. Interval and test are of the seeds' pooled
    counts. p-values are corrected by Holm's procedure for all pairs of systems, of which those
    without the best one are not tested and count as p = 1: the best system was found by looking
    at the same scores, and corrected for the tested pairs alone, of eight equally good systems
    one would be told from the best in 12% of cases instead of 5%.

    Args:
        submissions: the systems.
        examples: the segments with their gold.
        gold_version: version of the gold annotation.

    Raises:
        MismatchError: a score differs from that of the field's tools.
    """
    data_hash = text_hash(examples)
    current = [each for each in submissions if each.card.data_hash == data_hash]
    tallies = {each.card.name: _tallies(each, examples) for each in current}
    scored = {system: [figures(seed) for seed in seeds] for system, seeds in tallies.items()}
    groups = {system: seeds[0].groups for system, seeds in tallies.items()}
    return Leaderboard(
        tables=tuple(
            Table(task=task, figure=names[0], rows=rows)
            for task, names in _TASKS.items()
            if (rows := _rank(names, scored, groups))
        ),
        systems=tuple(each.card for each in submissions),
        other_data=tuple(each.card.name for each in submissions if each not in current),
        scorer=SCORER,
        data_hash=data_hash,
        gold_hash=gold_hash(examples),
        gold_version=gold_version,
    )


def _tallies(submission: Submission, examples: Sequence[Example]) -> list[Tally]:
    """What is counted of each seed, after its scores have been checked."""
    tallies = []
    for number, seed in enumerate(submission.seeds, start=1):
        try:
            pairs = list(zip(examples, seed, strict=True))
            counted = tally(pairs)
            cross_check(score_tally(counted, pairs), examples, seed)
        except MismatchError as error:
            raise MismatchError(f"{submission.card.name}, seed {number}: {error}") from None
        tallies.append(counted)
    return tallies


def _rank(
    names: Sequence[str],
    scored: Mapping[str, Sequence[Mapping[str, Figure]]],
    groups: Mapping[str, Groups],
) -> tuple[Standing, ...]:
    """The systems that attempt a task, the best first.

    Args:
        names: the figures of the task, the one by which systems are ranked first.
        scored: the figures of each seed of each system.
        groups: the document of each segment, for each system.
    """
    official, *others = names
    found = {system: _summary(official, seeds) for system, seeds in scored.items()}
    scores = {system: score for system, score in found.items() if score}
    order = sorted(scores, key=lambda system: (-scores[system].mean, system))
    pooled = [pool_seeds([seed[official] for seed in scored[system]]) for system in order]
    documents = [groups[system] for system in order]
    return tuple(
        Standing(
            system=system,
            rank=1 + sum(each.mean > scores[system].mean for each in scores.values()),
            score=scores[system],
            others={name: _summary(name, scored[system]) for name in others},
            interval=score_interval(figure.counts, places, figure.statistic),
            test=test,
            corrected_p=corrected,
        )
        for system, figure, places, (test, corrected) in zip(
            order, pooled, documents, _against_best(pooled, documents), strict=True
        )
    )


def _summary(name: str, seeds: Sequence[Mapping[str, Figure]]) -> Seeds | None:
    """The distribution of a score over seeds; None where it is not attempted or undefined."""
    found = [seed[name] for seed in seeds if name in seed]
    if not found or any(isnan(each.value) for each in found):
        return None
    return summarise_seeds(found)


def _against_best(
    systems: Sequence[Figure], groups: Sequence[Groups]
) -> Iterator[tuple[PairedTest | None, float | None]]:
    """The test of the first system, which is the best, against each, and its corrected p."""
    tests = [
        paired_test(systems[0].counts, each.counts, documents, each.statistic)
        for each, documents in zip(systems[1:], groups[1:], strict=True)
    ]
    untested = len(tests) * (len(tests) - 1) // 2
    corrected = holm([*(test.p_value if test else 1.0 for test in tests), *[1.0] * untested])
    if systems:
        yield None, None
    yield from zip(tests, corrected, strict=False)
