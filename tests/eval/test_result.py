"""A result says where its score comes from."""

import subprocess

import pytest

from fazhi._paths import checkout
from fazhi.corpus import Annotation, gold_hash, text_hash
from fazhi.errors import InputError
from fazhi.eval import (
    SCORER,
    Run,
    largest_difference,
    make_result,
    read_result,
    score,
    write_result,
)
from fazhi.predictions import Prediction
from makers import make_example

EXAMPLE = make_example("县委学法。", ("县委", "AGENCY", "party"))
RUN = Run(system="made", protocol="test")
PREDICTIONS = [Prediction(id=EXAMPLE.segment.id, role="work", topic="general")]


def test_there_and_back(tmp_path):
    result = make_result(RUN, [EXAMPLE], PREDICTIONS, "1.0.0")
    write_result(tmp_path / "r.json", result)
    assert read_result(tmp_path / "r.json") == result


def test_provenance_names_data_gold_scorer_and_commit():
    found = make_result(RUN, [EXAMPLE], PREDICTIONS, "1.0.0").provenance
    assert (found.scorer, found.gold_version) == (SCORER, "1.0.0")
    assert found.data_hash == text_hash([EXAMPLE])
    assert found.gold_hash == gold_hash([EXAMPLE])
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=checkout(), capture_output=True, text=True, check=False
    )
    assert found.commit == (head.stdout.strip() or None)
    assert "seqeval" in found.packages


def test_the_gold_hash_changes_with_a_label_and_the_data_hash_does_not():
    gold = Annotation(**{**EXAMPLE.gold.model_dump(), "topic": "publicity"})
    changed = EXAMPLE.model_copy(update={"gold": gold})
    assert gold_hash([changed]) != gold_hash([EXAMPLE])
    assert text_hash([changed]) == text_hash([EXAMPLE])


def test_a_file_that_is_no_result_is_refused(tmp_path):
    (tmp_path / "r.json").write_text('{"run": 1}', encoding="utf-8")
    with pytest.raises(InputError, match=r"r\.json: key 'run'"):
        read_result(tmp_path / "r.json")


def test_the_largest_difference_of_a_score_to_itself_is_zero():
    found = score([EXAMPLE], PREDICTIONS)
    assert largest_difference(found, found) == 0


def test_scores_of_different_tasks_are_as_far_apart_as_can_be():
    other = score([EXAMPLE], [Prediction(id=EXAMPLE.segment.id, role="work")])
    assert largest_difference(score([EXAMPLE], PREDICTIONS), other) == 1


def test_the_largest_difference_is_that_of_the_worst_figure():
    # role right in both; topic right in one (macro-F1 1), wrong in the other (0)
    other = score([EXAMPLE], [Prediction(id=EXAMPLE.segment.id, role="work", topic="digital")])
    assert largest_difference(score([EXAMPLE], PREDICTIONS), other) == 1
