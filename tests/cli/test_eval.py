"""`fazhi eval` as a user meets it: every way in, every way out, and what it says on the way."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from itertools import pairwise

import pytest

from commands import FAZHI, TOP, run
from fazhi._paths import room
from fazhi.corpus import load_examples, spans_to_tags

CRF = TOP / "baselines/results/crf/fixed.jsonl"
SVM = TOP / "baselines/results/tfidf-svm/fixed.jsonl"

PREDICTOR = """
def nothing(segments):
    assert set(segments[0]) == {"id", "report", "kind", "text", "heading_path"}
    return [{"id": each["id"], "entities": []} for each in segments]
"""


def cells(text, name):
    """The figures of a row of a table."""
    row = next(line for line in text.splitlines() if re.match(rf"[│|]? *{re.escape(name)} ", line))
    return [cell.strip() for cell in re.split(r"[│|]", row) if cell.strip()][1:]


@pytest.fixture(scope="module")
def shown():
    done = run("eval", CRF)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_official_score_comes_with_its_interval(shown):
    published = json.loads(CRF.with_suffix(".json").read_text("utf-8"))
    value = published["scores"]["entities"]["micro"]["f1"]
    figure, ends, support = cells(shown, "entities, strict micro-F1")
    low, high = map(float, ends.split(" to "))
    assert figure == f"{100 * value:.1f}"
    assert low < 100 * value < high
    assert support == "257"


def test_it_says_what_the_intervals_are_worth(shown):
    assert (
        "Intervals are over segments within 2 reports, and say nothing of other reports." in shown
    )
    assert re.search(r"In simulation, .* in \d\d% of cases, and .* in \d\d% \(", shown)


def test_the_field_agrees():
    # micro and three types, each with P, R and F1
    # on stderr, so that --json stays JSON
    done = run("eval", CRF, "--cross-check", "--json")
    assert "Cross-check: 12 figures are those of seqeval and scikit-learn." in done.stderr
    assert json.loads(done.stdout)["run"]["protocol"] == "test"


def test_errors_add_up(shown):
    *_, gold, label, boundary, both, missed, spurious = map(float, cells(shown, "AGENCY"))
    published = json.loads(CRF.with_suffix(".json").read_text("utf-8"))
    score = published["scores"]["entities"]["per_type"]["AGENCY"]
    # a gold entity is correct, wrong in a pair, or missed; a predicted one likewise or spurious,
    # and no AGENCY of this system is answered by another type
    assert label == both == 0
    assert gold - boundary - missed == score["correct"]
    assert score["predicted"] - boundary - spurious == score["correct"]


def test_sections_are_shown_by_label():
    done = run("eval", SVM)
    assert len(cells(done.stdout, "topic, macro-F1")) == 3
    assert cells(done.stdout, "role title") == ["100.0"]


class TestShapes:
    def test_json_is_the_result(self, tmp_path):
        done = run("eval", CRF, "--json", "--system", "mine", "--out", tmp_path / "r.json")
        found = json.loads(done.stdout)
        assert found == json.loads((tmp_path / "r.json").read_text("utf-8"))
        assert found["run"]["system"] == "mine"
        assert set(found["intervals"]) == {"entities", "AGENCY", "LEGAL", "METRIC"}

    def test_markdown_is_for_pages(self):
        done = run("eval", CRF, "--markdown")
        assert done.stdout.startswith("### fixed on test\n\n| official | % | 95% | of |\n| --- |")
        assert cells(done.stdout, "METRIC, F1")[-1] == "169"

    def test_latex_is_for_papers(self):
        lines = run("eval", CRF, "--latex").stdout.splitlines()
        assert lines[0] == r"\begin{tabular}{lrrr}"
        assert lines[2] == r"official & \% & 95\% & of \\"
        assert lines.count(r"\end{tabular}") == lines.count(r"\toprule") == 4
        bare = [line for line in lines if not line.startswith("%")]
        assert not any(re.search(r"(?<!\\)[%#_$]", line) for line in bare)

    def test_one_shape_at_a_time(self):
        done = run("eval", CRF, "--json", "--latex")
        assert done.returncode == 2
        assert "give one of --json, --markdown and --latex, not 2" in done.stderr

    def test_a_page_is_written(self, tmp_path):
        page = tmp_path / "r.html"
        done = run("eval", CRF, "--html", page)
        assert done.returncode == 0, done.stderr
        assert f"The page is in {page}." in done.stderr
        text = page.read_text("utf-8")
        assert text.startswith("<!doctype html>")
        assert "In simulation, 95% intervals" in text


class TestSources:
    def test_a_function_predicts(self, tmp_path):
        (tmp_path / "mine.py").write_text(PREDICTOR, "utf-8")
        done = run("eval", "--predictor", "mine:nothing", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "Predicting 138 segments …" in done.stderr
        assert cells(done.stdout, "entities, strict micro-F1")[0] == "0.0"

    def test_a_program_predicts(self):
        # it answers with what was published, whatever it is given
        done = run("eval", "--program", f"cat {CRF}", "--system", "cat")
        assert done.returncode == 0, done.stderr
        assert cells(done.stdout, "entities, strict micro-F1") == cells(
            run("eval", CRF).stdout, "entities, strict micro-F1"
        )

    def test_a_model_predicts(self, tmp_path):
        assert run("train", "majority", "--out", tmp_path / "model").returncode == 0
        done = run("eval", "--model", tmp_path / "model")
        published = run("eval", TOP / "baselines/results/majority/fixed.jsonl")
        assert cells(done.stdout, "role, macro-F1") == cells(published.stdout, "role, macro-F1")

    @pytest.mark.parametrize(
        "words", [(), (CRF, "--program", "cat"), ("--model", "m", "--predictor", "a:b")]
    )
    def test_there_is_exactly_one(self, words):
        done = run("eval", *words)
        assert done.returncode == 2
        what = "one of a file of predictions, --model, --predictor and --program"
        assert f"give {what}" in done.stderr


class TestRepairs:
    @pytest.fixture
    def gold(self):
        return load_examples(room("corpus"), ["test"])

    def tagged(self, path, examples, change):
        blocks = []
        for each in examples:
            tags = change(spans_to_tags(each.gold.entities, len(each.segment.text)))
            rows = zip(each.segment.text, tags, strict=False)
            blocks.append("".join(f"{char}\t{tag}\n" for char, tag in rows))
        path.write_text("\n".join(blocks), "utf-8")
        return path

    def test_gold_as_tagged_text_is_perfect(self, tmp_path, gold):
        done = run("eval", self.tagged(tmp_path / "gold.bio", gold, lambda tags: tags))
        assert done.stderr == ""
        assert cells(done.stdout, "entities, strict micro-F1")[0] == "100.0"

    def test_gold_beyond_a_cut_is_missed_and_named(self, tmp_path, gold):
        done = run("eval", self.tagged(tmp_path / "cut.bio", gold, lambda tags: tags[:100]))
        long = [each for each in gold if len(each.segment.text) > 100]
        lost = [(each, e) for each in long for e in each.gold.entities if e.end > 100]
        assert f"Tags end before the text of: {len(long)}: " in done.stderr
        assert f"which count as missed: {len(lost)}: " in done.stderr
        assert f"{len(long)} segments were tagged in part." in done.stdout
        example, entity = lost[0]
        place = f"{example.segment.id} {entity.start}:{entity.end} {entity.text}"
        assert place in done.stderr
        found = 257 - len(lost)
        assert cells(done.stdout, "all")[1] == f"{100 * found / 257:.1f}"

    def test_illegal_tags_are_counted_and_repaired_as_told(self, tmp_path, gold):
        headless = self.tagged(
            tmp_path / "i.bio", gold, lambda tags: [tag.replace("B-", "I-") for tag in tags]
        )
        # an entity right after one of its type goes on with it: neither is illegal, both are wrong
        touching = sum(
            left.end == right.start and left.label == right.label
            for each in gold
            for left, right in pairwise(each.gold.entities)
        )
        illegal = 257 - touching
        refused = run("eval", headless)
        assert refused.returncode == 2
        assert f"{illegal} problems" in refused.stderr
        repaired = run("eval", headless, "--repair", "conlleval")
        assert f"Illegal transitions between tags: {illegal}" in repaired.stderr
        due = 100 * 2 * (257 - 2 * touching) / (257 + illegal)
        assert cells(repaired.stdout, "entities, strict micro-F1")[0] == f"{due:.1f}"
        dropped = run("eval", headless, "--repair", "discard")
        assert cells(dropped.stdout, "entities, strict micro-F1")[0] == "0.0"

    def test_missing_segments_are_named_and_empty_only_where_that_is_allowed(self, tmp_path):
        lines = CRF.read_text("utf-8").splitlines(keepends=True)
        (tmp_path / "p.jsonl").write_text("".join(lines[:-2]), "utf-8")
        refused = run("eval", tmp_path / "p.jsonl")
        assert refused.returncode == 2
        allowed = run("eval", tmp_path / "p.jsonl", "--allow-missing")
        names = [json.loads(line)["id"] for line in lines[-2:]]
        assert f"Missing, and scored as empty, of 138 segments: 2: {', '.join(names)}" in (
            allowed.stderr
        )
        assert "2 segments without a line were scored as empty." in allowed.stdout
        assert allowed.returncode == 0

    def test_overlaps_are_resolved_by_a_named_rule(self, tmp_path):
        lines = CRF.read_text("utf-8").splitlines()
        number = next(n for n, line in enumerate(lines) if json.loads(line)["entities"])
        broken = json.loads(lines[number])
        broken["entities"].append(broken["entities"][0])
        lines[number] = json.dumps(broken)
        path = tmp_path / "p.jsonl"
        path.write_text("\n".join(lines), "utf-8")
        assert run("eval", path).returncode == 2
        done = run("eval", path, "--overlaps", "first")
        assert f"Left out by a rule: 1: line {number + 1}: {broken['id']} " in done.stderr
        assert cells(done.stdout, "METRIC, F1") == cells(run("eval", CRF).stdout, "METRIC, F1")

    @pytest.mark.parametrize("words", [("--repair", "guess"), ("--overlaps", "guess")])
    def test_a_rule_that_is_none_is_refused(self, words):
        done = run("eval", CRF, *words)
        assert done.returncode == 2
        assert "Did you mean" in done.stderr


class TestCompare:
    def test_two_systems(self, tmp_path):
        shutil.copy(TOP / "baselines/mixtures/crf@real/fixed.jsonl", tmp_path / "crf.jsonl")
        rules = TOP / "baselines/results/rules/fixed.jsonl"
        done = run("compare", tmp_path / "crf.jsonl", rules, "--score", "AGENCY")
        assert done.returncode == 0, done.stderr
        seeds, mean, _, over_seeds, each = cells(done.stdout, "crf")
        assert (seeds, mean, over_seeds) == ("1", each, "-")
        difference, _, p, corrected, *power = cells(done.stdout, "crf - fixed")
        # they differ in one segment: no swap could have shown anything
        assert power == ["none", "none"]
        other = cells(done.stdout, "fixed")[1]
        assert float(difference) == pytest.approx(float(mean) - float(other), abs=0.11)
        assert p == corrected
        assert "they speak of these reports, not of others." in done.stdout

    def test_systems_called_alike_bear_the_name_of_their_folder(self):
        rules = TOP / "baselines/results/rules/fixed.jsonl"
        done = run("compare", CRF, rules)
        assert cells(done.stdout, "crf/fixed - rules/fixed")

    def test_a_folder_holds_the_seeds_of_a_system(self, tmp_path):
        for number in (1, 2):
            folder = tmp_path / "mine"
            folder.mkdir(exist_ok=True)
            shutil.copy(CRF, folder / f"{number}.jsonl")
        rules = TOP / "baselines/results/rules/fixed.jsonl"
        done = run("compare", tmp_path / "mine", rules)
        seeds, mean, deviation, over_seeds, each = cells(done.stdout, "mine")
        assert (seeds, deviation, over_seeds) == ("2", "0.0", f"{mean} to {mean}")
        assert len(each.split()) == 2
        assert "Seeds are taken as given" in done.stdout

    def test_of_one_system_its_seeds_are_shown(self, tmp_path):
        shutil.copy(CRF, tmp_path / "1.jsonl")
        done = run("compare", tmp_path)
        assert done.returncode == 0, done.stderr
        assert cells(done.stdout, tmp_path.name)[0] == "1"

    def test_three_systems_are_corrected_for(self, tmp_path):
        names = ["crf", "rules", "none"]
        for name in names[:2]:
            shutil.copy(TOP / f"baselines/results/{name}/fixed.jsonl", tmp_path / f"{name}.jsonl")
        ids = [json.loads(line)["id"] for line in CRF.read_text("utf-8").splitlines()]
        empty = "".join(json.dumps({"id": name, "entities": []}) + "\n" for name in ids)
        (tmp_path / "none.jsonl").write_text(empty, "utf-8")
        done = run("compare", *(tmp_path / f"{name}.jsonl" for name in names))
        *_, p, corrected, _, _ = cells(done.stdout, "crf - rules")
        assert float(corrected) >= float(p)
        assert cells(done.stdout, "crf - none")[2] == "<0.001"

    @pytest.mark.parametrize(
        ("words", "named"),
        [
            ((CRF, SVM), "no task in common"),
            ((CRF, CRF), "a system is given twice"),
            ((CRF, SVM, "--score", "role"), "no score of all these systems is called 'role'"),
        ],
    )
    def test_what_cannot_be_compared_is_refused(self, words, named):
        done = run("compare", *words)
        assert done.returncode == 2
        assert named in done.stderr


class TestNames:
    """What comes from outside is shown as it is, and does nothing to a terminal or a table."""

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("[/x]", "[/x] on test"),
            ("run[v2]", "run[v2] on test"),
            ("\x1b[31mred", r"\x1b[31mred on test"),
            ("two\nlines", r"two\nlines on test"),
        ],
    )
    def test_of_a_system(self, name, shown):
        assert run("eval", CRF, "--system", name).stdout.startswith(shown)
        markdown = run("eval", CRF, "--system", name, "--markdown").stdout
        assert markdown.startswith(f"### {shown}\n")

    def test_of_a_file(self, tmp_path):
        done = run("eval", tmp_path / "\x1b[31mnowhere.jsonl")
        assert r"\x1b[31mnowhere.jsonl: there is no such file" in done.stderr
        assert "\x1b" not in done.stderr

    def test_of_a_program_are_whole(self):
        done = run("eval", "--program", f"cat {CRF}")
        assert done.stdout.startswith(f"cat {CRF} on test".partition("/")[0])


class TestPlaces:
    def test_two_outputs_are_two_files(self, tmp_path):
        done = run("eval", CRF, "--out", tmp_path / "a", "--html", tmp_path / "a")
        assert done.returncode == 2
        assert list(tmp_path.iterdir()) == []

    def test_no_folder_is_made_where_nothing_is_written(self, tmp_path):
        done = run("eval", "nowhere.jsonl", "--out", tmp_path / "a" / "b" / "r.json")
        assert done.returncode == 2
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_a_program_ends_with_the_command(self, tmp_path, number):
        script = tmp_path / "slow.py"
        script.write_text(
            "import os, pathlib, time\n"
            f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()))\n"
            "time.sleep(600)\n",
            "utf-8",
        )
        command = [FAZHI, "eval", "--program", f"{sys.executable} {script}"]
        # a shell that started the tests in the background has made them deaf to SIGINT
        with subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as process:
            while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text("utf-8"):
                time.sleep(0.05)
            process.send_signal(number)
            _, errors = process.communicate()
        assert process.returncode == 130
        assert "Error: interrupted; nothing half-written is left" in errors
        with pytest.raises(ProcessLookupError):
            os.kill(int((tmp_path / "pid").read_text("utf-8")), 0)

    @pytest.mark.parametrize("seconds", ["nan", "0", "-5", "inf"])
    def test_a_program_has_a_time(self, seconds):
        assert run("eval", "--program", "cat", "--seconds", seconds).returncode == 2
