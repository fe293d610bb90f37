"""The command line as a user meets it: help, output, errors, exit codes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from fazhi import __version__
from fazhi.cli import app

FAZHI = Path(sys.executable).parent / "fazhi"


def run(*arguments: str | Path, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1", "TERM": "dumb"}
    return subprocess.run(
        [FAZHI, *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def refused(*arguments: str | Path, cwd: Path | None = None) -> str:
    """The one line with which a refused command ends."""
    done = run(*arguments, cwd=cwd)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr + done.stdout
    *_, last = done.stderr.splitlines()
    assert last.startswith("Error: ")
    return last


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
        ("corpus", "build"),
        ("corpus", "info"),
        ("corpus", "show"),
        ("annotation", "lint"),
        ("annotation", "import"),
        ("train",),
        ("predict",),
        ("eval",),
        ("reproduce",),
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
        assert ["reports", "2", "1", "2", "5"] in rows

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

    def test_show_a_report(self):
        shown = run("corpus", "show", "xinxiang-2023").stdout
        assert shown.count("# xinxiang-2023-s") == 26

    def test_an_unknown_segment_names_the_nearest(self):
        message = refused("corpus", "show", "xincai-2022-s999")
        assert "no segment is called 'xincai-2022-s999'. Did you mean: xincai-2022-s0" in message


class TestAnnotation:
    def test_lint_is_clean_and_counts(self):
        done = run("annotation", "lint")
        assert done.returncode == 0
        assert "no findings" in done.stdout
        assert "METRIC.duration" in done.stdout

    def test_import_refuses_a_report_in_part(self, tmp_path):
        path = tmp_path / "xincai-2022.txt"
        path.write_text(run("corpus", "show", "xincai-2022-s001").stdout, encoding="utf-8")
        assert "has 1 blocks, not the 55 segments" in refused(
            "annotation", "import", path, "--layer", "a"
        )

    def test_import_refuses_a_layer_that_is_not_there(self, tmp_path):
        path = tmp_path / "xincai-2022.txt"
        path.write_text("x", encoding="utf-8")
        assert "layer.toml" in refused("annotation", "import", path, "--layer", "z")


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

    def test_reproducing_twice_gives_the_same_bytes(self, tmp_path):
        for name in ("first", "second"):
            run("reproduce", "majority", "rules", "--out", name, cwd=tmp_path)
        files = [
            {path.name: path.read_bytes() for path in sorted((tmp_path / name).rglob("*.js*"))}
            for name in ("first", "second")
        ]
        assert files[0] == files[1]
        assert files[0]

    def test_leaving_one_report_out(self, tmp_path):
        done = run("reproduce", "rules", "--protocol", "loro", cwd=tmp_path)
        assert "rules: agrees with the published result" in done.stdout
        lines = (tmp_path / "runs/rules/loro.jsonl").read_text("utf-8").splitlines()
        assert len(lines) == 262

    def test_a_figure_that_is_off_is_an_error(self, tmp_path):
        other = tmp_path / "rules.toml"
        other.write_text(
            'name = "rules"\ndescription = "x"\nmodel = "majority"\n'
            'tasks = ["role"]\ntolerance = 0.0\n',
            encoding="utf-8",
        )
        message = refused("reproduce", other, cwd=tmp_path)
        assert "a figure differs by 100.00 points" in message


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

    def test_a_bad_prediction_is_named_with_its_line(self, tmp_path):
        (tmp_path / "p.jsonl").write_text('{"id": "xinxiang-2023-s001"}\n{"id": 3}\n', "utf-8")
        assert "p.jsonl, line 2: key 'id'" in refused("eval", "p.jsonl", cwd=tmp_path)

    def test_a_traceback_only_when_asked_for(self, tmp_path):
        done = run("--debug", "eval", "nowhere.jsonl", cwd=tmp_path)
        assert "Traceback" in done.stderr

    def test_a_word_that_is_no_command(self):
        done = run("evaluate")
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
