"""`fazhi corpus errata`: what was corrected, and what that did to published results."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._app import need_checkout
from fazhi.cli._corpus import corpus_app

if TYPE_CHECKING:
    from fazhi.annotation import Erratum
    from fazhi.cli._documents import Document
    from fazhi.cli._grids import Grid
    from fazhi.corpus import Example
    from fazhi.eval import Scores


@corpus_app.command("errata")
def errata_command(
    write: Annotated[
        bool, typer.Option("--write", help="Update corpus/ERRATA.md and versions.jsonl.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Compare both with what the records give.")
    ] = False,
) -> None:
    """List the corrected labels, and score published results on the gold before and after.

    Example: fazhi corpus errata
    """
    from fazhi._paths import room
    from fazhi.annotation import read_errata
    from fazhi.cli._documents import errata_page, keep_documents
    from fazhi.cli._draw import print_grids
    from fazhi.corpus import load_examples

    corpus = room("corpus")
    errata, examples = read_errata(corpus / "errata.jsonl"), load_examples(corpus)
    versions = _versions(corpus, errata, examples)
    grids = _grids(errata, examples, room("baselines"))
    if write or check:
        page = errata_page(need_checkout("update the errata") / "corpus", grids)
        keep_documents("corpus errata", versions, page, write=write, check=check)
    print_grids(*grids)


def _versions(
    corpus: Path, errata: Sequence["Erratum"], examples: Sequence["Example"]
) -> "Document":
    """The record of what the gold was in each version, checked, with the present one."""
    from fazhi._files import to_jsonl
    from fazhi._paths import room
    from fazhi.annotation import check_versions, read_versions
    from fazhi.corpus import read_gold_card

    path = corpus / "versions.jsonl"
    now = read_gold_card(room("annotation")).version
    versions = check_versions(read_versions(path), examples, errata, now)
    return path, to_jsonl(each.model_dump() for each in versions)


def _grids(
    errata: Sequence["Erratum"], examples: Sequence["Example"], baselines: Path
) -> list["Grid"]:
    from fazhi.annotation import gold_before
    from fazhi.cli._grids import erratum_grid
    from fazhi.cli._score_grids import rescore_grid

    versions = list(dict.fromkeys(each.version for each in errata))
    golds = [gold_before(examples, errata, version) for version in versions] + [list(examples)]
    scores = [_rescored(baselines, gold) for gold in golds]
    grids = []
    for version, (before, after) in zip(versions, pairwise(scores), strict=True):
        corrected = [each for each in errata if each.version == version]
        grids += [erratum_grid(version, corrected), rescore_grid(version, before, after)]
    return grids


def _rescored(baselines: Path, examples: Sequence["Example"]) -> dict[str, "Scores"]:
    """Every published leave-one-report-out result, scored on a gold."""
    from fazhi.cli._score_grids import with_data
    from fazhi.eval import read_result, score
    from fazhi.predictions import read_predictions

    segments = [each.segment for each in examples]
    return {
        with_data(path.parent.name, read_result(path.with_suffix(".json"))): score(
            examples, read_predictions(path, segments)
        )
        for path in sorted(baselines.glob("results/*/loro.jsonl"))
    }
