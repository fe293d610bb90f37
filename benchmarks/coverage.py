"""What the intervals of scores achieve. Run: python benchmarks/coverage.py.

Documents are drawn from a population of which the true scores are known (`population.py`), and
scored; then it is counted how often the interval, as `fazhi.eval` delivers it, holds the true
score. Results go to `eval/coverage.json`.
"""

from dataclasses import asdict
from itertools import product

import numpy as np
from population import Model, draw, estimate

from fazhi._files import write_text
from fazhi._paths import room
from fazhi._resample import ratio, score_interval
from fazhi.eval._coverage import Coverage, CoverageRecord

SEED = 20
SIMULATIONS = 600
FIRST = 10
DOCUMENTS = (1, 2, 4, 5, 15, 60)
DEPENDENCE = ("none", "realistic")
COMMAND = "python benchmarks/coverage.py"


def micro(counts: np.ndarray) -> np.ndarray:
    """Micro-F1 of counts (…, types, 3)."""
    correct, predicted, gold = np.moveaxis(counts.sum(axis=-2), -1, 0)
    return ratio(2 * correct, predicted + gold)


def macro(counts: np.ndarray) -> np.ndarray:
    """Macro-F1 of counts (…, topics, 3); a topic that nobody has counts as 0."""
    values = ratio(2 * counts[..., 0], counts[..., 1] + counts[..., 2])
    return np.nan_to_num(values).mean(axis=-1)


STATISTICS = {"micro-F1": micro, "macro-F1": macro}


def simulate(
    models: dict[str, Model], score: str, dependence: str, documents: int, number: int
) -> tuple[bool, bool, str]:
    """Whether an interval holds the value over all documents and over the same ones; its unit.

    The macro average is over the topics that occur in the gold of the documents, as in scoring.
    """
    model, statistic = models[f"{score}, {dependence}"], STATISTICS[score]
    kind = list(STATISTICS).index(score), DEPENDENCE.index(dependence)
    generator = np.random.default_rng([SEED, *kind, documents, number])
    counts, groups, same = draw(model, documents, generator)
    kept = counts[..., 2].any(axis=0) if score == "macro-F1" else slice(None)
    found = score_interval(counts[:, kept], groups, statistic)
    everything = model.expected(np.arange(len(model.segments)), np.array([model.found]))
    true = statistic(np.stack([everything.sum(axis=0), same.sum(axis=0)]))
    return *(bool(found.low <= value <= found.high) for value in true), found.unit


def measure(models: dict[str, Model], score: str, dependence: str, documents: int) -> Coverage:
    """The coverage of the intervals of one score, at one number of documents."""
    held = [simulate(models, score, dependence, documents, number) for number in range(SIMULATIONS)]
    population, same, units = zip(*held, strict=True)
    (unit,) = set(units)
    return Coverage(
        score=score,
        dependence=dependence,
        documents=documents,
        unit=unit,
        population=sum(population) / SIMULATIONS,
        same_documents=sum(same) / SIMULATIONS,
        first=sum(population[:FIRST]),
    )


def main() -> None:
    """Runs all simulations, prints the coverage and writes the record."""
    models = estimate()
    print("score     dependence  documents  unit      all documents  same documents")
    cells = []
    for score, dependence, documents in product(STATISTICS, DEPENDENCE, DOCUMENTS):
        cells.append(cell := measure(models, score, dependence, documents))
        print(
            f"{score:8}  {dependence:10}  {documents:9}  {cell.unit:8}  "
            f"{cell.population:13.1%}  {cell.same_documents:14.1%}"
        )
    record = CoverageRecord(
        command=COMMAND,
        seed=SEED,
        level=0.95,
        simulations=SIMULATIONS,
        first=FIRST,
        models={name: asdict(model) for name, model in models.items()},
        coverage=cells,
    )
    write_text(room("eval") / "coverage.json", record.model_dump_json(indent=2) + "\n")


if __name__ == "__main__":
    main()
