"""Punctuation of both widths: reports use either, and often both in one text."""

import numpy as np

from fazhi.baselines._pretraining._vocabulary import Ids, Vocabulary

_PAIRS = ("，,", "（(", "）)", "：:", "；;", "！!", "？?")


def swap_table(vocabulary: Vocabulary) -> Ids:
    """For the number of each token, that of the same mark in the other width, or itself."""
    table = np.arange(len(vocabulary), dtype=np.uint16)
    for pair in _PAIRS:
        wide, narrow = vocabulary.encode(pair)
        table[wide], table[narrow] = narrow, wide
    return table
