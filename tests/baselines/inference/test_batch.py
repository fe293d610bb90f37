"""Batches of like length: all items once, and no more tokens than were allowed."""

from hypothesis import given
from hypothesis import strategies as st

from fazhi.baselines._inference._batch import Item, batches, collate
from fazhi.baselines._inference._reading import Reader
from fazhi.baselines._inference._vocabulary import Vocabulary
from makers import make_example

READER = Reader(Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"\"'-.甲"], "made"), 32, 8)


def items(lengths: list[int]) -> list[Item]:
    return [Item(READER.read(make_example("甲" * length).segment)) for length in lengths]


def test_texts_of_like_length_are_read_at_once():
    # with [CLS] and [SEP]: 3 tokens and 22 tokens; two of one kind have at most 44
    assert list(batches(items([20, 1, 20, 1]), 44)) == [[1, 3], [0, 2]]


def test_padding_counts():
    # 3 + 22 tokens are fewer than 40, but padded they are 44
    assert list(batches(items([20, 1]), 40)) == [[1], [0]]


def test_a_text_of_more_tokens_is_a_batch_of_its_own():
    assert list(batches(items([300, 1, 300]), 40)) == [[1], [0], [2]]


@given(st.lists(st.integers(1, 120), max_size=30), st.integers(1, 400))
def test_each_item_is_in_one_batch_and_batches_are_small(lengths, tokens):
    given_items = items(lengths)
    found = list(batches(given_items, tokens))
    assert sorted(number for batch in found for number in batch) == list(range(len(lengths)))
    for batch in found:
        windows = sum(len(given_items[number].passage.windows) for number in batch)
        widest = max(given_items[number].passage.width for number in batch)
        assert len(batch) == 1 or windows * widest <= tokens


def test_items_without_targets_have_none_in_the_batch():
    batch = collate(items([2, 1]))
    for name in ("tags", "role", "topic", "indicator"):
        assert (batch[name] == -100).all()
    assert (batch["metric"] == -1).all()
