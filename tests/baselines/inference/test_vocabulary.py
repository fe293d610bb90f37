"""Characters become ids one by one, and no common mark is unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.baselines._inference._vocabulary import Vocabulary
from fazhi.errors import InputError

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
HUB = Vocabulary([*SPECIAL, *"\"'-.,:!?()[]<>ab0", *"县委，。《》０", "##县", "ab"], "hub")
"""As bert-base-chinese has it: straight quotes and hyphens, no curly quotes, dashes or ellipses."""


def read(text: str, vocabulary: Vocabulary = HUB) -> str:
    """The entries that a text is read as; [UNK] as a question mark in a box."""
    return "".join(
        "⍰" if number == vocabulary.unknown else vocabulary.entries[number]
        for number in vocabulary.ids(text)
    )


def test_each_character_is_read_as_itself():
    assert read("《县委》，。") == "《县委》，。"


def test_marks_that_the_vocabulary_lacks_are_read_as_the_nearest():
    assert read("“县委”‘县’—…") == "\"县委\"'县'-."


def test_of_several_near_marks_the_nearest_that_is_there():
    assert read("—", Vocabulary([*HUB.entries, "–"], "x")) == "–"


def test_a_mark_that_the_vocabulary_has_is_kept():
    own = Vocabulary([*HUB.entries, *"“”‘’—…"], "x")
    assert read("“”‘’—…", own) == "“”‘’—…"


def test_capitals_and_wide_forms_are_read_as_what_they_are_a_form_of():
    assert read("A０！（") == "a０!("


def test_other_characters_are_unknown():
    assert read("镇\u3000 ") == "⍰⍰⍰"


@given(st.text())
def test_there_is_one_id_for_each_code_point(text):
    assert len(HUB.ids(text)) == len(text)


def test_a_line_separator_is_an_entry_and_no_line_end():
    parsed = Vocabulary.parse("\n".join([*HUB.entries, "\u2028", "镇"]) + "\n", "x")
    assert read("\u2028镇", parsed) == "\u2028镇"


def test_what_is_written_is_read_again():
    assert Vocabulary.parse(HUB.text(), "x").entries == HUB.entries
    assert Vocabulary.parse(HUB.text().replace("\n", "\r\n"), "x").entries == HUB.entries


@pytest.mark.parametrize("missing", ["[PAD]", "[UNK]", "[CLS]", "[SEP]", '"', "'", "-", "."])
def test_a_vocabulary_that_lacks_what_is_needed_is_refused(missing):
    with pytest.raises(InputError, match=r"has no .*, nor anything that stands for it"):
        Vocabulary([entry for entry in HUB.entries if entry != missing], "x")
