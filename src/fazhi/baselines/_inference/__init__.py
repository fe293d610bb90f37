"""Reading segments for a network, and reading its scores: all that needs no network.

Networks are scored by `_neural` (torch) or `_onnx` (ONNX Runtime); both read and decode here.
"""

from fazhi.baselines._inference._answering import Answering
from fazhi.baselines._inference._batch import IGNORED, Array, Batch, Item, collate
from fazhi.baselines._inference._chain import may_follow
from fazhi.baselines._inference._cues import BUCKETS, FIRST_GRAM
from fazhi.baselines._inference._partner import Partner, partner_of
from fazhi.baselines._inference._questions import fact_question, text_question
from fazhi.baselines._inference._reading import Reader
from fazhi.baselines._inference._scores import Scores
from fazhi.baselines._inference._vocabulary import Vocabulary

__all__ = [
    "BUCKETS",
    "FIRST_GRAM",
    "IGNORED",
    "Answering",
    "Array",
    "Batch",
    "Item",
    "Partner",
    "Reader",
    "Scores",
    "Vocabulary",
    "collate",
    "fact_question",
    "may_follow",
    "partner_of",
    "text_question",
]
