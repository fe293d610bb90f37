"""The house: one door per package, dependencies one way, small files."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest

import fazhi

SOURCE = Path(fazhi.__file__).parent
DOORS = [
    *("fazhi", "fazhi.corpus", "fazhi.annotation", "fazhi.predictions", "fazhi.baselines"),
    *("fazhi.baselines._inference", "fazhi.baselines._pretraining", "fazhi.eval", "fazhi.cli"),
]

ALLOWED = {
    "corpus": {"corpus"},
    "annotation": {"annotation", "corpus"},
    "baselines": {"baselines", "corpus", "predictions"},
    "eval": {"eval", "corpus", "predictions"},
    "predictions": {"predictions", "corpus"},
}
"""What each part may import, apart from the common ground."""
COMMON = {
    "errors",
    "_text",
    "_address",
    "_files",
    "_streams",
    "_names",
    "_record",
    "_draws",
    "_student",
    "_permute",
    "_resample",
    "_paths",
    "_version",
    "__version__",
}


def imports(path: Path) -> set[str]:
    """The parts of fazhi that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("fazhi"):
            rest = node.module.split(".")[1:]
            found |= {rest[0]} if rest else {alias.name for alias in node.names}
        if isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
            found |= {name[1] for name in names if name[0] == "fazhi" and len(name) > 1}
    return found


@pytest.mark.parametrize("door", DOORS)
def test_the_door_of_a_package_is_exactly_its_all(door):
    package = importlib.import_module(door)
    public = {
        name
        for name, value in vars(package).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }
    public |= {"__version__"} & set(package.__all__)
    public -= {"TYPE_CHECKING"} | ({"debug_is_on", "FazhiError"} if door == "fazhi.cli" else set())
    assert set(package.__all__) == public
    assert list(package.__all__) == sorted(
        package.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name)
    )


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_dependencies_point_one_way(part):
    for path in (SOURCE / part).rglob("*.py"):
        assert imports(path) <= ALLOWED[part] | COMMON, path.name


def test_only_a_package_itself_uses_its_private_modules():
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            parts = node.module.split(".")
            for depth in range(2, len(parts)):
                if parts[0] == "fazhi" and parts[depth].startswith("_"):
                    owner = SOURCE.joinpath(*parts[1:depth])
                    assert owner in path.parents, (path.name, node.module)


def test_no_file_is_long():
    lengths = {
        path.name: len(path.read_text("utf-8").splitlines()) for path in SOURCE.rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > 250} == {}


def test_every_error_hangs_on_the_tree():
    from fazhi import errors

    for name in errors.__all__:
        assert issubclass(getattr(errors, name), errors.FazhiError)
        assert name in (errors.__doc__ or "")
