"""Word embeddings from the characters' mutual information.

Rows of the truncated singular value decomposition of a matrix of positive pointwise mutual
information, as Levy and Goldberg (Neural word embedding as implicit matrix factorization, 2014)
describe them.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from fazhi.baselines._pretraining._vocabulary import SPECIALS, Ids

Floats = NDArray[np.float64]

NORM = 0.9
"""The length of every row."""
_WEIGHTS = (1.0, 0.5, 0.33)


def pmi_embeddings(
    documents: Sequence[Ids], vocabulary_size: int, dimensions: int, generator: np.random.Generator
) -> Floats:
    """Embeddings (vocabulary, dimensions) whose rows have the length `NORM`.

    Characters that never occur, and the special tokens, get random rows.
    """
    pmi = _positive_pmi(_neighbours(documents, vocabulary_size))
    found = np.zeros((vocabulary_size, dimensions))
    kept = min(dimensions, vocabulary_size - 1)
    left, values, _ = svds(pmi, k=kept, v0=generator.standard_normal(vocabulary_size))
    found[:, :kept] = left * np.sqrt(values)
    random = generator.standard_normal(found.shape)
    lengths = np.linalg.norm(found, axis=1)
    empty = lengths < 1e-9
    empty[: len(SPECIALS)] = True
    rows = np.where(empty[:, None], random, found)
    lengths = np.linalg.norm(rows, axis=1)
    return np.asarray(NORM * rows / lengths[:, None])


def _neighbours(documents: Sequence[Ids], size: int) -> csr_matrix:
    """How often two characters stand within three of each other, near ones weighted more."""
    tokens = np.concatenate(documents)
    one_way = csr_matrix((size, size))
    for distance, weight in enumerate(_WEIGHTS, start=1):
        pairs = tokens[:-distance].astype(np.int64) * size + tokens[distance:]
        found, counts = np.unique(pairs, return_counts=True)
        one_way += csr_matrix((weight * counts, np.divmod(found, size)), shape=(size, size))
    return one_way + one_way.T


def _positive_pmi(counts: csr_matrix) -> csr_matrix:
    """The logarithm of p(a, b) / p(a) p(b), where it is positive."""
    pairs = counts.tocoo()
    total = counts.sum()
    single = np.asarray(counts.sum(axis=1)).ravel() / total
    values = np.log(pairs.data / total / (single[pairs.row] * single[pairs.col]))
    positive = values > 0
    where = pairs.row[positive], pairs.col[positive]
    return csr_matrix((values[positive], where), shape=counts.shape)
