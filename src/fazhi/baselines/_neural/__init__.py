"""Baselines over BERT encoders; needs the extra `neural`.

Nothing but `fazhi.baselines._model` imports it, and only when such a model is asked for.
"""

from fazhi.baselines._neural._model import BertModel

__all__ = ["BertModel"]
