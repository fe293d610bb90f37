"""The leaderboard: the mean over seeds, an honest order, and a mark where the test cannot tell."""

import pytest

from commands import TOP
from fazhi._paths import room
from fazhi.corpus import load_examples, read_gold_card, text_hash
from fazhi.errors import MismatchError
from fazhi.eval import Submission, SystemCard, make_leaderboard, read_submissions
from fazhi.eval import _leaderboard as leaderboard
from fazhi.predictions import PredictedEntity, PredictedFact, PredictedSpan, Prediction
from makers import make_example

TEXT = "县司法局受理5件。"
"""The gold of each segment: 县司法局 (0:4, AGENCY), 5件 (6:8, METRIC), and a fact of the latter."""
EXAMPLES = [
    make_example(
        TEXT,
        ("县司法局", "AGENCY", "government"),
        ("5件", "METRIC", "count"),
        name=f"made-2020-s{number:03}",
        role="work" if number % 2 else "plan",
        facts=(("5件", "受理", "5 件"),),
    )
    for number in range(12)
]
AGENCY, METRIC = (
    PredictedEntity(start=0, end=4, label="AGENCY"),
    PredictedEntity(start=6, end=8, label="METRIC"),
)
WRONG = PredictedEntity(start=4, end=6, label="LEGAL")


def predict(*wrong: int, **more) -> tuple[Prediction, ...]:
    """The gold entities of each segment; a wrong one alone in those that are numbered."""
    return tuple(
        Prediction(
            id=example.segment.id,
            entities=(WRONG,) if number in wrong else (AGENCY, METRIC),
            **more,
        )
        for number, example in enumerate(EXAMPLES)
    )


def system(name: str, *seeds: tuple[Prediction, ...], **more) -> Submission:
    fields = {
        "title": "A system",
        "description": "It guesses.",
        "training_data": (),
        "synthetic": False,
        "licence": "CC-BY-4.0",
        "date": "2026-01-31",
        "data_hash": text_hash(EXAMPLES),
    }
    return Submission(SystemCard(name=name, **{**fields, **more}), seeds)


def tables(*systems: Submission):
    board = make_leaderboard(systems, EXAMPLES, "1.0.0")
    return {table.task: table.rows for table in board.tables}


class TestOrder:
    def test_the_best_comes_first_by_the_official_figure(self):
        rows = tables(system("a", predict(0, 1)), system("b", predict()), system("c", predict(0)))
        assert [(row.system, row.rank) for row in rows["entities"]] == [
            ("b", 1),
            ("c", 2),
            ("a", 3),
        ]

    def test_equal_scores_share_a_rank(self):
        rows = tables(system("c", predict(0)), system("b", predict(1)), system("a", predict()))
        assert [(row.system, row.rank) for row in rows["entities"]] == [
            ("a", 1),
            ("b", 2),
            ("c", 2),
        ]

    def test_it_does_not_depend_on_the_order_of_the_submissions(self):
        systems = [system("a", predict(0)), system("b", predict(*range(9))), system("c", predict())]
        assert tables(*systems) == tables(*reversed(systems))

    def test_only_tasks_that_are_attempted_have_a_table(self):
        roles = tuple(Prediction(id=each.segment.id, role="work") for each in EXAMPLES)
        rows = tables(system("a", predict()), system("b", roles))
        assert {task: [row.system for row in found] for task, found in rows.items()} == {
            "entities": ["a"],
            "role": ["b"],
        }

    def test_a_score_that_is_undefined_is_none(self):
        # neither gold nor system has a LEGAL
        (row,) = tables(system("a", predict()))["entities"]
        assert row.others["LEGAL"] is None
        assert row.others["AGENCY"].mean == 1

    def test_without_submissions_it_is_empty(self):
        assert tables() == {}


class TestSeeds:
    def test_several_seeds_count_by_their_mean_not_by_the_best(self):
        # F1 of a seed that is wrong in n of 12 segments: P = (24 - 2n) / (24 - n), R = (24 - 2n)
        # / 24, so F1 = 2 (24 - 2n) / (48 - n): 1 for none, 36 / 45 = 0.8 for three
        lucky, steady = (
            system("lucky", predict(), predict(0, 1, 2)),
            system("steady", predict(0)),
        )
        first, second = tables(lucky, steady)["entities"]
        assert (first.system, second.system) == ("steady", "lucky")
        assert first.score.mean == pytest.approx(44 / 47)
        assert second.score.mean == pytest.approx(0.9)
        assert second.score.sd == pytest.approx(0.2 / 2**0.5)
        assert len(second.score.values) == 2


class TestMark:
    def test_what_the_test_cannot_tell_from_the_best_is_near_it(self):
        # the systems differ in one segment: to swap it or not gives the same difference, so p = 1
        best, other = tables(system("a", predict()), system("b", predict(0)))["entities"]
        assert (best.test, best.corrected_p, best.is_near_best) == (None, None, False)
        assert (other.corrected_p, other.is_near_best) == (1, True)

    def test_what_it_can_tell_is_not(self):
        # they differ in all 12 segments: of 2^12 swaps only none and all reach the difference
        _, other = tables(system("a", predict()), system("b", predict(*range(12))))["entities"]
        assert other.corrected_p == pytest.approx(2 / 2**12)
        assert not other.is_near_best

    def test_p_is_corrected_for_all_pairs(self):
        # six of six swapped: p = 2 / 2^6 = 0.03 for each of two systems. Of three pairs two are
        # tested: Holm gives 3 * 0.03 and then 2 * 0.03, which may not be less than the first
        half = [system("b", predict(*range(6))), system("c", predict(*range(6, 12)))]
        _, second, third = tables(system("a", predict()), *half)["entities"]
        assert second.test.p_value == third.test.p_value == pytest.approx(2 / 2**6)
        assert second.corrected_p == third.corrected_p == pytest.approx(3 * 2 / 2**6)
        assert second.is_near_best

    def test_two_systems_that_say_the_same_are_near_each_other(self):
        _, other = tables(system("a", predict(0)), system("b", predict(0)))["entities"]
        assert (other.rank, other.is_near_best) == (1, True)


class TestFacts:
    def test_facts_have_tables_of_their_own(self):
        fact = PredictedFact(
            metric=PredictedSpan(start=6, end=8),
            indicator=PredictedSpan(start=4, end=6),
            value=EXAMPLES[0].gold.facts[0].value,
        )
        none = PredictedFact(metric=PredictedSpan(start=6, end=8))
        rows = tables(
            system("a", predict(facts=(none,), facts_on_gold=(fact,))),
            system("b", predict(facts=(fact,), facts_on_gold=(none,))),
        )
        first, second = rows["facts"]
        assert [each.system for each in rows["facts on gold"]] == ["a", "b"]
        assert [each.system for each in rows["facts"]] == ["b", "a"]
        assert (first.score.mean, first.others["value"].mean) == (1, 1)
        assert (second.score.mean, second.others["value"].mean) == (0, 0)


class TestOrigin:
    def test_a_system_of_other_texts_is_named_and_not_ranked(self):
        other = system("b", data_hash="0" * 64)
        board = make_leaderboard([system("a", predict()), other], EXAMPLES, "1.0.0")
        assert board.other_data == ("b",)
        assert [card.name for card in board.systems] == ["a", "b"]
        assert [row.system for row in board.tables[0].rows] == ["a"]

    def test_a_difference_from_the_tools_of_the_field_names_the_system(self, monkeypatch):
        def differ(*_):
            raise MismatchError("1 figures differ")

        monkeypatch.setattr(leaderboard, "cross_check", differ)
        with pytest.raises(MismatchError, match="a, seed 1: 1 figures differ"):
            tables(system("a", predict()))


PUBLISHED = sorted(
    path.parent.name for path in (room("baselines") / "results").glob("*/fixed.jsonl")
)


@pytest.fixture(scope="module")
def test_split():
    return load_examples(room("corpus"), ["test"])


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_baseline_has_submitted_its_published_predictions(name):
    published = TOP / "baselines/results" / name / "fixed.jsonl"
    assert (TOP / "eval/submissions" / name / "test.1.jsonl").read_bytes() == published.read_bytes()


def test_the_committed_leaderboard_is_what_the_submissions_give(test_split):
    from fazhi.cli._leaderboard_html import html_page
    from fazhi.cli._leaderboard_page import markdown_page

    systems = read_submissions(room("eval") / "submissions", test_split)
    board = make_leaderboard(systems, test_split, read_gold_card(room("annotation")).version)
    assert (room("eval") / "leaderboard.md").read_text("utf-8") == markdown_page(board)
    assert (room("eval") / "leaderboard.html").read_text("utf-8") == html_page(board)
