"""The texts of a recipe from the public repositories that hold them as plain files."""

import lzma
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from fazhi._files import decode, read_text, to_jsonl, write_bytes
from fazhi.baselines._pretraining._recipe import PretrainingRecipe, Repository, TextSource
from fazhi.baselines._pretraining._sources import check_content
from fazhi.corpus import fetch
from fazhi.errors import InputError

_SITE = "https://raw.githubusercontent.com"
_AT_ONCE = 8
_STEP = 100


def fetch_sources(
    recipe: PretrainingRecipe,
    folder: Path,
    lists: Path,
    *,
    site: str = _SITE,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Downloads the sources of a recipe that are not in a folder yet.

    Args:
        recipe: names the sources.
        folder: where the files of the sources belong.
        lists: the folder of the lists of paths.
        site: what serves the files of repositories.
        say: is told what is being downloaded.

    Raises:
        InputError: a source is in no repository as plain files, or a file cannot be downloaded.
        MismatchError: what was downloaded is not what the recipe names.
        MissingExtra: the extra `collect` is not installed.
    """
    missing = [source for source in recipe.sources if not (folder / source.file).exists()]
    for source, repository in [(each, _repository(each, folder)) for each in missing]:
        data = _content(repository, lists, site, say)
        check_content(data, source, folder / source.file)
        write_bytes(folder / source.file, lzma.compress(data))


def _repository(source: TextSource, folder: Path) -> Repository:
    if source.repository is None:
        raise InputError(
            f"the texts of {source.name!r} cannot be downloaded: their origin, {source.origin}, "
            "does not hold them as plain files",
            path=folder / source.file,
            remedy="Put the file there, or give its folder with --sources",
        )
    return source.repository


def _content(repository: Repository, lists: Path, site: str, say: Callable[[str], None]) -> bytes:
    """The lines of a file of texts, one for each path."""
    paths = read_text(lists / repository.paths).splitlines()
    base = f"{site}/{repository.name}/{repository.commit}"
    lines: list[dict[str, str]] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for text in pool.map(_text, [f"{base}/{quote(path)}" for path in paths]):
            lines.append({"path": paths[len(lines)], "text": text})
            if len(lines) % _STEP == 0 or len(lines) == len(paths):
                say(f"downloaded {len(lines):,} of {len(paths):,} files of {repository.name}")
    return to_jsonl(lines).encode("utf-8")


def _text(address: str) -> str:
    return decode(fetch(address).data, address)
