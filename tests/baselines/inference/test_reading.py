"""What the encoder reads of a segment, and that every character is found in it again."""

from hypothesis import given
from hypothesis import strategies as st

from fazhi.baselines._inference._batch import Item, collate
from fazhi.baselines._inference._reading import Reader
from fazhi.baselines._inference._vocabulary import Vocabulary
from makers import make_example, make_span

VOCABULARY = Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"\"'-.甲乙丙丁"], "made")
TEN = "甲乙丙丁甲乙丙丁甲乙"


def segment(text: str, *headings: str):
    return make_example(text).segment.model_copy(update={"heading_path": headings})


def words(ids) -> str:
    return " ".join(VOCABULARY.entries[number] for number in ids)


def test_a_short_text_is_one_window():
    (window,) = Reader(VOCABULARY, 16, 4).read(segment("甲乙")).windows
    assert words(window.ids) == "[CLS] 甲 乙 [SEP]"
    assert window.types == window.marks == [0, 0, 0, 0]


def test_headings_follow_the_text_as_the_second_of_a_pair():
    passage = Reader(VOCABULARY, 64, 4).read(segment("甲乙", "丙", "丁丁"), headings=True)
    assert words(passage.windows[0].ids) == "[CLS] 甲 乙 [SEP] 丙 [SEP] 丁 丁 [SEP]"
    assert passage.windows[0].types == [0, 0, 0, 0, 1, 1, 1, 1, 1]


def test_without_headings_above_it_the_pair_ends_at_once():
    passage = Reader(VOCABULARY, 64, 4).read(segment("甲乙"), headings=True)
    assert words(passage.windows[0].ids) == "[CLS] 甲 乙 [SEP] [SEP]"


def test_long_headings_leave_three_quarters_of_the_window_and_lose_their_beginning():
    passage = Reader(VOCABULARY, 16, 4).read(segment("甲乙", TEN, "丙"), headings=True)
    assert words(passage.windows[0].ids) == "[CLS] 甲 乙 [SEP] 乙 [SEP] 丙 [SEP]"


def test_a_long_text_is_read_in_windows_that_each_hold_the_headings():
    # 16 tokens less [CLS], [SEP] and 丙 [SEP] leave 12 characters, 4 of them shared
    passage = Reader(VOCABULARY, 16, 4).read(segment(TEN + TEN, "丙"), headings=True)
    assert [words(each.ids) for each in passage.windows] == [
        "[CLS] 甲 乙 丙 丁 甲 乙 丙 丁 甲 乙 甲 乙 [SEP] 丙 [SEP]",
        "[CLS] 甲 乙 甲 乙 丙 丁 甲 乙 丙 丁 甲 乙 [SEP] 丙 [SEP]",
    ]


def test_the_metric_that_is_asked_about_is_marked():
    text = "甲乙丙丁"
    (window,) = Reader(VOCABULARY, 16, 4).read(segment(text), mark=make_span(text, "乙丙")).windows
    assert window.marks == [0, 0, 1, 1, 0, 0]


def test_the_metric_is_marked_in_every_window_that_it_reaches_into():
    # 14 characters in each window, 6 of them shared: 0-14 and 8-22, the metric is 10-12
    text = TEN + "丁丁" + TEN
    passage = Reader(VOCABULARY, 16, 6).read(segment(text), mark=make_span(text, "丁丁"))
    marked = [
        [words([number]) for number, mark in zip(each.ids, each.marks, strict=True) if mark]
        for each in passage.windows
    ]
    assert marked == [["丁", "丁"], ["丁", "丁"]]


@given(
    st.lists(st.text("甲乙丙丁戊", min_size=1, max_size=80), min_size=1, max_size=4),
    st.integers(16, 40),
    st.integers(0, 7),
    st.booleans(),
)
def test_the_places_of_a_batch_lead_to_each_character_of_each_text(texts, size, overlap, headings):
    reader = Reader(VOCABULARY, size, overlap)
    items = [Item(reader.read(segment(text, "丙丁", "乙"), headings=headings)) for text in texts]
    batch = collate(items)
    assert batch["real"].sum(axis=2).max() <= size
    for number, text in enumerate(texts):
        places = batch["places"][number][batch["mask"][number]]
        assert batch["ids"][number].ravel()[places].tolist() == VOCABULARY.ids(text)


def test_three_thousand_characters_are_all_read():
    text = "甲乙丙丁戊" * 600
    batch = collate([Item(Reader(VOCABULARY, 128, 32).read(segment(text)))])
    found = batch["ids"].ravel()[batch["places"][0]]
    assert found.tolist() == VOCABULARY.ids(text)
    assert len(found) == 3000
