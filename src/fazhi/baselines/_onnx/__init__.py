"""Exported networks, which ONNX Runtime runs; needs the extra `onnx`, and no torch.

Nothing but `fazhi.baselines._model` imports it, and only when such a model is asked for.
"""

from fazhi.baselines._onnx._model import OnnxModel

__all__ = ["OnnxModel"]
