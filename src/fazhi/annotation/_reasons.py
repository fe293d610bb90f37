"""`reasons.toml`: why a numeral, a 《》 or a known surface is not annotated where it stands.

[numerals]               expression = reason; an expression holds the numeral and as
"三项制度" = "name"       much around it as makes it unmistakable

[titles]                 what stands inside 《》
"驻马店日报" = "newspaper"

[[surfaces]]             a surface that is an entity elsewhere
text = "…"
segment = "xincai-2022-s001"
reason = "…"

[[values]]               a METRIC whose value is not the computed one, in the same form
"""

from pathlib import Path
from typing import Literal

from fazhi._record import Record, read_toml_record

NumeralReason = Literal[
    "date", "ordinal", "grade", "name", "slogan", "phrase", "article", "abstract", "word", "number"
]
TitleReason = Literal["newspaper", "map", "form", "meeting", "activity"]


class SurfaceReason(Record):
    """Why a surface is treated otherwise at one place than elsewhere, or than computed."""

    text: str
    """The surface."""
    segment: str
    """Id of the segment where it stands."""
    reason: str
    """The reason, in words or by the number of a rule."""


class Reasons(Record):
    """Every recorded reason."""

    numerals: dict[str, NumeralReason] = {}
    """Expressions whose numeral is no METRIC."""
    titles: dict[str, TitleReason] = {}
    """Titles in 《》 that are no LEGAL."""
    surfaces: tuple[SurfaceReason, ...] = ()
    """Occurrences that differ from the same surface elsewhere."""
    values: tuple[SurfaceReason, ...] = ()
    """METRICs whose value is not what is computed from the surface."""


def read_reasons(path: Path) -> Reasons:
    """The recorded reasons.

    Raises:
        InputError: the file is unusable or names an unknown reason.
    """
    return read_toml_record(Reasons, path)
