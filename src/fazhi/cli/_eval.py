"""`fazhi eval`: the verdict on a system's predictions."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from fazhi.cli._app import app

if TYPE_CHECKING:
    from fazhi.cli._grids import Grid
    from fazhi.corpus import Example
    from fazhi.eval import Handling, Result
    from fazhi.predictions import Policy, Prediction, Reading

Choice = TypeVar("Choice", bound=str)
Format = Literal["table", "json", "markdown", "latex"]

_NAMED = 10
"""How many of several are named."""


@app.command("eval")
def evaluate(
    predictions: Annotated[
        Path | None, typer.Argument(help="Predictions: JSON Lines, or tagged text (CoNLL).")
    ] = None,
    model: Annotated[
        Path | None, typer.Option(help="Folder of a trained model that is to predict.")
    ] = None,
    predictor: Annotated[
        str | None, typer.Option(help="Function that is to predict, as module:function.")
    ] = None,
    program: Annotated[
        str | None, typer.Option(help="Program that is to predict, from stdin to stdout.")
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=0.001, max=10**6, help="How long the program may take.")
    ] = 3600,
    split: Annotated[str, typer.Option(help="Split that was predicted.")] = "test",
    overlaps: Annotated[
        str, typer.Option(help="Overlapping entities: refuse, or keep first, longest or score.")
    ] = "refuse",
    repair: Annotated[
        str, typer.Option(help="Illegal tags: error, conlleval or discard.")
    ] = "error",
    allow_missing: Annotated[
        bool, typer.Option("--allow-missing", help="Score segments without a line as empty.")
    ] = False,
    cross_check: Annotated[
        bool, typer.Option("--cross-check", help="Fail where seqeval or scikit-learn differ.")
    ] = False,
    system: Annotated[
        str | None, typer.Option(help="Name of the system; the file's name if none is given.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="File for the result (JSON).")] = None,
    html: Annotated[Path | None, typer.Option(help="File for a page to read it in.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the tables as Markdown.")
    ] = False,
    latex: Annotated[bool, typer.Option("--latex", help="Print the tables as LaTeX.")] = False,
) -> None:
    """Score predictions against gold: a file, or what a model, function or program predicts.

    Example: fazhi eval predictions.jsonl --html report.html
    """
    from fazhi._files import check_target
    from fazhi._text import printable
    from fazhi.cli._splits import gold_version, split_examples
    from fazhi.eval import Run, check_page_tools, make_result, surfaces_of, write_result
    from fazhi.predictions import accept

    shapes: dict[Format, bool] = {"json": json, "markdown": markdown, "latex": latex}
    shape: Format = _only("one of --json, --markdown and --latex", shapes) or "table"
    examples = split_examples(split)
    if html:
        check_page_tools()
    for target, other in ((out, html), (html, out)):
        if target:
            check_target(target, *filter(None, (predictions, model, other)))
    policy = _policy(overlaps, repair, allow_missing=allow_missing)
    source, reading = _read(predictions, model, predictor, program, examples, policy, seconds)
    found = accept(reading, source)
    _tell(reading, examples)
    name = system or (predictions.stem if predictions else source)
    run = Run(system=printable(name), protocol=split, handling=_handling(reading, policy))
    seen = surfaces_of(split_examples("train")) if split != "train" else None
    result = make_result(run, examples, found, gold_version(), seen)
    _show(result, shape)
    if cross_check:
        _cross_check(result, examples, found)
    if out:
        write_result(out, result)
        typer.echo(f"The result is in {out}.", err=True)
    if html:
        _write_page(html, result, examples, found)


def _only(what: str, given: "Mapping[Choice, object]") -> "Choice | None":
    """The one choice that was made; None if there was none."""
    made = [name for name, value in given.items() if value]
    if len(made) > 1:
        raise typer.BadParameter(f"give {what}, not {len(made)}")
    return made[0] if made else None


def _policy(overlaps: str, repair: str, *, allow_missing: bool) -> "Policy":
    from typing import get_args

    from fazhi._names import known_name
    from fazhi.predictions import Overlaps, Policy, Repair

    rules: tuple[Overlaps, ...] = get_args(Overlaps)
    repairs: tuple[Repair, ...] = get_args(Repair)
    return Policy(
        overlaps=known_name("rule for overlaps", overlaps, rules),
        repair=known_name("repair", repair, repairs),
        allow_missing=allow_missing,
    )


def _read(
    predictions: Path | None,
    model: Path | None,
    predictor: str | None,
    program: str | None,
    examples: "Sequence[Example]",
    policy: "Policy",
    seconds: float,
) -> "tuple[str, Reading]":
    """Where predictions come from, and what was read there."""
    from fazhi.predictions import Reading, from_function, from_program, read_submission

    sources = {"file": predictions, "model": model, "predictor": predictor, "program": program}
    what = "one of a file of predictions, --model, --predictor and --program"
    if _only(what, sources) is None:
        raise typer.BadParameter(f"give {what}")
    segments = [each.segment for each in examples]
    if predictions:
        return str(predictions), read_submission(predictions, segments, policy)
    typer.echo(f"Predicting {len(segments)} segments …", err=True)
    if predictor:
        return predictor, from_function(predictor, segments, policy)
    if program:
        return program, from_program(program, segments, policy, seconds)
    from fazhi.baselines import load_model, predict_examples

    folder = model or Path()
    return str(folder), Reading(tuple(predict_examples(load_model(folder), examples)))


def _handling(reading: "Reading", policy: "Policy") -> "Handling":
    from fazhi.eval import Handling

    return Handling(
        overlaps=policy.overlaps,
        repair=policy.repair,
        missing=len(reading.missing),
        left_out=len(reading.resolved),
        illegal=reading.illegal,
        truncated=len(reading.truncated),
    )


def _tell(reading: "Reading", examples: "Sequence[Example]") -> None:
    """Names on stderr what was put right, and what was lost."""
    from fazhi.eval import lost_entities

    covered = {each.id: each.covered for each in reading.truncated}
    lists = {
        f"Missing, and scored as empty, of {len(examples)} segments": reading.missing,
        "Left out by a rule": [
            f"line {each.line}: {each.id} {each.start}:{each.end} {each.label} ({each.rule})"
            for each in reading.resolved
        ],
        "Tags end before the text of": list(covered),
        "Gold entities beyond the end of the tags, which count as missed": lost_entities(
            examples, covered
        ),
    }
    for what, names in lists.items():
        if names:
            more = f", and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            typer.echo(f"{what}: {len(names)}: {', '.join(names[:_NAMED])}{more}", err=True)
    if reading.illegal:
        typer.echo(f"Illegal transitions between tags: {reading.illegal}", err=True)


def _show(result: "Result", shape: Format) -> None:
    from fazhi.cli._draw import print_grids, to_latex, to_markdown
    from fazhi.cli._verdict import interval_note, verdict_grids

    if shape == "json":
        typer.echo(result.model_dump_json(indent=2))
        return
    grids: list[Grid] = verdict_grids(result)
    if shape == "table":
        print_grids(*grids)
        typer.echo(interval_note(result))
    elif shape == "markdown":
        titled = [f"### {grid.title}\n\n{to_markdown(grid)}" for grid in grids]
        typer.echo("\n\n".join([*titled, interval_note(result)]))
    else:
        note = [f"% {line}" for line in interval_note(result).splitlines()]
        typer.echo("\n\n".join([*map(to_latex, grids), *note]))


def _cross_check(
    result: "Result", examples: "Sequence[Example]", predictions: "Sequence[Prediction]"
) -> None:
    from fazhi.eval import cross_check

    compared = cross_check(result.scores, examples, predictions)
    told = f"Cross-check: {len(compared)} figures are those of seqeval and scikit-learn."
    typer.echo(told, err=True)


def _write_page(
    path: Path,
    result: "Result",
    examples: "Sequence[Example]",
    predictions: "Sequence[Prediction]",
) -> None:
    from fazhi._files import write_text
    from fazhi.cli._verdict import interval_note
    from fazhi.eval import report_page

    page = report_page(result, examples, predictions, interval_note(result))
    write_text(path, page)
    typer.echo(f"The page is in {path}.", err=True)
