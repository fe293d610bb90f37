"""Texts that public repositories hold as plain files."""

from urllib.parse import quote

import pytest
import stamina

import webserver as web
from fazhi._files import sha256, to_jsonl
from fazhi._paths import room
from fazhi.baselines import PretrainingRecipe, fetch_sources, find_pretraining_recipe
from fazhi.baselines._pretraining._sources import Document, read_source
from fazhi.errors import InputError, MismatchError

TEXTS = {"法/甲 (2020).md": "# 甲\n\n第一条 甲。\n", "乙.md": "第一条 “乙”。"}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    """Retries at once, and no proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with stamina.set_testing(True, attempts=2):
        yield


@pytest.fixture
def site():
    """A server that holds the texts in a repository at a commit."""
    routes = {
        quote(f"/owner/laws/0123abc/{path}"): web.page(text.encode(), "text/plain; charset=utf-8")
        for path, text in TEXTS.items()
    }
    with web.WebServer(routes) as server:
        yield server


@pytest.fixture
def recipe(fields, tmp_path):
    """A recipe of one source, which that repository holds."""
    (tmp_path / "laws.txt").write_text("".join(f"{path}\n" for path in TEXTS), "utf-8")
    content = to_jsonl({"path": path, "text": text} for path, text in TEXTS.items())
    source = {
        "name": "fetched",
        "file": "fetched.jsonl.xz",
        "sha256": sha256(content.encode()),
        "origin": "owner/laws at 0123abc",
        "repository": {"name": "owner/laws", "commit": "0123abc", "paths": "laws.txt"},
    }
    return PretrainingRecipe.model_validate({**fields, "sources": [source]})


def fetch(recipe, folder, site):
    fetch_sources(recipe, folder, folder, site=site.url("").rstrip("/"))


def test_files_at_their_commit_become_a_file_of_texts(recipe, site, tmp_path):
    fetch(recipe, tmp_path, site)
    found = read_source(recipe.sources[0], tmp_path)
    assert found == [Document(path, text) for path, text in TEXTS.items()]


def test_what_is_there_is_not_fetched_again(recipe, site, tmp_path):
    fetch(recipe, tmp_path, site)
    before = len(site.requests)
    fetch(recipe, tmp_path, site)
    assert len(site.requests) == before == len(TEXTS)


def test_a_file_that_is_gone_is_named(recipe, site, tmp_path):
    site.routes.clear()
    with pytest.raises(InputError, match=r"laws/0123abc/.*the server answers 404"):
        fetch(recipe, tmp_path, site)
    assert not (tmp_path / "fetched.jsonl.xz").exists()


def test_other_texts_are_refused(recipe, site, tmp_path):
    site.routes[quote("/owner/laws/0123abc/乙.md")] = web.page("第一条 丙。".encode(), "text/plain")
    with pytest.raises(MismatchError, match="not the one in the recipe"):
        fetch(recipe, tmp_path, site)
    assert not (tmp_path / "fetched.jsonl.xz").exists()


def test_what_cannot_be_fetched_is_said_before_anything_is(recipe, site, tmp_path):
    both = (*recipe.sources, recipe.sources[0].model_copy(update={"file": "b", "repository": None}))
    with pytest.raises(InputError, match="does not hold them as plain files"):
        fetch(recipe.model_copy(update={"sources": both}), tmp_path, site)
    assert not site.requests


def test_the_lists_of_the_recipes_are_in_the_room():
    sources = find_pretraining_recipe("bert-mini", room("baselines")).sources
    lists = [source.repository.paths for source in sources if source.repository]
    assert lists == ["laws.txt"]
    paths = (room("baselines") / "pretraining" / "laws.txt").read_text("utf-8").splitlines()
    assert len(paths) == len(set(paths)) == 3473
