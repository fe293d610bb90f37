"""The command line as a user meets it: help, output, errors, exit codes."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
import typer.main

from commands import FAZHI, TOP, copy_checkout, light_copy, need, run, run_copy
from fazhi import __version__
from fazhi._paths import room
from fazhi.cli import app
from fazhi.corpus import Level
from fazhi.corpus._checksums import write_checksums


def refused(*arguments: str | Path, cwd: Path | None = None) -> str:
    """The error with which a refused command ends: a line, or with a line for each problem."""
    done = run(*arguments, cwd=cwd)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr + done.stdout
    _, mark, error = f"\n{done.stderr}".rpartition("\nError: ")
    assert mark
    first, *problems = error.splitlines()
    assert all(line.startswith("  ") for line in problems)
    return "\n".join(["Error: " + first, *problems])


def commands(group=None, path=()):
    """Every command with the words that call it."""
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(commands())


def test_the_commands_are_those_of_the_documentation():
    assert set(COMMANDS) == {
        ("corpus", "add"),
        ("corpus", "build"),
        ("corpus", "errata"),
        ("corpus", "info"),
        ("corpus", "push"),
        ("corpus", "show"),
        ("corpus", "synthetic"),
        ("corpus", "synthesize"),
        ("annotation", "agreement"),
        ("annotation", "doubts"),
        ("annotation", "import"),
        ("annotation", "lint"),
        ("annotation", "pull"),
        ("annotation", "push"),
        ("annotation", "serve"),
        ("annotation", "status"),
        ("train",),
        ("predict",),
        ("pretrain",),
        ("compare",),
        ("export",),
        ("eval",),
        ("reproduce",),
        ("submit",),
        ("leaderboard",),
        ("docs",),
        ("figures",),
    }


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(words):
    done = run(*words, "--help")
    assert done.returncode == 0
    assert re.search(rf"Example: fazhi {' '.join(words)}", done.stdout)
    for option in COMMANDS[words].params:
        assert getattr(option, "help", None), (words, option.name)


def test_help_imports_nothing_heavy():
    code = (
        "import sys, fazhi.cli\n"
        "heavy = {'datasets', 'pyarrow', 'numpy', 'sklearn', 'seqeval', 'pydantic', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_version():
    assert run("--version").stdout == f"fazhi {__version__}\n"


def test_the_module_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "fazhi", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"fazhi {__version__}\n"


def test_without_arguments_it_shows_help():
    assert "Usage" in run().stdout + run().stderr


class TestCorpus:
    def test_info_counts_what_is_there(self):
        rows = [
            line.replace("│", " ").split() for line in run("corpus", "info").stdout.splitlines()
        ]
        assert ["reports", "2", "1", "2", "5", "60"] in rows

    def test_info_explains_the_labels(self):
        shown = run("corpus", "info", "--labels").stdout
        assert "institution" in shown
        assert "其他机构" in shown

    def test_build_check_passes_on_what_is_committed(self):
        assert run("corpus", "build", "--check").returncode == 0

    def test_show_a_segment(self):
        assert run("corpus", "show", "puyangxian-2021-s034").stdout == (
            "# puyangxian-2021-s034 other -\n[[AGENCY.government|濮阳县人民政府]]\n"
        )

    def test_show_a_segment_with_its_facts(self):
        assert run("corpus", "show", "xincai-2022-s021").stdout == (
            "# xincai-2022-s021 work enforcement\n"
            "一是开展服务型行政执法培训。2022年共开展[[METRIC.count|5场]]服务型行政执法培训，"
            "提高了行政执法队伍的综合能力和水平。\n"
            "= 5场 | 服务型行政执法培训@2 | 5 场\n"
        )

    def test_show_a_report(self):
        shown = run("corpus", "show", "xinxiang-2023").stdout
        assert shown.count("# xinxiang-2023-s") == 26

    def test_an_unknown_segment_names_the_nearest(self):
        message = refused("corpus", "show", "xincai-2022-s999")
        assert "no segment is called 'xincai-2022-s999'. Did you mean: xincai-2022-s0" in message


@pytest.fixture
def copy(tmp_path):
    """A copy of the checkout's sources, in which commands may do harm."""
    return copy_checkout(tmp_path / "copy")


class TestBuild:
    def test_a_removed_file_is_missed_and_built_again(self, copy):
        path = copy / "corpus/data/entities-test.parquet"
        content = path.read_bytes()
        path.unlink()
        assert run_copy(copy, "corpus", "build", "--check").returncode == 2
        assert run_copy(copy, "corpus", "build").returncode == 0
        assert path.read_bytes() == content

    def test_counts_that_are_out_of_date_are_found_and_mended(self, copy):
        card = copy / "corpus/README.md"
        due = card.read_text("utf-8")
        card.write_text(due.replace("| reports | 2 |", "| reports | 3 |"), encoding="utf-8")
        checked = run_copy(copy, "corpus", "build", "--check")
        assert "its generated part is out of date. Run: fazhi corpus build" in checked.stderr
        run_copy(copy, "corpus", "build")
        assert card.read_text("utf-8") == due

    @pytest.mark.parametrize("name", ["croissant.json", "data/checksums"])
    def test_what_describes_the_files_is_compared_and_built_again(self, name, copy):
        path = copy / "corpus" / name
        due = path.read_text("utf-8")
        path.write_text(due.replace("entities-train", "entities-tr"), encoding="utf-8")
        checked = run_copy(copy, "corpus", "build", "--check")
        assert checked.returncode == 2
        assert "out of date. Run: fazhi corpus build" in checked.stderr
        run_copy(copy, "corpus", "build")
        assert path.read_text("utf-8") == due

    def test_a_changed_fact_is_found(self, copy):
        layer = copy / "annotation/layers/gold/xincai-2022.jsonl"
        text = layer.read_text("utf-8")
        layer.write_text(text.replace('"unit": "册"', '"unit": "本"', 1), encoding="utf-8")
        done = run_copy(copy, "corpus", "build", "--check")
        assert "facts-train.parquet differs from what the sources give" in done.stderr

    def test_a_changed_raw_file_is_refused(self, copy):
        (copy / "corpus/raw/xincai-2022.txt").write_text("报告。", encoding="utf-8")
        assert "its SHA-256 is not the one" in run_copy(copy, "corpus", "build").stderr

    def test_a_damaged_parquet_file_is_named(self, copy):
        path = copy / "corpus/data/entities-test.parquet"
        content = bytearray(path.read_bytes())
        content[60:200] = bytes(140)
        path.write_bytes(content)
        done = run_copy(copy, "corpus", "info")
        assert done.returncode == 2
        assert "entities-test.parquet: its SHA-256 is not the one in checksums" in done.stderr
        assert "run: fazhi corpus build" in done.stderr

    def test_another_table_in_its_place_is_named(self, copy):
        data = copy / "corpus/data"
        shutil.copy(data / "sections-test.parquet", data / "entities-test.parquet")
        write_checksums(data)
        done = run_copy(copy, "corpus", "info")
        assert "entities-test.parquet: its rows are not those of the dataset" in done.stderr


class TestAnnotation:
    def test_lint_is_clean_and_counts(self):
        done = run("annotation", "lint")
        assert done.returncode == 0
        assert "no findings" in done.stdout
        assert "METRIC.duration" in done.stdout

    def test_a_finding_is_shown_and_the_exit_code_is_one(self, copy):
        reasons = copy / "annotation/reasons.toml"
        text = reasons.read_text("utf-8")
        reasons.write_text(text.replace('"八五" = "name"\n', ""), encoding="utf-8")
        done = run_copy(copy, "annotation", "lint")
        assert done.returncode == 1
        assert "'八' is in no entity" in done.stdout or "'八五' is in no entity" in done.stdout

    @pytest.mark.parametrize("line_end", ["\n", "\r\n"])
    def test_what_show_prints_can_be_changed_and_imported(self, copy, line_end):
        shown = run_copy(copy, "corpus", "show", "xinxiang-2023").stdout
        changed = shown.replace("[[AGENCY.party|党中央]]", "党中央").replace("\n", line_end)
        path = copy / "xinxiang-2023.txt"
        path.write_bytes(changed.encode())
        assert run_copy(copy, "annotation", "import", path, "--layer", "gold").returncode == 0
        assert run_copy(copy, "corpus", "build").returncode == 0
        assert run_copy(copy, "corpus", "show", "xinxiang-2023").stdout == shown.replace(
            "[[AGENCY.party|党中央]]", "党中央"
        )

    def test_import_refuses_blocks_in_another_order_and_writes_nothing(self, copy):
        blocks = run_copy(copy, "corpus", "show", "xinxiang-2023").stdout.split("\n\n")
        path = copy / "xinxiang-2023.txt"
        path.write_text("\n\n".join([*blocks[1:], blocks[0]]), encoding="utf-8")
        layer = copy / "annotation/layers/a/xinxiang-2023.jsonl"
        before = layer.read_bytes()
        done = run_copy(copy, "annotation", "import", path, "--layer", "a")
        assert "its 26 blocks are not the 26 segments of the report in their order" in done.stderr
        assert layer.read_bytes() == before

    @pytest.mark.parametrize("layer", ["z", "../layers/a", ""])
    def test_import_refuses_a_layer_that_is_not_there(self, copy, layer):
        path = copy / "xincai-2022.txt"
        path.write_text("x", encoding="utf-8")
        done = run_copy(copy, "annotation", "import", path, "--layer", layer)
        assert "Did you mean: a, b, gold?" in done.stderr

    def test_a_bad_fact_is_refused_with_its_line_and_nothing_is_written(self, copy):
        shown = run_copy(copy, "corpus", "show", "xinxiang-2023").stdout
        path = copy / "xinxiang-2023.txt"
        path.write_text(shown.replace("| 31 个", "| 31个"), encoding="utf-8")
        layer = copy / "annotation/layers/gold/xinxiang-2023.jsonl"
        before = layer.read_bytes()
        done = run_copy(copy, "annotation", "import", path, "--layer", "gold")
        line = shown.split("# xinxiang-2023-s008")[0].count("\n") + 1
        assert f"line {line}: the fact of '31个': '31个' is no value" in done.stderr
        assert layer.read_bytes() == before


class TestAgreement:
    def test_what_is_committed_is_what_the_layers_give(self):
        assert run("annotation", "agreement", "--check").returncode == 0

    def test_two_language_models_are_said_to_be_no_people(self):
        shown = run("annotation", "agreement").stdout
        assert "this is the self-consistency of a model under the guidelines" in shown
        assert "not human agreement" in shown
        assert "Agreement of a and b" in shown

    def test_the_page_says_so_above_the_table(self):
        page = (TOP / "annotation/README.md").read_text("utf-8")
        block = page.split("<!-- begin agreement -->\n")[1]
        assert block.startswith("Both annotators are language models: this is the self-consistency")

    def test_layers_are_compared_on_the_reports_that_they_share(self, copy):
        layer = copy / "annotation" / "layers" / "b"
        for path in layer.glob("*.jsonl"):
            if path.stem not in {"xincai-2022", "guancheng-2022"}:
                path.unlink()
        shown = run_copy(copy, "annotation", "agreement").stdout
        assert "on 2 reports" in " ".join(shown.split())
        for path in layer.glob("*.jsonl"):
            path.unlink()
        refused = run_copy(copy, "annotation", "agreement")
        assert "'a' and 'b' have no report in common" in refused.stderr

    def test_only_the_published_pair_is_written(self):
        done = run("annotation", "agreement", "--right", "gold", "--write")
        assert done.returncode == 2
        assert "agreement.json: holds the agreement of a and b" in done.stderr

    def test_a_layer_against_gold_is_no_agreement(self):
        shown = run("annotation", "agreement", "--left", "a", "--right", "gold").stdout
        assert "A layer against an adjudication" in shown
        assert "self-consistency" not in shown

    def test_people_are_said_to_be_people(self, copy):
        for layer, annotator in (("a", "person"), ("b", "language model")):
            card = copy / f"annotation/layers/{layer}/layer.toml"
            text = card.read_text("utf-8")
            card.write_text(text.replace("language model", annotator, 1), encoding="utf-8")
        shown = run_copy(copy, "annotation", "agreement").stdout
        assert "The annotators are: person, language model." in shown
        assert "self-consistency" not in shown

    def test_another_layer_is_found_and_measured_again(self, copy):
        layer = copy / "annotation/layers/b/xincai-2022.jsonl"
        text = layer.read_text("utf-8")
        layer.write_text(text.replace('"role": "problem"', '"role": "plan"', 1), encoding="utf-8")
        checked = run_copy(copy, "annotation", "agreement", "--check")
        assert checked.returncode == 2
        assert "agreement.json: its generated part is out of date. Run: fazhi" in checked.stderr
        assert run_copy(copy, "annotation", "agreement", "--write").returncode == 0
        assert run_copy(copy, "annotation", "agreement", "--check").returncode == 0
        measured = json.loads((copy / "annotation/agreement.json").read_text("utf-8"))
        # one of 262 segments has another role now; it is of no test report
        assert measured["all reports"]["role"]["observed"]["value"] == pytest.approx(261 / 262)
        assert measured["test reports"]["role"]["observed"]["value"] == 1

    def test_a_page_that_is_out_of_date_is_found(self, copy):
        page = copy / "annotation/README.md"
        text = page.read_text("utf-8")
        page.write_text(text.replace("| 303, 303 |", "| 304, 303 |"), encoding="utf-8")
        checked = run_copy(copy, "annotation", "agreement", "--check")
        assert "README.md: its generated part is out of date" in checked.stderr

    def test_a_layer_that_is_not_there_is_refused(self):
        message = refused("annotation", "agreement", "--right", "c")
        assert "no layer is called 'c'. Did you mean: a, b, gold?" in message

    def test_a_file_of_a_layer_that_is_no_report_is_refused(self, copy):
        layer = copy / "annotation" / "layers" / "b"
        (layer / "xincai-2022.jsonl").rename(layer / "typo-2022.jsonl")
        done = run_copy(copy, "corpus", "build", "--check")
        assert done.returncode == 2
        assert "typo-2022.jsonl: no report is called 'typo-2022'" in done.stderr

    def test_a_layer_that_lacks_a_report_is_not_what_is_published(self, copy):
        (copy / "annotation/layers/b/xincai-2022.jsonl").unlink()
        done = run_copy(copy, "annotation", "agreement", "--check")
        assert "agreement.json: its generated part is out of date" in done.stderr


class TestDoubts:
    def rows(self, *arguments):
        lines = run("annotation", "doubts", *arguments).stdout.splitlines()
        cells = [line.strip("│ ").split("│") for line in lines if "-s" in line]
        return [(name.strip(), int(asked) + int(differ)) for name, asked, differ in cells]

    def test_the_most_doubtful_stand_first(self):
        sums = [doubt for _, doubt in self.rows("--top", "262")]
        assert sums == sorted(sums, reverse=True)
        assert len(sums) == 262

    def test_sixty_unless_it_is_said_how_many(self):
        assert len(self.rows()) == 60
        assert self.rows("--top", "3") == self.rows()[:3]

    def test_none_at_all_is_refused(self):
        assert "--top" in refused("annotation", "doubts", "--top", "0")


class TestPublish:
    def test_a_recipe_of_the_room_is_published_with_its_page(self, copy):
        result = copy / "baselines/results/majority/fixed.json"
        result.unlink()
        assert run_copy(copy, "reproduce", "majority", "--publish").returncode == 0
        assert result.exists()

    def test_a_private_recipe_is_not_published(self, copy):
        text = (copy / "baselines/recipes/majority.toml").read_text("utf-8")
        (copy / "majority.toml").write_text(text, encoding="utf-8")
        done = run_copy(copy, "reproduce", "majority.toml", "--publish")
        assert done.returncode == 2
        assert "no recipe of the room is called 'majority.toml'" in done.stderr

    def test_results_are_published_in_the_room_and_nowhere_else(self, copy):
        done = run_copy(copy, "reproduce", "majority", "--publish", "--out", "elsewhere")
        assert done.returncode == 2
        assert "leave --out out" in done.stderr

    def test_nothing_is_published_if_the_page_cannot_be_written(self, copy):
        (copy / "baselines/README.md").write_text("no markers\n", encoding="utf-8")
        result = copy / "baselines/results/majority/fixed.json"
        before = result.read_bytes()
        assert run_copy(copy, "reproduce", "majority", "--publish").returncode == 2
        assert result.read_bytes() == before


class TestComparison:
    """`reproduce` fails if, and only if, a figure is farther off than the recipe tolerates."""

    def published_shifted_by(self, copy, points: float):
        path = copy / "baselines/results/majority/fixed.json"
        result = json.loads(path.read_text("utf-8"))
        result["scores"]["role"]["macro_f1"] += points / 100
        path.write_text(json.dumps(result), encoding="utf-8")
        recipe = copy / "baselines/recipes/majority.toml"
        text = recipe.read_text("utf-8").replace("tolerance = 0.0", "tolerance = 0.02")
        recipe.write_text(text, encoding="utf-8")
        return run_copy(copy, "reproduce", "majority")

    def test_within_the_tolerance(self, copy):
        done = self.published_shifted_by(copy, 1.5)
        assert done.returncode == 0
        assert "largest difference 1.50 points, 2 tolerated" in done.stdout

    def test_beyond_the_tolerance(self, copy):
        done = self.published_shifted_by(copy, 2.5)
        assert done.returncode == 2
        assert "a figure differs by 2.50 points" in done.stderr

    def test_figures_of_other_gold_are_not_compared(self, copy):
        path = copy / "baselines/results/majority/fixed.json"
        result = json.loads(path.read_text("utf-8"))
        result["provenance"]["gold_hash"] = "0" * 64
        path.write_text(json.dumps(result), encoding="utf-8")
        done = run_copy(copy, "reproduce", "majority", "rules")
        assert done.returncode == 2
        assert "was computed on other data or gold" in done.stderr
        assert "rules: agrees with the published result" in done.stdout


class TestNamesOfRecipes:
    def test_a_recipe_does_not_bear_the_name_of_another(self, tmp_path):
        text = 'name = "rules"\ndescription = "x"\nmodel = "majority"\ntolerance = 0.0\n'
        (tmp_path / "rules.toml").write_text(text, encoding="utf-8")
        message = refused("reproduce", "rules.toml", cwd=tmp_path)
        assert "'rules' is the name of another recipe; give yours one of its own" in message
        message = refused("reproduce", "rules", "rules.toml", cwd=tmp_path)
        assert "two recipes are named 'rules'" in message

    def test_the_same_recipe_is_run_once(self, tmp_path):
        path = room("baselines") / "recipes/rules.toml"
        done = run("reproduce", "rules", str(path), "rules", cwd=tmp_path)
        rows = [line for line in done.stdout.splitlines() if line.startswith("│ rules")]
        # as run, as published, and its two scores beside those of the feature CRF
        assert len(rows) == 4
        assert {row.split()[3] for row in rows[:2]} == {"1"}


class TestModels:
    def test_train_predict_eval_gives_the_figures_of_reproduce(self, tmp_path):
        steps = [
            ("train", "tfidf-svm", "--out", "model"),
            ("predict", "model", "--out", "found.jsonl"),
            ("eval", "found.jsonl", "--out", "result.json"),
            ("reproduce", "tfidf-svm", "--out", "runs"),
        ]
        outputs = [run(*step, cwd=tmp_path) for step in steps]
        assert [done.returncode for done in outputs] == [0] * 4, outputs
        reproduced = tmp_path / "runs" / "tfidf-svm"
        assert (tmp_path / "found.jsonl").read_bytes() == (reproduced / "fixed.jsonl").read_bytes()
        assert "agrees with the published result" in outputs[3].stdout

    def test_reproducing_twice_gives_the_same_but_for_the_time(self, tmp_path):
        names = ("majority", "rules", "tfidf-svm")
        for folder in ("first", "second"):
            run("reproduce", *names, "--out", folder, cwd=tmp_path)
        first, second = (
            {path.relative_to(tmp_path / folder): path for path in (tmp_path / folder).rglob("*")}
            for folder in ("first", "second")
        )
        assert first.keys() == second.keys()
        for path in first:
            if path.suffix == ".jsonl":
                assert first[path].read_bytes() == second[path].read_bytes()
            elif path.suffix == ".json":
                one, other = (json.loads(each[path].read_bytes()) for each in (first, second))
                assert one["run"].pop("cost").keys() == other["run"].pop("cost").keys()
                assert one == other
        assert {path.name for path in first} == {*names, "fixed.json", "fixed.jsonl"}

    def test_training_a_crf_twice_gives_the_same_bytes(self, tmp_path):
        (tmp_path / "small.toml").write_text(
            'name = "small"\ndescription = "x"\nmodel = "crf"\ntolerance = 0.0\n'
            "params = { c1 = 0.1, c2 = 0.1, max_iterations = 8 }\n",
            encoding="utf-8",
        )
        for folder in ("first", "second"):
            assert run("train", "small.toml", "--out", folder, cwd=tmp_path).returncode == 0
        first, second = (
            (tmp_path / f / "model.crfsuite").read_bytes() for f in ("first", "second")
        )
        assert first == second

    def test_leaving_one_report_out(self, tmp_path):
        done = run("reproduce", "rules", "--protocol", "loro", cwd=tmp_path)
        assert "rules: agrees with the published result" in done.stdout
        lines = (tmp_path / "runs/rules/loro.jsonl").read_text("utf-8").splitlines()
        assert len(lines) == 262
        # its row, the same row as published, and two scores beside those of the feature CRF
        rows = [line for line in done.stdout.splitlines() if line.startswith("│ rules")]
        assert len(rows) == 4
        assert rows[0] == rows[1]
        assert [("crf" in row.split(), "entities" in row, "AGENCY" in row) for row in rows[2:]] == [
            (True, True, False),
            (True, False, True),
        ]

    def test_a_system_bears_the_name_that_it_is_given(self, tmp_path):
        published = TOP / "baselines/results/crf/fixed.jsonl"
        done = run("eval", published, "--system", "mine", "--out", "r.json", cwd=tmp_path)
        assert done.stdout.startswith("mine on test")
        assert json.loads((tmp_path / "r.json").read_text("utf-8"))["run"]["system"] == "mine"


class TestErrors:
    @pytest.mark.parametrize(
        "words",
        [
            ("eval", "nowhere.jsonl"),
            ("predict", "nowhere", "--out", "p.jsonl"),
            ("annotation", "import", "xincai-2022.txt", "--layer", "a"),
        ],
    )
    def test_a_missing_file(self, words, tmp_path):
        assert "there is no such file" in refused(*words, cwd=tmp_path)

    @pytest.mark.parametrize(
        ("words", "known"),
        [
            (("eval", "p.jsonl", "--split", "tset"), "test"),
            (("reproduce", "crf", "--protocol", "loo"), "loro"),
            (("reproduce", "cfr"), "crf"),
            (("train", "svm", "--out", "m"), "tfidf-svm"),
        ],
    )
    def test_an_unknown_name(self, words, known, tmp_path):
        message = refused(*words, cwd=tmp_path)
        assert f"Did you mean: {known}" in message
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("content", "named"),
        [
            (b"", "p.jsonl: the file is empty"),
            (
                '{"id": "法"}'.encode("gb18030"),
                "p.jsonl, line 1: the file is not UTF-8 but looks like GB18030",
            ),
            ('{"id": "法"}'.encode("utf-16"), "looks like UTF-16LE"),
            ('{"id": "法治政府建设"}'.encode("utf-16-le"), "looks like UTF-16LE"),
            (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "the file is not text"),
            (b'{"id": \n', "line 1: invalid JSON"),
            (b'{"id": "made-2020-s001"}\n', "line 1: there is no segment 'made-2020-s001'"),
            (b'{"id": "xinxiang-2023-s001", "role": "x"}\n', "line 1: key 'role'"),
            (
                b'{"id": "xinxiang-2023-s001"}\n' * 2,
                "line 2: the id 'xinxiang-2023-s001' occurs twice",
            ),
            (
                b'{"id": "xinxiang-2023-s001", '
                b'"entities": [{"start": 0, "end": 99, "label": "LEGAL"}]}',
                "line 1: the span 0:99 of 'xinxiang-2023-s001' is empty or out of range",
            ),
        ],
    )
    def test_bad_input_is_named_with_its_remedy(self, tmp_path, content, named):
        (tmp_path / "p.jsonl").write_bytes(content)
        message = refused("eval", "p.jsonl", "--out", "r.json", cwd=tmp_path)
        assert named in message
        assert re.search(r"\. [A-Z].+", message)
        assert [path.name for path in tmp_path.iterdir()] == ["p.jsonl"]

    def test_a_result_does_not_replace_the_predictions(self, tmp_path):
        source = TOP / "baselines/results/rules/fixed.jsonl"
        shutil.copy(source, tmp_path / "p.jsonl")
        message = refused("eval", "p.jsonl", "--out", "p.jsonl", cwd=tmp_path)
        assert "would replace its own input" in message
        assert (tmp_path / "p.jsonl").read_bytes() == source.read_bytes()

    def test_predictions_do_not_replace_the_model(self, tmp_path):
        run("train", "majority", "--out", "m", cwd=tmp_path)
        before = (tmp_path / "m/model.json").read_bytes()
        refused("predict", "m", "--out", "m/model.json", cwd=tmp_path)
        assert (tmp_path / "m/model.json").read_bytes() == before

    @pytest.mark.parametrize("target", [".", "file/below.json", "/proc/none/x.json"])
    def test_a_place_that_cannot_be_written_to_is_found_before_the_work(self, tmp_path, target):
        (tmp_path / "file").touch()
        source = TOP / "baselines/results/rules/fixed.jsonl"
        done = run("eval", source, "--out", target, cwd=tmp_path)
        assert done.returncode == 2
        assert done.stdout == ""
        assert "cannot be written" in done.stderr or "is no regular file" in done.stderr

    def test_a_terminal_that_knows_no_chinese(self):
        plain = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "120"}
        done = subprocess.run([FAZHI, "--help"], env=plain, capture_output=True, check=False)
        assert done.returncode == 0
        assert b"\\u6cd5" in done.stdout

    def test_a_bad_prediction_is_named_with_its_line(self, tmp_path):
        (tmp_path / "p.jsonl").write_text('{"id": "xinxiang-2023-s001"}\n{"id": 3}\n', "utf-8")
        assert "line 2: key 'id'" in refused("eval", "p.jsonl", cwd=tmp_path)

    def test_a_full_disk_is_no_bug(self):
        need(Path("/dev/full").exists(), "/dev/full", "Run the test on Linux")
        with Path("/dev/full").open("w") as full:
            command = [FAZHI, "corpus", "synthesize", "--reports", "2", "--split", "train"]
            done = subprocess.run(
                command, stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )
        assert done.returncode == 2
        assert done.stderr.splitlines()[-1].startswith("Error: there is no space left")

    def test_a_traceback_only_when_asked_for(self, tmp_path):
        done = run("--debug", "eval", "nowhere.jsonl", cwd=tmp_path)
        assert "Traceback" in done.stderr

    @pytest.mark.parametrize(
        ("words", "command"),
        [
            (("evaluate",), "fazhi"),
            (("eval",), "fazhi eval"),
            (("eval", "a", "b"), "fazhi eval"),
            (("corpus", "info", "--x"), "fazhi corpus info"),
        ],
    )
    def test_words_that_are_no_command(self, words, command):
        message = refused(*words)
        assert message.endswith(f"See: {command} --help")


class TestAdd:
    def test_the_help_names_the_levels(self):
        help_text = " ".join(run("corpus", "add", "--help").stdout.replace("│", " ").split())
        *first, last = get_args(Level)
        assert f"{', '.join(first)} or {last}" in help_text

    def test_a_text_without_headings_is_doubted(self, tmp_path):
        copy = light_copy(tmp_path / "copy")
        note = tmp_path / "note.txt"
        note.write_text("关于放假的通知\n春节放假七天。\n", encoding="utf-8")
        done = run_copy(copy, "corpus", "add", note, "--issuer", "青禾县人民政府", "--year", "2022")
        assert done.returncode == 0
        assert "Warning: it has no headings. Is it a whole report?" in done.stderr
