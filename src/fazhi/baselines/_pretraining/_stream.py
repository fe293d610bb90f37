"""The training texts as blocks of tokens, in an order that the seed gives and nothing else.

The order of a pass depends on the seed and the number of the pass only, so that training can go
on from a count of blocks, without any state of a generator.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fazhi.baselines._pretraining._punctuation import swap_table
from fazhi.baselines._pretraining._texts import Paragraphs, Texts
from fazhi.baselines._pretraining._vocabulary import SEP, Ids, Vocabulary


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A document as tokens, each paragraph followed by [SEP]."""

    tokens: Ids
    """Its tokens."""
    lengths: NDArray[np.int64]
    """The tokens of each paragraph."""


def encode_document(document: Paragraphs, vocabulary: Vocabulary) -> Ids:
    """The tokens of a document, each paragraph followed by [SEP]."""
    tokens = vocabulary.encode("\n".join((*document, "")))
    ends = np.cumsum([len(paragraph) + 1 for paragraph in document]) - 1
    tokens[ends] = SEP
    return tokens


class Stream:
    """An endless sequence of blocks of `size` tokens: pass after pass over the documents."""

    def __init__(
        self, texts: Texts, vocabulary: Vocabulary, size: int, seed: int, swapped: float
    ) -> None:
        self._documents = [
            _Encoded(
                encode_document(document, vocabulary),
                np.array([len(paragraph) + 1 for paragraph in document]),
            )
            for document, _ in texts.train
        ]
        self._copies = np.repeat(np.arange(len(texts.train)), [copies for _, copies in texts.train])
        self._table = swap_table(vocabulary)
        self._size, self._seed, self._swapped = size, seed, swapped
        total = sum(len(self._documents[index].tokens) for index in self._copies)
        self.blocks_per_pass = total // size
        """Blocks of one pass; the tokens that are left over are not read in it."""
        self._pass: tuple[int, Ids] = (-1, np.empty((0, size), dtype=np.uint16))

    def blocks(self, first: int, count: int) -> Ids:
        """Blocks (count, size), counted from the first of the first pass."""
        found = []
        while count:
            number, offset = divmod(first, self.blocks_per_pass)
            found.append(self._of_pass(number)[offset : offset + count])
            first, count = first + len(found[-1]), count - len(found[-1])
        return np.concatenate(found)

    def _of_pass(self, number: int) -> Ids:
        if self._pass[0] != number:
            self._pass = number, self._make_pass(number)
        return self._pass[1]

    def _make_pass(self, number: int) -> Ids:
        generator = np.random.default_rng([self._seed, number])
        documents = [self._documents[index] for index in generator.permutation(self._copies)]
        tokens = np.concatenate([document.tokens for document in documents])
        lengths = np.concatenate([document.lengths for document in documents])
        swapped = np.repeat(generator.random(len(lengths)) < self._swapped, lengths)
        tokens = np.where(swapped, self._table[tokens], tokens)
        blocks = tokens[: self.blocks_per_pass * self._size].reshape(-1, self._size)
        return blocks[generator.permutation(len(blocks))]
