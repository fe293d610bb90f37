"""Submissions: everything that is wrong is named at once, and nothing hostile gets any further."""

import os
import random
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi._files import to_jsonl
from fazhi.corpus import text_hash
from fazhi.errors import FazhiError, InputError
from fazhi.eval import (
    CARD_TEMPLATE,
    Submission,
    SystemCard,
    check_submission,
    read_submissions,
    write_submission,
)
from fazhi.eval import _submission_store as store
from makers import make_example

EXAMPLES = [
    make_example(
        "县司法局受理5件。",
        ("县司法局", "AGENCY", "government"),
        ("5件", "METRIC", "count"),
        name="made-2020-s001",
        facts=(("5件", "受理", "5 件"),),
    ),
    make_example("二是学法3次。", ("3次", "METRIC", "count"), name="made-2020-s002"),
]
FIRST = {
    "id": "made-2020-s001",
    "entities": [{"start": 0, "end": 4, "label": "AGENCY", "score": 0.5}],
}
SECOND = {"id": "made-2020-s002", "entities": [{"start": 4, "end": 6, "label": "METRIC"}]}
GOOD = to_jsonl([FIRST, SECOND])
CARD = """\
name = "made"
title = "A made system"
description = "It guesses."
training_data = ["fixed"]
synthetic = false
licence = "CC-BY-4.0"
date = 2026-01-31
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with a card and predictions in which nothing is wrong."""
    (tmp_path / "card.toml").write_text(CARD, "utf-8")
    (tmp_path / "p.jsonl").write_text(GOOD, "utf-8")
    return tmp_path


def check(folder: Path, *files: str, **more):
    paths = [folder / name for name in files or ("p.jsonl",)]
    return check_submission(folder / "card.toml", paths, EXAMPLES, **more)


def refused(folder: Path, *files: str, **more) -> str:
    with pytest.raises(InputError) as caught:
        check(folder, *files, **more)
    return str(caught.value)


def with_card(folder: Path, key: str, value: str) -> int:
    """Gives a key of the card another value, in TOML, or adds it; returns its line."""
    lines = [line for line in CARD.splitlines() if not line.startswith(f"{key} ")]
    (folder / "card.toml").write_text("\n".join([*lines, f"{key} = {value}"]), "utf-8")
    return len(lines) + 1


class TestCard:
    def test_the_template_is_a_card(self, folder):
        (folder / "card.toml").write_text(CARD_TEMPLATE, "utf-8")
        card = check(folder).card
        assert card.name == "my-system"
        assert set(tomllib.loads(CARD_TEMPLATE)) == set(SystemCard.model_fields) - {"data_hash"}

    def test_the_hash_of_the_predicted_texts_is_put_in(self, folder):
        assert check(folder).card.data_hash == text_hash(EXAMPLES)

    def test_a_card_of_other_texts_is_refused(self, folder):
        with_card(folder, "data_hash", f'"{"0" * 64}"')
        assert "data_hash is that of other texts" in refused(folder)

    def test_a_date_is_a_date_of_toml_or_a_string(self, folder):
        assert check(folder).card.date == "2026-01-31"
        with_card(folder, "date", '"2026-01-31"')
        assert check(folder).card.date == "2026-01-31"

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            *[("name", f'"{name}"') for name in ("../x", "a/b", ".", "..", "", "-a", "a b", "A")],
            *[
                ("name", f'"{name}"')
                for name in ("con", "com1", "a" * 41, "\u0441rf", "crf\\n", "ﬁ")
            ],
            *[("title", f'"{mark}"') for mark in ("", " ", "a\\nb", "\\u001b[31m", "a\\u202eb")],
            *[("title", f'"{mark}"') for mark in ("\\u2028", "\\u200b", "\\ue000", "a" * 101)],
            ("title", "1"),
            ("authors", '["A", ""]'),
            ("authors", '"A"'),
            ("authors", "[[]]"),
            ("authors", str(["A"] * 21)),
            ("description", '"""a\nb"""'),
            ("description", f'"{"a" * 1001}"'),
            *[
                ("url", f'"{link}"')
                for link in ("javascript:alert(1)", "https://u:p@h/", "ftp://h")
            ],
            *[
                ("url", f'"{link}"')
                for link in ("https://h/>", "https://h/ x", "https://h/|", "//h")
            ],
            ("training_data", '"fixed"'),
            ("synthetic", "1"),
            ("synthetic", '"false"'),
            ("parameters", "-1"),
            ("parameters", "1.0"),
            ("parameters", "true"),
            ("parameters", f"1{'0' * 16}"),
            ("licence", '"CC BY 4.0"'),
            ("date", '"2026-02-30"'),
            ("date", '"202\uff16-01-31"'),
            ("date", "20260131"),
            ("date", "2026-01-31T00:00:00Z"),
            ("data_hash", '"x"'),
            ("score", "1.0"),
            ("entities", "{ f1 = 1.0 }"),
        ],
    )
    def test_a_bad_value_is_named_with_its_line(self, folder, key, value):
        line = with_card(folder, key, value)
        message = refused(folder)
        assert f"card.toml, line {line}: key '{key}" in message
        assert message.isprintable()

    @pytest.mark.parametrize("key", ["name", "title", "description", "training_data", "synthetic"])
    def test_a_key_that_is_needed(self, folder, key):
        kept = [line for line in CARD.splitlines() if not line.startswith(key)]
        (folder / "card.toml").write_text("\n".join(kept), "utf-8")
        assert f"card.toml: key '{key}': Field required" in refused(folder)

    @pytest.mark.parametrize(
        ("content", "named"),
        [
            (b"", "the file is empty"),
            (b"a" * 20_001, "is larger than 20,000 bytes"),
            (b"name = [" * 2_000, "invalid TOML"),
            (b"a = " + b"[" * 15_000, "invalid TOML"),
            (b"a" + b".a" * 9_000 + b" = 1", "line 1: key 'a': Extra inputs"),
            (b"parameters = " + b"9" * 15_000, "invalid TOML"),
            (b"a = 1\na = 2", "invalid TOML"),
            (b'title = "\x00"', "the file is not text"),
            (b'title = "\x1b[31m"', "the file is not text"),
            ('title = "法治"'.encode("gb18030"), "looks like GB18030"),
            ('title = "法治"'.encode("utf-16"), "looks like UTF-16LE"),
            (b"\xff\x00\xfe", "not text"),
        ],
    )
    def test_a_file_that_is_no_card(self, folder, content, named):
        (folder / "card.toml").write_bytes(content)
        assert named in refused(folder)

    def test_a_pipe_is_not_waited_for(self, folder):
        (folder / "card.toml").unlink()
        os.mkfifo(folder / "card.toml")
        assert "is no regular file" in refused(folder)

    def test_a_folder_or_nothing(self, folder):
        (folder / "card.toml").unlink()
        assert "there is no such file" in refused(folder)
        (folder / "card.toml").mkdir()
        assert "is no regular file" in refused(folder)

    def test_the_longest_card_is_written_and_read_again(self, folder):
        widest, doubled = "𠀀", '"'
        submission = check(folder)
        for mark in (widest, doubled):
            card = SystemCard(
                name="a" * 40,
                title=mark * 100,
                authors=[mark * 100] * 20,
                description=mark * 1000,
                url=f"https://h/{'a' * 290}",
                training_data=[mark * 100] * 10,
                synthetic=True,
                parameters=10**15,
                hardware=mark * 100,
                licence="a" * 40,
                date="2026-01-31",
                data_hash=text_hash(EXAMPLES),
            )
            longest = Submission(card, submission.seeds)
            write_submission(folder / "all", longest)
            assert read_submissions(folder / "all", EXAMPLES) == [longest]


class TestCheck:
    def test_everything_is_named_at_once_with_its_line(self, folder):
        with_card(folder, "name", '"../x"')
        overlapping = {**FIRST, "entities": [*FIRST["entities"], *FIRST["entities"]]}
        (folder / "a.jsonl").write_text(
            to_jsonl([overlapping, {**SECOND, "entities": [5]}]), "utf-8"
        )
        (folder / "b.jsonl").write_text(to_jsonl([FIRST]), "utf-8")
        first, *lines = refused(folder, "a.jsonl", "b.jsonl", "c.jsonl").splitlines()
        assert first.endswith("5 problems of the submission. Mend each:")
        places = [re.match(r"  .*/(.+?): ", line)[1] for line in lines]
        assert places == [
            *("card.toml, line 7", "a.jsonl, line 1", "a.jsonl, line 2", "b.jsonl", "c.jsonl")
        ]
        assert all(re.search(r"\. [A-Z].+", line) for line in lines)

    def test_a_name_that_is_taken(self, folder):
        assert "there is a submission 'made' already" in refused(folder, taken=["made"])

    def test_of_very_many_problems_the_first_are_shown(self, folder):
        (folder / "p.jsonl").write_text(GOOD + to_jsonl([FIRST] * 500), "utf-8")
        message = refused(folder)
        assert "500 problems" in message
        assert message.endswith("and 300 more")

    def test_seeds_attempt_the_same_tasks(self, folder):
        (folder / "q.jsonl").write_text(
            to_jsonl([{**FIRST, "role": "work"}, {**SECOND, "role": "work"}])
        )
        assert "attempts entities, role, while" in refused(folder, "p.jsonl", "q.jsonl")

    def test_a_seed_is_given_once(self, folder):
        (folder / "q.jsonl").write_text(GOOD.replace(" ", ""), "utf-8")
        assert "q.jsonl: predicts the same as" in refused(folder, "p.jsonl", "q.jsonl")

    def test_seeds_are_few(self, folder):
        names = [f"{number}.jsonl" for number in range(21)]
        for number, name in enumerate(names):
            entity = {"start": 0, "end": 4, "label": "AGENCY", "score": number / 100}
            (folder / name).write_text(to_jsonl([{**FIRST, "entities": [entity]}, SECOND]))
        assert "20.jsonl: there are 21 files of predictions, more than 20" in refused(
            folder, *names
        )
        assert len(check(folder, *names[:20]).seeds) == 20

    def test_facts_on_gold_of_no_metric_of_the_gold(self, folder):
        fact = {"metric": {"start": 0, "end": 4}}
        lines = [{**FIRST, "facts_on_gold": [fact]}, {**SECOND, "facts_on_gold": []}]
        (folder / "p.jsonl").write_text(to_jsonl(lines), "utf-8")
        message = refused(folder)
        assert "p.jsonl: facts_on_gold holds 1 spans that are no METRIC" in message
        assert message.isprintable()


class TestWriting:
    def test_what_is_kept_is_written_anew(self, folder):
        lines = GOOD.replace(", ", " ,\t").splitlines()
        (folder / "p.jsonl").write_text("\r\n".join(["", *reversed(lines), "  "]), "utf-8")
        target = write_submission(folder / "all", check(folder))
        assert target == folder / "all/made"
        assert {path.name for path in target.iterdir()} == {"card.toml", "test.1.jsonl"}
        assert (target / "test.1.jsonl").read_text("utf-8") == GOOD
        assert tomllib.loads((target / "card.toml").read_text("utf-8")) == {
            **tomllib.loads(CARD),
            "authors": [],
            "date": "2026-01-31",
            "data_hash": text_hash(EXAMPLES),
        }

    def test_what_is_written_is_read_again(self, folder):
        (folder / "q.jsonl").write_text(to_jsonl([{**FIRST, "entities": []}, SECOND]), "utf-8")
        submission = check(folder, "p.jsonl", "q.jsonl")
        write_submission(folder / "all", submission)
        assert read_submissions(folder / "all", EXAMPLES) == [submission]

    def test_a_submission_is_replaced_whole(self, folder):
        (folder / "q.jsonl").write_text(to_jsonl([{**FIRST, "entities": []}, SECOND]), "utf-8")
        write_submission(folder / "all", check(folder, "p.jsonl", "q.jsonl"))
        write_submission(folder / "all", check(folder, "q.jsonl"))
        written = sorted(path.name for path in (folder / "all").rglob("*"))
        assert written == ["card.toml", "made", "test.1.jsonl"]

    @pytest.mark.parametrize("step", ["write", "rename"])
    def test_the_old_one_stays_where_the_new_one_cannot_be_put(self, folder, monkeypatch, step):
        write_submission(folder / "all", check(folder))
        rename = Path.rename

        def fail(*_):
            raise OSError(28, "No space left on device")

        def fail_for_the_new(path, target):
            return fail() if path.name == "new" else rename(path, target)

        if step == "write":
            monkeypatch.setattr(store, "write_predictions", fail)
        else:
            monkeypatch.setattr(Path, "rename", fail_for_the_new)
        with pytest.raises(InputError, match="No space left"):
            write_submission(folder / "all", check(folder))
        assert [path.name for path in (folder / "all").iterdir()] == ["made"]
        assert read_bytes_of(folder / "all/made")["test.1.jsonl"] == GOOD.encode()

    @pytest.mark.parametrize("place", ["all", "all/made"])
    def test_nothing_is_written_through_a_link(self, folder, place):
        outside = folder / "outside"
        outside.mkdir()
        (folder / place).parent.mkdir(exist_ok=True)
        (folder / place).symlink_to(outside, target_is_directory=True)
        with pytest.raises(InputError, match="is no folder of its own"):
            write_submission(folder / "all", check(folder))
        assert list(outside.iterdir()) == []

    def test_a_file_of_the_name_is_not_replaced(self, folder):
        (folder / "all").mkdir()
        (folder / "all/made").write_text("mine", "utf-8")
        with pytest.raises(InputError, match="is no folder of its own"):
            write_submission(folder / "all", check(folder))
        assert (folder / "all/made").read_text("utf-8") == "mine"

    def test_a_place_that_cannot_be_written_to(self, folder):
        with pytest.raises(InputError, match="cannot be written"):
            write_submission(folder / "p.jsonl/all", check(folder))


def read_bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def system(folder) -> Path:
    """The folder of a sound submission, among others of which there are none yet."""
    return write_submission(folder / "all", check(folder))


class TestReading:
    def problems(self, system) -> str:
        with pytest.raises(InputError) as caught:
            read_submissions(system.parent, EXAMPLES)
        return str(caught.value)

    def test_everything_that_is_wrong_is_named_at_once(self, folder, system):
        submission = check(folder)
        for name in ("b", "c", "d"):
            card = submission.card.model_copy(update={"name": name})
            write_submission(system.parent, Submission(card, submission.seeds))
        (system / "notes.md").write_text("hello", "utf-8")
        (system.parent / "b/card.toml").write_text("name = 1\n", "utf-8")
        (system.parent / "c").rename(system.parent / "e")
        (system.parent / "d/test.1.jsonl").unlink()
        (system.parent / "x\n\x1b[31m").mkdir()
        (system.parent / "link").symlink_to("made")
        message = self.problems(system)
        for named in (
            "made: 'notes.md' does not belong there",
            "b/card.toml, line 1: key 'name'",
            "e/card.toml: it is the card of 'c'",
            "d/test.1.jsonl: there is no such file",
            "all: 'x\\n\\x1b[31m' does not belong there",
            "all: 'link' does not belong there",
        ):
            assert named in message
        assert all(line.isprintable() for line in message.splitlines())

    @pytest.mark.parametrize("name", ["card.toml", "test.1.jsonl"])
    def test_links_and_pipes_are_not_followed(self, system, name):
        content = system / name
        content.unlink()
        (system.parent.parent / "elsewhere").write_text('{"id": "SECRET"}\n', "utf-8")
        content.symlink_to(system.parent.parent / "elsewhere")
        message = self.problems(system)
        assert f"'{name}' does not belong there" in message
        assert "SECRET" not in message
        content.unlink()
        os.mkfifo(content)
        assert f"'{name}' does not belong there" in self.problems(system)

    def test_a_gap_between_seeds(self, system):
        (system / "test.3.jsonl").write_text(to_jsonl([{**FIRST, "entities": []}, SECOND]), "utf-8")
        assert "test.2.jsonl: there is no such file" in self.problems(system)

    @pytest.mark.parametrize("name", ["card.toml", "test.1.jsonl"])
    def test_a_file_is_what_would_be_written_of_it_to_the_byte(self, system, name):
        content = (system / name).read_text("utf-8")
        (system / name).write_text(f"{content}\n", "utf-8")
        assert f"{name}: is not as fazhi submit writes it. Submit it anew" in self.problems(system)

    def test_a_card_that_does_not_say_what_was_predicted(self, system):
        (system / "card.toml").write_text(CARD, "utf-8")
        assert "it does not say which texts were predicted" in self.problems(system)

    def test_predictions_of_other_texts_are_not_read(self, system):
        others = [*EXAMPLES, make_example("法", name="made-2020-s003")]
        (found,) = read_submissions(system.parent, others)
        assert (found.card.name, found.seeds) == ("made", ())

    def test_a_folder_of_none(self, folder):
        (folder / "empty").mkdir()
        assert read_submissions(folder / "empty", EXAMPLES) == []

    def test_no_folder(self, folder):
        with pytest.raises(InputError, match="cannot be read"):
            read_submissions(folder / "nowhere", EXAMPLES)


ODD = ["NaN", "-1", "1e999", '"x"', "[[[[", "null", "true", "{}", "9" * 50, "\x00", "\ud800"]
AWKWARD = [*(each.encode("utf-8", "surrogatepass") for each in ODD), b"\xff", b"\x1b[2J", b"../"]


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Bytes with some cut, doubled, swapped for odd ones, or flipped."""
    for _ in range(chance.randint(1, 2)):
        first, last = sorted(chance.randint(0, len(data)) for _ in range(2))
        last = min(last, first + chance.choice([1, 5, 1000]))
        data = chance.choice(
            [
                data[:first] + data[last:],
                data[:last] + data[first:],
                data[:first] + chance.choice(AWKWARD) + data[last:],
                data[:first] + bytes([chance.randrange(256)]) + data[first + 1 :],
                data[:first],
            ]
        )
    return data


def check_printable(error: FazhiError) -> None:
    assert all(line.isprintable() for line in str(error).splitlines())


def contents(folder: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


class TestHostile:
    def test_whatever_is_handed_in_is_refused_or_written_to_its_folder_alone(self, folder):
        chance = random.Random(0)
        accepted = 0
        for _ in range(600):
            card, said = CARD.encode(), GOOD.encode()
            if chance.random() < 0.5:
                card = mutate(card, chance)
            else:
                said = mutate(said, chance)
            (folder / "card.toml").write_bytes(card)
            (folder / "p.jsonl").write_bytes(said)
            before = contents(folder)
            try:
                submission = check(folder)
            except FazhiError as error:
                check_printable(error)
                continue
            accepted += 1
            target = write_submission(folder / "all", submission)
            assert target.parent == folder / "all"
            assert read_submissions(folder / "all", EXAMPLES) == [submission]
            for path in target.iterdir():
                path.unlink()
            target.rmdir()
            (folder / "all").rmdir()
            assert contents(folder) == before
        assert 10 < accepted < 570

    def test_whatever_stands_in_the_folder_is_read_or_refused(self, system):
        chance = random.Random(1)
        whole = read_bytes_of(system)
        accepted = 0
        for _ in range(300):
            name = chance.choice(sorted(whole))
            (system / name).write_bytes(mutate(whole[name], chance))
            try:
                accepted += len(read_submissions(system.parent, EXAMPLES))
            except FazhiError as error:
                check_printable(error)
            (system / name).write_bytes(whole[name])
        assert 0 < accepted < 100

    @settings(max_examples=100)
    @given(
        fields=st.fixed_dictionaries(
            {"name": st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True) | st.text()},
            optional={
                "title": st.text(),
                "authors": st.lists(st.text(max_size=5), max_size=3),
                "description": st.text(),
                "url": st.text() | st.just("https://example.org/a_b?c=1&d#e"),
                "training_data": st.lists(st.text(min_size=1, max_size=9), max_size=2),
                "synthetic": st.booleans() | st.integers(),
                "parameters": st.integers() | st.floats(),
                "hardware": st.text(),
            },
        )
    )
    def test_a_card_is_refused_or_kept_as_it_is(self, tmp_path_factory, fields):
        folder = tmp_path_factory.mktemp("fuzz")
        values = {**tomllib.loads(CARD), "date": "2026-01-31", **fields}
        try:
            card = SystemCard.model_validate(values)
        except ValueError:
            return
        card = card.model_copy(update={"data_hash": text_hash(EXAMPLES)})
        (folder / "p.jsonl").write_text(GOOD, "utf-8")
        (folder / "card.toml").write_text(CARD, "utf-8")
        submission = Submission(card, check(folder).seeds)
        target = write_submission(folder / "all", submission)
        assert target.parent == folder / "all"
        assert read_submissions(folder / "all", EXAMPLES) == [submission]
