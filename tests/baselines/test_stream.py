"""Predicting a stream: in its order, a chunk at a time, in memory that does not grow with it."""

import tracemalloc
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi._paths import room
from fazhi.baselines import fit_model, predict_stream
from fazhi.baselines._model import _CHUNK, _CHUNK_SEGMENTS
from fazhi.corpus import load_examples, load_lenders, read_inputs, recombine
from fazhi.predictions import Prediction, write_predictions
from makers import make_example


class Recorder:
    """A model that says nothing, and notes what it is given at once."""

    def __init__(self):
        self.chunks: list[list[int]] = []

    def predict(self, segments):
        self.chunks.append([len(each.text) for each in segments])
        return [Prediction(id=each.id) for each in segments]

    def files(self):
        return {}


@settings(max_examples=20)
@given(st.lists(st.sampled_from([1, 50, 40_000]), max_size=30))
def test_the_order_is_that_of_the_input_whatever_the_lengths(lengths):
    segments = [
        make_example("字" * length, name=f"made-2020-s{number:03d}").segment
        for number, length in enumerate(lengths)
    ]
    model = Recorder()
    found = [each.id for each in predict_stream(model, iter(segments))]
    assert found == [each.id for each in segments]
    # a chunk ends with the segment that fills it
    assert all(sum(chunk[:-1]) < _CHUNK for chunk in model.chunks)


def test_many_short_segments_are_several_chunks():
    segment = make_example("字").segment
    model = Recorder()
    assert len(list(predict_stream(model, (segment for _ in range(9_000))))) == 9_000
    assert [len(chunk) for chunk in model.chunks] == [_CHUNK_SEGMENTS, _CHUNK_SEGMENTS, 1_000]


def peak(model, path: Path, out: Path) -> int:
    """The most bytes that are held from the file of segments to that of the predictions."""
    tracemalloc.start()
    write_predictions(out, predict_stream(model, read_inputs([path], None)))
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def test_memory_does_not_grow_with_the_input(tmp_path):
    model = fit_model("majority", load_examples(room("corpus"), ["train"]), {}, 0)
    (lent,) = load_lenders(room("corpus"), ["train"]).values()
    made = [
        "".join(f"{each.segment.model_dump_json()}\n" for each in report.examples)
        for report in recombine(lent, 40, seed=1)
    ]
    small, large = tmp_path / "small.jsonl", tmp_path / "large.jsonl"
    small.write_text("".join(made), encoding="utf-8")
    large.write_text("".join(made * 5), encoding="utf-8")
    assert small.stat().st_size > 3 * _CHUNK  # more than a chunk, at three bytes a character
    first = peak(model, small, tmp_path / "out.jsonl")  # what is imported on the way counts once
    first = peak(model, small, tmp_path / "out.jsonl")
    assert peak(model, large, tmp_path / "out.jsonl") < 1.2 * first
    ids = [each.id for each in read_inputs([large], None)]
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert [line.split('"')[3] for line in lines] == ids
