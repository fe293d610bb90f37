"""The order of the training texts."""

from collections import Counter

import numpy as np
import pytest

from fazhi.baselines._pretraining._punctuation import swap_table
from fazhi.baselines._pretraining._stream import Stream, encode_document
from fazhi.baselines._pretraining._texts import Texts
from fazhi.baselines._pretraining._vocabulary import SEP, build_vocabulary

VOCABULARY = build_vocabulary([], 2)
DOCUMENTS = ((("甲乙，丙", "丁戊"), 1), (("己庚辛",), 2), (("壬癸子丑寅卯",), 1))
TEXTS = Texts(DOCUMENTS, {}, {})


def stream(size: int = 3, seed: int = 0, swapped: float = 0.0) -> Stream:
    return Stream(TEXTS, VOCABULARY, size, seed, swapped)


def as_text(tokens) -> str:
    return "".join("|" if number == SEP else VOCABULARY.tokens[number] for number in tokens)


def test_a_paragraph_ends_in_a_separator():
    assert as_text(encode_document(("甲乙", "丙"), VOCABULARY)) == "甲乙|丙|"


def test_one_pass_reads_each_document_as_often_as_it_has_copies():
    # 8 + 2 * 4 + 7 tokens
    whole = stream(size=23)
    assert whole.blocks_per_pass == 1
    found = Counter(as_text(whole.blocks(0, 1)[0]).split("|"))
    assert found == {"甲乙，丙": 1, "丁戊": 1, "己庚辛": 2, "壬癸子丑寅卯": 1, "": 1}


def test_passes_differ_in_their_order():
    whole = stream(size=23)
    assert len({as_text(block) for block in whole.blocks(0, 10)}) > 1


def test_what_is_left_over_is_less_than_a_block():
    assert stream(size=5).blocks_per_pass == 4
    assert stream(size=5).blocks(0, 4).shape == (4, 5)


@pytest.mark.parametrize("first", [0, 1, 6, 7, 8, 20])
def test_blocks_are_the_same_wherever_one_begins(first):
    # blocks 7, 14 and 21 begin a pass
    assert stream().blocks_per_pass == 7
    assert np.array_equal(stream().blocks(first, 9), stream().blocks(0, first + 9)[first:])


def test_the_seed_decides():
    assert not np.array_equal(stream(seed=0).blocks(0, 7), stream(seed=1).blocks(0, 7))


def test_marks_of_both_widths_change_places():
    wide, narrow = "，（）：；！？甲。", ",():;!?甲。"
    table = swap_table(VOCABULARY)
    assert as_text(table[VOCABULARY.encode(wide)]) == narrow
    assert as_text(table[VOCABULARY.encode(narrow)]) == wide


def test_marks_change_in_the_share_of_paragraphs():
    found = ["".join(map(as_text, stream(23, swapped=share).blocks(0, 200))) for share in (0, 1)]
    assert ("，" in found[0], "," in found[0]) == (True, False)
    assert ("，" in found[1], "," in found[1]) == (False, True)
    some = "".join(map(as_text, stream(23, swapped=0.3).blocks(0, 1_000)))
    # standard error 1.4%
    assert some.count(",") / 1_000 == pytest.approx(0.3, abs=0.05)
