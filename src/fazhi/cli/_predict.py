"""`fazhi predict`: what a model says of texts, or of a split."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._app import app

if TYPE_CHECKING:
    from typing import BinaryIO

    from fazhi.baselines import Model
    from fazhi.corpus import Example, Segment
    from fazhi.predictions import Prediction


@app.command("predict")
def predict(
    model: Annotated[Path, typer.Argument(help="Folder of a trained or exported model.")],
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Reports (.txt), segments (.jsonl), folders of them, or - for standard input; "
            "a split if none is given.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="File for the predictions (JSON Lines); standard output if not given."),
    ] = None,
    split: Annotated[
        str | None, typer.Option(help="Split to predict; without inputs, test if not given.")
    ] = None,
    segments: Annotated[
        Path | None,
        typer.Option(help="File for the segments that offsets refer to (JSON Lines)."),
    ] = None,
    bf16: Annotated[
        bool, typer.Option("--bf16", help="Compute with 16 bits; for networks, not exported.")
    ] = False,
) -> None:
    """Predict reports, segments or a split with a trained model, in their order.

    Inputs of any length take bounded memory.

    Example: fazhi predict runs/crf reports --out predictions.jsonl --segments segments.jsonl
    """
    from fazhi._streams import replacing
    from fazhi.baselines import load_model
    from fazhi.cli._progress import progress
    from fazhi.cli._splits import split_examples

    if inputs and split:
        raise typer.BadParameter("give inputs or --split, not both")
    _check_targets(out, segments, [model, *(inputs or ())])
    loaded = load_model(model, bf16=bf16)
    examples = [] if inputs else split_examples(split or "test")
    with ExitStack() as stack:
        watch = stack.enter_context(progress(_total(inputs, examples)))
        texts = watch.reading(_segments(inputs, examples))
        if segments:
            texts = _kept(texts, stack.enter_context(replacing(segments)))
        _write(out, watch.telling(_predictions(loaded, texts, examples)))
    typer.echo(f"{watch.summary()}{f'; they are in {out}' if out else ''}.", err=True)


def _check_targets(out: Path | None, segments: Path | None, inputs: list[Path]) -> None:
    from fazhi._files import check_target
    from fazhi.corpus import STDIN

    read = [path for path in inputs if path != STDIN]
    if out:
        check_target(out, *read)
    if segments:
        check_target(segments, *read, *([out] if out else []))


def _segments(inputs: list[Path] | None, examples: "list[Example]") -> "Iterable[Segment]":
    from fazhi.corpus import read_inputs

    if inputs:
        return read_inputs(inputs, sys.stdin.buffer)
    return [example.segment for example in examples]


def _total(inputs: list[Path] | None, examples: "list[Example]") -> int | None:
    """The characters of all segments, where there is a terminal to tell them to, and no stream."""
    from fazhi.corpus import STDIN

    if STDIN in (inputs or ()) or not sys.stderr.isatty():
        return None
    return sum(len(segment.text) for segment in _segments(inputs, examples))


def _predictions(
    model: "Model", texts: "Iterator[Segment]", examples: "list[Example]"
) -> "Iterable[Prediction]":
    """The predictions of texts; if they are those of examples, facts on gold with them."""
    from fazhi.baselines import predict_examples, predict_stream

    if not examples:
        return predict_stream(model, texts)
    for _ in texts:
        pass
    return predict_examples(model, examples)


def _kept(segments: "Iterable[Segment]", stream: "BinaryIO") -> "Iterator[Segment]":
    """The segments, each written to a stream as it is passed on."""
    for segment in segments:
        stream.write(f"{segment.model_dump_json()}\n".encode())
        yield segment


def _write(out: Path | None, predictions: "Iterable[Prediction]") -> None:
    from fazhi.predictions import prediction_line, write_predictions

    if out:
        write_predictions(out, predictions)
        return
    for prediction in predictions:
        typer.echo(prediction_line(prediction))
