"""Whether a text is already in the corpus, perhaps in another edition or inside another page."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from fazhi.corpus._document import needs_collect

if TYPE_CHECKING:
    from datasketch import MinHash

_SHINGLE = 4
_PERMUTATIONS = 256
_DOUBT = 3


def near_duplicates(
    text: str, others: Mapping[str, str], threshold: float = 0.4
) -> list[tuple[str, float]]:
    """The texts of which a great part is also in the given one, or the other way round.

    A text is taken as the set of its runs of four letters, figures and Chinese characters, all
    other characters left out. The similarity of two texts is the containment: the share of the
    smaller set that is also in the larger, so that a report is found in a page that holds it
    with much else. MinHash (Broder, On the resemblance and containment of documents, 1997)
    tells which texts may be similar enough; the number returned is exact.

    The threshold was measured on the training and validation reports: two different ones have
    0.07 to 0.10 of their runs in common; a training report and an edition of it in which random
    edits have changed one character in ten, 0.64 to 0.73 (fifty editions of each).

    Args:
        text: the text that is to be added.
        others: the texts that are there, by id.
        threshold: the least similarity that counts.

    Returns:
        Ids with their similarity, the most similar first.

    Raises:
        MissingExtra: datasketch is not installed.
    """
    runs = _runs(text)
    sketch = _sketch(runs)
    found = []
    for name, other in others.items():
        theirs = _runs(other)
        if not _may_reach(threshold, runs, theirs, sketch.jaccard(_sketch(theirs))):
            continue
        similarity = _containment(runs, theirs)
        if similarity >= threshold:
            found.append((name, similarity))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _runs(text: str) -> set[str]:
    """All runs of four; a text that is shorter is one run."""
    chars = "".join(filter(str.isalnum, text))
    if not chars:
        return set()
    return {chars[i : i + _SHINGLE] for i in range(max(len(chars) - _SHINGLE + 1, 1))}


def _containment(left: set[str], right: set[str]) -> float:
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


def _sketch(runs: set[str]) -> "MinHash":
    with needs_collect("datasketch"):
        from datasketch import MinHash

    sketch = MinHash(num_perm=_PERMUTATIONS)
    sketch.update_batch([run.encode() for run in runs])
    return sketch


def _may_reach(threshold: float, left: set[str], right: set[str], estimate: float) -> bool:
    """Whether two texts may be as similar as the threshold, by their estimated Jaccard index.

    Texts with the containment c have the Jaccard index c·s / (l + (1 - c)·s), with s and l the
    sizes of the smaller and the larger set; an estimate of it from n permutations has the
    standard error sqrt(j (1 - j) / n). Three of these below still counts.
    """
    smaller, larger = sorted((len(left), len(right)))
    shared = min(threshold, 1.0) * smaller
    due = shared / (smaller + larger - shared) if larger else 1.0
    error = math.sqrt(due * (1 - due) / _PERMUTATIONS)
    return estimate >= due - _DOUBT * error
