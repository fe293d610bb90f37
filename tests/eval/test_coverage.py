"""What the intervals achieve: the committed record is what the simulation gives."""

import runpy
import sys

import numpy as np
import pytest

from commands import TOP
from fazhi.errors import InputError
from fazhi.eval import _coverage
from fazhi.eval._coverage import achieved, coverage_record, coverage_warning

KINDS = [(cell.score, cell.dependence, cell.documents) for cell in coverage_record().coverage]


@pytest.fixture(scope="module")
def script():
    """What the script defines."""
    sys.path.insert(0, str(TOP / "benchmarks"))
    yield runpy.run_path(str(TOP / "benchmarks" / "coverage.py"))
    sys.path.remove(str(TOP / "benchmarks"))


@pytest.fixture(scope="module")
def models(script):
    """The models of the record."""
    recorded = coverage_record().models
    return {name: script["Model"](**settings) for name, settings in recorded.items()}


class TestRecord:
    def test_it_names_the_settings_of_the_script(self, script):
        record = coverage_record()
        assert (record.seed, record.simulations, record.first, record.command) == (
            *(script["SEED"], script["SIMULATIONS"], script["FIRST"], script["COMMAND"]),
        )
        assert (TOP / record.command.split()[-1]).is_file()

    @pytest.mark.parametrize(("score", "dependence", "documents"), KINDS)
    def test_its_first_simulations_come_out_again(
        self, script, models, score, dependence, documents
    ):
        cell = coverage_record().coverage[KINDS.index((score, dependence, documents))]
        found = [
            script["simulate"](models, score, dependence, documents, number)
            for number in range(coverage_record().first)
        ]
        assert sum(population for population, _, _ in found) == cell.first
        assert {unit for _, _, unit in found} == {cell.unit}

    def test_every_kind_was_simulated(self, script):
        scores, dependence = ("micro-F1", "macro-F1"), ("none", "realistic")
        assert [
            (score, kind, number)
            for score in scores
            for kind in dependence
            for number in script["DOCUMENTS"]
        ] == KINDS

    def test_without_dependence_all_documents_are_the_same(self):
        for cell in coverage_record().coverage:
            if cell.dependence == "none":
                assert cell.population == cell.same_documents


class TestModel:
    @pytest.mark.parametrize("name", sorted(coverage_record().models))
    def test_drawn_documents_have_the_expected_counts(self, script, models, name):
        # the rarest count is some 0.4 in a document, 1,600 in all: a standard error of 2.5%, and
        # of as much again since documents differ; four times both together are 15%
        model, generator = models[name], np.random.default_rng(1)
        counts, groups, same = script["draw"](model, 4000, generator)
        assert groups.max() == 3999
        everything = model.expected(np.arange(len(model.segments)), np.array([model.found]))
        drawn, expected = counts.sum(axis=0) / 4000, everything.mean(axis=0)
        assert drawn == pytest.approx(expected, rel=0.15)
        assert same.mean(axis=0) == pytest.approx(expected, rel=0.15)

    def test_documents_vary_as_the_correlation_says(self, models):
        # of a beta distribution with the mean m the variance is m (1 - m) times the correlation
        model = models["micro-F1, realistic"]
        chances = model.chances(np.random.default_rng(2), 20_000)
        mean = np.array(model.found)
        assert chances.mean(axis=0) == pytest.approx(mean, rel=0.01)
        variance = mean * (1 - mean) * model.correlation
        assert chances.var(axis=0) == pytest.approx(variance, rel=0.1)


def fake(monkeypatch, *cells):
    """A record of cells given as (score, documents, unit, population)."""
    record = coverage_record()
    coverage = [
        _coverage.Coverage(
            score=score,
            dependence="realistic",
            documents=documents,
            unit=unit,
            population=population,
            same_documents=min(1, population + 0.2),
            first=0,
        )
        for score, documents, unit, population in cells
    ]
    monkeypatch.setattr(
        _coverage, "coverage_record", lambda: record.model_copy(update={"coverage": coverage})
    )


class TestAchieved:
    CELLS = (
        ("micro-F1", 2, "segment", 0.6),
        ("macro-F1", 2, "segment", 0.7),
        ("micro-F1", 5, "document", 0.9),
        ("macro-F1", 5, "document", 0.8),
        ("micro-F1", 15, "document", 0.94),
        ("macro-F1", 15, "document", 0.95),
    )

    @pytest.mark.parametrize(
        ("documents", "unit", "expected"),
        [
            (2, "segment", (0.6, 0.8)),
            (4, "segment", (0.6, 0.8)),
            (5, "document", (0.8, 1)),
            (14, "document", (0.8, 1)),
            (15, "document", (0.94, 1)),
            (400, "document", (0.94, 1)),
        ],
    )
    def test_it_is_that_of_the_nearest_smaller_number(self, monkeypatch, documents, unit, expected):
        fake(monkeypatch, *self.CELLS)
        assert achieved(documents, unit) == expected

    def test_the_committed_record_covers_whatever_is_delivered(self):
        # with realistic dependence, segments say little about other documents; with none, every
        # kind of interval comes near to what it claims
        for documents in range(1, 80):
            unit = "document" if documents >= 5 else "segment"
            assert 0 < achieved(documents, unit)[0] < 1
        population = [achieved(n, "document")[0] for n in (5, 60)]
        assert achieved(2, "segment")[0] < 0.8 < population[0] <= population[1]
        assert achieved(2, "segment")[1] > 0.8

    def test_the_warning_is_a_sentence(self, monkeypatch):
        fake(monkeypatch, *self.CELLS)
        assert coverage_warning(7, "document") == (
            "In simulation, 95% intervals over 7 reports held the score on all reports of the "
            "kind in 80% of cases, and the score on all segments of the same reports in 100% "
            "(the lower figures of micro-F1 and macro-F1; 5 were simulated)"
        )
        assert "over the segments of 2 reports held" in coverage_warning(2, "segment")

    def test_a_missing_record_is_named(self, monkeypatch, tmp_path):
        monkeypatch.setattr(_coverage, "room", lambda name: tmp_path / name)
        coverage_record.cache_clear()
        with pytest.raises(InputError, match=r"coverage\.json: there is no such file"):
            coverage_record()
        coverage_record.cache_clear()
