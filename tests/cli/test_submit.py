"""`fazhi submit` and `fazhi leaderboard`, and pages that show strangers' text as text."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from commands import TOP, copy_checkout, run_copy
from fazhi.cli._leaderboard_html import html_page
from fazhi.cli._leaderboard_page import markdown_page, markdown_text
from fazhi.eval import Leaderboard, SystemCard

RULES = TOP / "baselines/results/rules/fixed.jsonl"


@pytest.fixture
def copy(tmp_path) -> Path:
    """A copy of the checkout, in which commands may do harm."""
    return copy_checkout(tmp_path / "copy")


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def card(copy, tmp_path) -> Path:
    """The card that the command prints to start from."""
    printed = run_copy(copy, "submit", "--template")
    assert printed.returncode == 0
    path = tmp_path / "card.toml"
    path.write_text(printed.stdout, "utf-8")
    return path


class TestSubmit:
    def test_from_the_template_to_the_leaderboard(self, copy, card):
        done = run_copy(copy, "submit", RULES, "--card", card)
        assert done.returncode == 0, done.stderr
        assert re.search(r"my-system │ +1 │ 92\.6 │", done.stdout)
        folder = copy / "eval/submissions/my-system"
        assert (folder / "test.1.jsonl").read_bytes() == RULES.read_bytes()
        assert {path.name for path in folder.iterdir()} == {"card.toml", "test.1.jsonl"}
        checked = run_copy(copy, "leaderboard", "--check")
        assert checked.returncode == 2
        assert "out of date. Run: fazhi leaderboard --write" in checked.stderr
        assert run_copy(copy, "leaderboard", "--write").returncode == 0
        assert run_copy(copy, "leaderboard", "--check").returncode == 0
        page = (copy / "eval/leaderboard.md").read_text("utf-8")
        # the same predictions as those of rules share their rank
        ranks = dict(re.findall(r"^\| (my-system|rules) \| ([^|]+) \| 92\.6 \|", page, re.M))
        assert len(ranks) == 2
        assert ranks["my-system"] == ranks["rules"]
        assert "<https://example.org/paper>" in page

    def test_a_name_that_is_there_is_replaced_only_when_asked(self, copy, card):
        assert run_copy(copy, "submit", RULES, "--card", card).returncode == 0
        again = run_copy(copy, "submit", RULES, "--card", card)
        assert again.returncode == 2
        assert "there is a submission 'my-system' already" in again.stderr
        assert run_copy(copy, "submit", RULES, "--card", card, "--replace").returncode == 0

    def test_several_seeds(self, copy, card):
        # F1 of 92.6 and 91.2: mean 91.9, standard deviation 1.4 / √2
        other = copy / "baselines/mixtures/crf@real/fixed.jsonl"
        done = run_copy(copy, "submit", RULES, other, "--card", card)
        assert re.search(r"my-system │ +1 │ 91\.9 ± 1\.0 │", done.stdout)

    def test_what_a_terminal_would_take_for_a_style_is_printed_as_it_is(self, copy, card):
        hostile = r"training_data = ['[/red] [bold]x[/bold]', 'y\\']"
        text = card.read_text("utf-8").replace('training_data = ["fixed"]', hostile)
        card.write_text(text, "utf-8")
        done = run_copy(copy, "submit", RULES, "--card", card, COLUMNS="200")
        assert done.returncode == 0, done.stderr
        assert r"│ [/red] [bold]x[/bold], y\\ │" in done.stdout

    def test_every_error_at_once_and_nothing_written(self, copy, card, tmp_path):
        before = contents(copy)
        card.write_text(card.read_text("utf-8").replace('"my-system"', '"../../x"'), "utf-8")
        bad = tmp_path / "bad.jsonl"
        bad.write_text('{"id": "xinxiang-2023-s001", "entities": [{"start": -1}]}\n{\n', "utf-8")
        done = run_copy(copy, "submit", bad, "nowhere.jsonl", "--card", card)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        first, *lines = done.stderr.splitlines()
        assert first.startswith("Error: ")
        for place in ("card.toml, line 1: ", "bad.jsonl, line 1: ", "bad.jsonl, line 2: "):
            assert any(place in line for line in lines)
        assert "nowhere.jsonl: there is no such file" in lines[-1]
        assert contents(copy) == before

    def test_a_link_in_the_place_of_the_folder_is_refused(self, copy, card, tmp_path):
        link = copy / "eval/submissions/my-system"
        link.symlink_to(tmp_path / "outside", target_is_directory=True)
        (tmp_path / "outside").mkdir()
        done = run_copy(copy, "submit", RULES, "--card", card, "--replace")
        assert done.returncode == 2
        assert "is no folder of its own" in done.stderr
        assert list((tmp_path / "outside").iterdir()) == []


class TestLeaderboard:
    def test_check_finds_figures_that_were_written_by_hand(self, copy):
        page = copy / "eval/leaderboard.md"
        page.write_text(page.read_text("utf-8").replace("| 92.6 |", "| 99.9 |"), "utf-8")
        done = run_copy(copy, "leaderboard", "--check")
        assert done.returncode == 2
        assert "out of date" in done.stderr

    def test_check_finds_a_baseline_that_has_submitted_something_else(self, copy):
        source = copy / "eval/submissions/crf/test.1.jsonl"
        text = source.read_text("utf-8")
        source.write_text(text.replace('"end": 7', '"end": 6', 1), "utf-8")
        done = run_copy(copy, "leaderboard", "--check")
        assert done.returncode == 2
        command = (
            "fazhi submit baselines/results/crf/fixed.jsonl --card eval/submissions/crf/card.toml"
        )
        assert f"crf: {command} --replace" in done.stderr
        assert run_copy(copy, *f"{command} --replace".split()[1:]).returncode == 0
        assert source.read_text("utf-8") == text

    def test_everything_that_does_not_belong_among_the_submissions(self, copy):
        (copy / "eval/submissions/notes.md").write_text("hello", "utf-8")
        (copy / "eval/submissions/crf/card.toml").write_text("name = 1", "utf-8")
        done = run_copy(copy, "leaderboard")
        assert done.returncode == 2
        assert "'notes.md' does not belong there" in done.stderr
        assert "crf/card.toml, line 1: key 'name'" in done.stderr
        assert "Traceback" not in done.stderr


def board(**fields) -> Leaderboard:
    """A leaderboard of one system that is not ranked."""
    values = {
        "name": "a",
        "title": "A",
        "description": "A.",
        "training_data": [],
        "synthetic": False,
        "licence": "MIT",
        "date": "2026-01-31",
    }
    return Leaderboard(
        tables=(),
        systems=(SystemCard.model_validate({**values, **fields}),),
        other_data=("a",),
        scorer="s",
        data_hash="d",
        gold_hash="g",
        gold_version="1.0.0",
    )


class Shown(HTMLParser):
    """What a page shows: its text, the names of its elements, and its links."""

    def __init__(self, page: str):
        super().__init__()
        self.text, self.tags, self.links = "", set(), []
        self.feed(page)

    def handle_data(self, data):
        self.text += data

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [
            value for name, value in attrs if name in ("href", "src") or name[:2] == "on"
        ]


MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HARMFUL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[click](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "javascript:alert(1)",
    "<https://example.org>",
    "| 1 | 99.9 |",
    "`code` **bold** _em_ ~~no~~ # h",
    "&lt;b&gt; &#60;",
    "\\| \\",
    "[[red]]x[/red]",
    "<!-- x --> ]]>",
    "法治𠀀",
]


class TestPages:
    @pytest.mark.parametrize("text", HARMFUL)
    @pytest.mark.parametrize("field", ["title", "authors", "training_data", "hardware"])
    def test_the_text_of_a_card_is_shown_and_does_nothing(self, text, field):
        plain, hostile = board(), board(**{field: [text] if field[-1] in "sa" else text})
        for page in (lambda each: MARKDOWN.render(markdown_page(each)), html_page):
            shown = Shown(page(hostile))
            assert text in shown.text
            assert shown.tags == Shown(page(plain)).tags
            assert shown.links == []

    @given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
    def test_markdown_shows_any_text_as_it_is(self, text):
        words = " ".join(text.split())
        if not words:
            return
        row = f"| a | b |\n| --- | --- |\n| x | {markdown_text(words)} |\n"
        shown = Shown(MARKDOWN.render(row))
        assert "".join(shown.text.split()) == "".join(f"abx{words}".split())
        assert shown.tags <= {"table", "thead", "tbody", "tr", "th", "td"}

    @pytest.mark.parametrize(
        "text", ["http://example.org", "www.example.org", "a@example.org", "x https://h/ y"]
    )
    def test_github_makes_no_link_of_a_text(self, text):
        # its extension looks for these as they stand
        looked_for = r"(?i)https?://|www\.|[\w.+-]+@[\w-]+"
        assert not re.search(looked_for, markdown_text(f"see {text}"))

    def test_the_address_of_a_system_is_a_link(self):
        address = "https://example.org/a_b?c=1&d=%20#e"
        for page in (
            MARKDOWN.render(markdown_page(board(url=address))),
            html_page(board(url=address)),
        ):
            assert Shown(page).links == [address]

    def test_synthetic_training_data_are_named_in_the_row(self):
        page = markdown_page(board(training_data=["fixed", "CLUENER"], synthetic=True))
        assert "| fixed, CLUENER, synthetic data |" in page

    def test_the_page_needs_nothing_else(self):
        page = html_page(board())
        assert Shown(page).tags & {"script", "link", "img", "iframe"} == set()
        assert "url(" not in page
        assert "default-src 'none'" in page
        assert "color-scheme: light dark" in page
