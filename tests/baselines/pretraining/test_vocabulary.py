"""One token for each code point."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.baselines._pretraining._vocabulary import (
    SPECIALS,
    UNK,
    Vocabulary,
    build_vocabulary,
    read_vocabulary,
)
from fazhi.errors import InputError

BASIC = build_vocabulary([], 2)


@given(st.text())
def test_every_code_point_is_one_token(text):
    assert len(BASIC.encode(text)) == len(text)


def test_a_token_leads_back_to_its_character():
    text = "2022年，“法治”——A县(一)"
    assert "".join(BASIC.tokens[number] for number in BASIC.encode(text)) == text


@pytest.mark.parametrize("char", [" ", "\n", "\u3000", "\u200b", "\ue000", "😀", "鱻"])
def test_what_has_no_entry_is_unknown(char):
    assert BASIC.encode(char).tolist() == [UNK]


def test_what_chinese_text_needs_is_always_there():
    needed = "“”‘’—…《》〈〉〔〕（）()，,：:；;％%0123456789azAZ０９①Ⅳ㈠一龟"
    assert not np.any(BASIC.encode(needed) == UNK)


def test_all_6763_characters_of_gb2312_are_there():
    hanzi = [
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
        if not (row == 0xD7 and cell > 0xF9)
    ]
    assert len(hanzi) == 6763
    assert set(hanzi) <= set(BASIC.tokens)


def test_other_characters_need_a_frequency():
    found = build_vocabulary(["鱻䶮鱻", "𠮷"], 2)
    assert set(found.tokens) - set(BASIC.tokens) == {"鱻"}
    assert set(build_vocabulary(["鱻䶮鱻", "𠮷"], 1).tokens) - set(BASIC.tokens) == set("鱻䶮𠮷")


def test_case_is_kept():
    upper, lower = BASIC.encode("Aa")
    assert upper != lower


def test_special_tokens_come_first_and_characters_in_order():
    assert BASIC.tokens[:5] == SPECIALS
    assert list(BASIC.tokens[5:]) == sorted(BASIC.tokens[5:])


class TestFile:
    def test_it_is_read_as_it_was_written(self, tmp_path):
        (tmp_path / "vocab.txt").write_text("\n".join(BASIC.tokens) + "\n", "utf-8")
        assert read_vocabulary(tmp_path) == BASIC

    @pytest.mark.parametrize("text", ["甲\n乙\n", "\n".join((*SPECIALS, "甲", "##乙", ""))])
    def test_another_vocabulary_is_refused(self, tmp_path, text):
        (tmp_path / "vocab.txt").write_text(text, "utf-8")
        with pytest.raises(InputError, match="not a vocabulary of single characters"):
            read_vocabulary(tmp_path)

    def test_the_last_token_counts_without_a_line_end(self, tmp_path):
        (tmp_path / "vocab.txt").write_text("\n".join((*SPECIALS, "甲")), "utf-8")
        assert read_vocabulary(tmp_path) == Vocabulary((*SPECIALS, "甲"))
