"""`reasons.toml`: why a numeral, a 《》 or a known surface is not annotated where it stands.

[numerals]               expression = reason; an expression holds the numeral and as
"三项制度" = "name"       much around it as makes it unmistakable

[titles]                 what stands inside 《》
"驻马店日报" = "newspaper"

[[surfaces]]             a surface that is an entity elsewhere
text = "…"
segment = "xincai-2022-s001"
reason = "…"
"""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from fazhi._files import read_text
from fazhi.corpus import Record
from fazhi.errors import InputError

NumeralReason = Literal[
    "date", "ordinal", "grade", "name", "slogan", "phrase", "article", "abstract", "word", "number"
]
TitleReason = Literal["newspaper", "map", "form", "meeting", "activity"]


class SurfaceReason(Record):
    """Why a surface is not labelled at one place as it is elsewhere."""

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


def read_reasons(path: Path) -> Reasons:
    """The recorded reasons.

    Raises:
        InputError: the file is unusable or names an unknown reason.
    """
    try:
        return Reasons.model_validate(tomllib.loads(read_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"invalid TOML ({error})", path=path, remedy="Mend the line that is named"
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{place}: {first['msg']}", path=path, remedy="Correct it") from None
