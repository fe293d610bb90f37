"""All checks of the made-up reports.

`allowed.toml` says what they may have in common with real ones:

    [expressions]            a formula or a title, which counts as one character
    "重大行政决策程序暂行条例" = "title of a regulation"

    [places]                 the name of a place without its kind, which a real place has, too
"""

from collections.abc import Collection, Sequence
from pathlib import Path

from fazhi._record import Record, read_toml_record
from fazhi.annotation._finding import Finding
from fazhi.annotation._lint import lint
from fazhi.annotation._places import borne_names
from fazhi.annotation._reasons import Reasons
from fazhi.annotation._windows import alike_reports, shared_windows
from fazhi.corpus import AnnotatedReport, Report


class Allowed(Record):
    """What made-up reports may have in common with real ones, with the reasons."""

    expressions: dict[str, str] = {}
    """Fixed formulas and titles of real documents."""
    places: dict[str, str] = {}
    """Names of made-up places, without their kind, that real places have, too."""


def read_allowed(path: Path) -> Allowed:
    """What made-up reports may have in common with real ones.

    Raises:
        InputError: the file is unusable.
    """
    return read_toml_record(Allowed, path)


def lint_made_up(
    made_up: Sequence[AnnotatedReport],
    real: Sequence[Report],
    reasons: Reasons,
    allowed: Allowed,
    places: Collection[str],
) -> list[Finding]:
    """All findings on made-up reports: of the lint, shared text and names of real places.

    Args:
        made_up: the made-up reports with their annotation.
        real: the real reports.
        reasons: the recorded reasons of the lint, for made-up reports alone.
        allowed: what made-up and real reports may have in common.
        places: the names of real places.
    """
    reports = [each.report for each in made_up]
    return [
        *lint([example for each in made_up for example in each.examples], reasons),
        *shared_windows(reports, real, list(allowed.expressions)),
        *alike_reports(reports),
        *borne_names(reports, places, allowed.places),
    ]
