"""A CRF over features that has a say beside the network: a logarithmic opinion pool.

The scores of tags and of transitions are the weighted means of both, so that the probability of a
tag sequence is the weighted geometric mean of theirs, normalised (Smith, Cohn and Osborne 2005,
"Logarithmic Opinion Pools for Conditional Random Fields").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fazhi.baselines._crf_scores import CrfScores
from fazhi.baselines._inference._batch import Array
from fazhi.baselines._inference._scores import Scores
from fazhi.baselines._model import Files
from fazhi.baselines._params import BertParams
from fazhi.corpus import Segment

_FILE = "partner.crfsuite"


@dataclass(frozen=True, slots=True)
class Partner:
    """The CRF, and how much it says."""

    crf: CrfScores
    """Its weights."""
    share: float
    """Its share of the pool; the rest is the network's."""

    def files(self) -> Files:
        """What it is made again from."""
        return {_FILE: self.crf.weights}

    def chain(self, chain: Mapping[str, Array]) -> dict[str, Array]:
        """The pool's `transitions` (K, K) and `first` (K,), from those of the network.

        CRFsuite has no scores of tags at the beginning.
        """
        rest = 1 - self.share
        pooled = rest * chain["transitions"] + self.share * self.crf.transitions
        return {"transitions": pooled, "first": rest * chain["first"]}

    def scores(self, scores: Scores, segments: Sequence[Segment]) -> Scores:
        """The pool's scores of tags (B, L, K), from those of the network, one row per segment."""
        if scores.entities is None:
            return scores
        pooled = (1 - self.share) * scores.entities
        for row, segment in zip(pooled, segments, strict=True):
            row[: len(segment.text)] += self.share * self.crf.emissions(segment)
        return replace(scores, entities=pooled)


def partner_of(files: Files, params: BertParams) -> Partner | None:
    """The partner that gave these files, if the parameters ask for one."""
    if not params.crf_share:
        return None
    return Partner(CrfScores(files[_FILE]), params.crf_share)
