"""A result says where its score comes from."""

import subprocess

import pytest

from fazhi._paths import checkout
from fazhi.corpus import Annotation, gold_hash, text_hash
from fazhi.errors import InputError
from fazhi.eval import (
    SCORER,
    Run,
    _result,
    largest_difference,
    make_result,
    read_result,
    score,
    write_result,
)
from fazhi.predictions import PredictedEntity, Prediction
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


def test_the_largest_difference_sees_every_type_and_every_figure():
    # gold 1 AGENCY, 1 METRIC. One finds both: micro, AGENCY, METRIC all 1.
    # The other finds the AGENCY alone: micro P 1, R 1/2, F1 2/3; METRIC 0: the farthest is 1.
    example = make_example("县委学法5次。", ("县委", "AGENCY", "party"), ("5次", "METRIC", "count"))
    agency = PredictedEntity(start=0, end=2, label="AGENCY")
    metric = PredictedEntity(start=4, end=6, label="METRIC")
    both, one = (
        score([example], [Prediction(id=example.segment.id, entities=entities)])
        for entities in ((agency, metric), (agency,))
    )
    assert largest_difference(both, one) == 1
    assert abs(both.entities.micro.f1 - one.entities.micro.f1) == pytest.approx(1 / 3)


def test_a_role_may_be_the_farthest_figure():
    # two segments, work and plan; one right of two: work P 1/2 R 1 F1 2/3, plan 0: macro 1/3
    examples = [
        make_example("甲。", name="made-2020-s001", role="work"),
        make_example("乙。", name="made-2020-s002", role="plan"),
    ]
    right, half = (
        score(
            examples,
            [Prediction(id=e.segment.id, role=r) for e, r in zip(examples, roles, strict=True)],
        )
        for roles in (("work", "plan"), ("work", "work"))
    )
    assert largest_difference(right, half) == pytest.approx(2 / 3)


class TestCommit:
    """What a result says of the checkout that it was computed in."""

    @pytest.fixture
    def repository(self, monkeypatch, tmp_path):
        monkeypatch.setattr(_result, "checkout", lambda: tmp_path)
        (tmp_path / "src").mkdir()
        (tmp_path / "src" / "x.py").write_text("x = 1\n", "utf-8")
        self.git(tmp_path, "init", "--quiet")
        return tmp_path

    def git(self, folder, *words):
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        done = subprocess.run(
            ["git", *identity, *words], cwd=folder, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def commit(self, folder):
        self.git(folder, "add", "--all")
        self.git(folder, "commit", "--quiet", "--message", "x")
        return self.git(folder, "rev-parse", "HEAD")

    def said(self):
        found = make_result(RUN, [EXAMPLE], PREDICTIONS, "1.0.0").provenance
        return found.commit, found.dirty

    def test_a_clean_checkout(self, repository):
        commit = self.commit(repository)
        assert self.said() == (commit, False)

    @pytest.mark.parametrize("name", ["src/x.py", "src/y.py", "corpus/z.txt"])
    def test_sources_that_were_changed_or_added(self, repository, name):
        commit = self.commit(repository)
        (repository / name).parent.mkdir(exist_ok=True)
        (repository / name).write_text("x = 2\n", "utf-8")
        assert self.said() == (commit, True)

    def test_a_change_elsewhere_is_none(self, repository):
        commit = self.commit(repository)
        (repository / "notes.txt").write_text("x", "utf-8")
        assert self.said() == (commit, False)

    def test_nothing_is_committed(self, repository):
        assert list(repository.iterdir())
        assert self.said() == (None, None)

    def test_no_checkout(self, monkeypatch):
        monkeypatch.setattr(_result, "checkout", lambda: None)
        assert self.said() == (None, None)

    def test_no_repository(self, monkeypatch, tmp_path):
        monkeypatch.setattr(_result, "checkout", lambda: tmp_path)
        assert self.said() == (None, None)
