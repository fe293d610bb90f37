"""Pictures: how they look, the font that has Chinese characters, and the data inside the file.

A picture is compared by the data it was drawn from, which its PNG holds; the bytes depend on the
versions of matplotlib and the font.
"""

import io
import json
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi._files import read_bytes, write_bytes
from fazhi.errors import InputError, MismatchError, MissingExtra, MissingFont

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
)
"""Fonts with Chinese characters, the first that is installed is taken."""

INK, FAINT, LIGHT = "#262626", "#6b6b6b", "#e4e4e4"
BLUE, ORANGE, GREEN, PINK = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
RED, SKY, GREY = "#D55E00", "#56B4E9", "#9a9a9a"
"""Colours that are told apart by the colour-blind (Okabe and Ito 2008), and a grey."""

_LOOK: Mapping[str, Any] = {
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "axes.titlesize": 10.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": LIGHT,
    "grid.linewidth": 0.8,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
    "hatch.linewidth": 0.6,
}
_RESOLUTION = 160
_KEY = "fazhi:data"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture before it is drawn."""

    path: Path
    """Its file."""
    alt: str
    """What it shows, for those who do not see it."""
    size: tuple[float, float]
    """Width and height in inches."""
    data: Mapping[str, Any]
    """What it is drawn from, as JSON."""
    draw: "Callable[[Figure, Mapping[str, Any]], None]"
    """Draws the data."""


def chinese_font() -> str:
    """The family of an installed font that has Chinese characters.

    Raises:
        MissingExtra: matplotlib is not installed.
        MissingFont: no such font is known to be installed.
    """
    try:
        from matplotlib.font_manager import fontManager
    except ImportError:
        raise MissingExtra("report", "matplotlib") from None
    installed = {font.name for font in fontManager.ttflist}
    for family in FAMILIES:
        if family in installed:
            return family
    raise MissingFont("fonts-noto-cjk", FAMILIES)


def render(picture: Picture) -> bytes:
    """The PNG of a picture, with its data inside.

    Raises:
        MissingExtra: matplotlib is not installed.
        MissingFont: no font with Chinese characters is.
    """
    family = chinese_font()
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    look: Any = {**_LOOK, "font.family": family}
    with rc_context(look):
        figure = Figure(figsize=picture.size, facecolor="white", layout="constrained")
        picture.draw(figure, picture.data)
        stream = io.BytesIO()
        metadata = {"Software": None, _KEY: json.dumps(picture.data)}
        figure.savefig(stream, format="png", dpi=_RESOLUTION, metadata=metadata)
    return stream.getvalue()


def write_pictures(*pictures: Picture) -> None:
    """Draws pictures into their files."""
    for picture in pictures:
        write_bytes(picture.path, render(picture))


def check_pictures(command: str, *pictures: Picture) -> None:
    """Raises MismatchError unless pictures were drawn from what they should show.

    Args:
        command: draws them.
        pictures: as they should be.
    """
    for picture in pictures:
        if not picture.path.exists():
            raise MismatchError(f"{picture.path} is missing. Run: fazhi {command}")
        if data_of(picture.path) != json.loads(json.dumps(picture.data)):
            raise MismatchError(f"{picture.path} shows other figures. Run: fazhi {command}")


def data_of(path: Path) -> Any:
    """The data that a picture was drawn from; None for a PNG of another origin.

    Raises:
        InputError: the file is missing or no PNG.
    """
    for kind, content in _chunks(path):
        key, _, text = content.partition(b"\0")
        if kind == b"tEXt" and key == _KEY.encode():
            return json.loads(text)
    return None


def _chunks(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG file by kind: each is a length, a kind, the content and a checksum."""
    data = read_bytes(path)
    if not data.startswith(_SIGNATURE):
        raise InputError("is no PNG picture", path=path, remedy="Run: fazhi figures")
    place = len(_SIGNATURE)
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        yield kind, data[place + 8 : place + 8 + length]
        place += 12 + length
