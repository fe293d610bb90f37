"""Where the rooms are: in the checkout, or inside the installed wheel.

The only module that knows. A wheel holds copies of the rooms under `fazhi/_rooms`;
a checkout has them at its top.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent
_ROOMS = _PACKAGE / "_rooms"


def checkout() -> Path | None:
    """The top of the checkout that this package runs from; None for an installed wheel."""
    return None if _ROOMS.is_dir() else _CHECKOUT


def room(name: str) -> Path:
    """The folder of a room: `corpus`, `annotation`, `baselines` or `eval`."""
    return (checkout() or _ROOMS) / name
