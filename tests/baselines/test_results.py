"""Published figures can be computed again from the published predictions."""

import pytest

from fazhi._paths import room
from fazhi.baselines import recipe_names
from fazhi.corpus import gold_hash, text_hash
from fazhi.eval import SCORER, read_result, score, surfaces_of
from fazhi.predictions import read_predictions

TRAIN = ("xincai-2022", "puyangxian-2021")
PUBLISHED = sorted(
    (path.parent.name, path.stem) for path in (room("baselines") / "results").glob("*/*.json")
)


def test_the_four_baselines_are_published_under_both_protocols():
    names = ("crf", "majority", "rules", "tfidf-svm")
    assert {(name, protocol) for name in names for protocol in ("fixed", "loro")} <= set(PUBLISHED)
    assert {name for name, _ in PUBLISHED} <= set(recipe_names(room("baselines")))


@pytest.mark.parametrize(("name", "protocol"), PUBLISHED)
def test_the_predictions_give_the_published_scores(name, protocol, gold):
    folder = room("baselines") / "results" / name
    result = read_result(folder / f"{protocol}.json")
    due = [
        each
        for each in gold
        if protocol == "loro" or each.segment.report in ("guangshan-2023", "xinxiang-2023")
    ]
    predictions = read_predictions(folder / f"{protocol}.jsonl", [each.segment for each in due])
    train = [each for each in gold if each.segment.report in TRAIN]
    seen = surfaces_of(train) if protocol == "fixed" else None
    assert score(due, predictions, seen) == result.scores
    assert (result.run.system, result.run.protocol) == (name, protocol)
    assert result.provenance.scorer == SCORER
    assert result.provenance.data_hash == text_hash(due)
    assert result.provenance.gold_hash == gold_hash(due)
    assert result.provenance.dirty is False


def test_what_learns_beats_what_does_not():
    def role(name):
        return read_result(room("baselines") / "results" / name / "fixed.json").scores.role.macro_f1

    assert role("tfidf-svm") > role("majority")


def test_the_page_of_the_baselines_shows_them():
    from fazhi.cli._documents import results_page

    page, due = results_page(room("baselines"))
    assert page.read_text("utf-8") == due
