"""Weights of a graph as 8-bit integers."""

from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from fazhi.baselines._quiet import quiet


def quantised(graph: bytes) -> bytes:
    """A graph with its weights as 8-bit integers, and states that are rounded as they come.

    Matrices are multiplied as integers; each input is scaled by its own extremes, so that no
    texts are needed to choose scales by, and each column of weights by its own, too. All else is
    computed as before: to round embeddings costs more answers than it saves time.
    """
    # it advises to prepare the graph, which the exporter has already simplified
    with TemporaryDirectory() as folder, quiet(None):
        path = Path(folder) / "graph.onnx"
        quantize_dynamic(
            onnx.load_from_string(graph),
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
        return path.read_bytes()
