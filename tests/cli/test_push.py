"""`corpus push`: what is listed is what goes, and nothing goes that is not as it should be."""

import re

import pytest

from commands import TOP, copy_checkout, run, run_copy
from fazhi import __version__
from fazhi.corpus import read_front_matter, read_gold_card
from hub import REPO, Hub

CORPUS = TOP / "corpus"


@pytest.fixture(scope="module")
def listed():
    """What a dry run prints, where no server can be reached and no token is known."""
    done = run("corpus", "push", "--repo", REPO, "--dry-run", HF_ENDPOINT="http://127.0.0.1:1")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the checkout's sources, in which each test restores what it harms."""
    return copy_checkout(tmp_path_factory.mktemp("push") / "copy")


@pytest.fixture
def hub():
    with Hub() as hub:
        yield hub


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def uploaded(home):
    """What the Hub got, and what the command printed."""
    with Hub() as hub:
        words = ["--debug", "corpus", "push", "--repo", REPO]
        done = run(*words, HF_HOME=str(home), **hub.environment)
    assert done.returncode == 0, done.stderr
    return hub, done


def file_of(name):
    """Where a file of the dataset repository comes from."""
    folder = TOP / "annotation" if name == "guidelines.md" else CORPUS
    return folder / name


def sizes(listed):
    """The files of a listing with their sizes."""
    rows = (line.replace("│", " ").split() for line in listed.splitlines())
    return {
        row[0]: int(row[1].replace(",", ""))
        for row in rows
        if len(row) == 2 and row[1][0].isdigit()
    }


class TestDryRun:
    def test_every_file_is_listed_with_its_size(self, listed):
        found = sizes(listed)
        assert found == {name: file_of(name).stat().st_size for name in found}

    def test_all_that_a_user_needs_is_among_them(self, listed):
        found = set(sizes(listed))
        front = read_front_matter(CORPUS / "README.md")
        data = {file.path for config in front.configs for file in config.data_files}
        raw = {f"raw/{path.name}" for path in (CORPUS / "raw").iterdir()}
        made_up = {f"synthetic/{path.name}" for path in (CORPUS / "synthetic").iterdir()}
        pages = {"README.md", "LICENSE", "croissant.json", "sources.toml", "ERRATA.md"}
        others = {"data/checksums", "labels.png", "guidelines.md"}
        assert found >= data | raw | made_up | pages | others

    def test_the_sum_is_that_of_the_files(self, listed):
        found = sizes(listed)
        total = re.search(r"(\d+) files\s*│\s*([\d,]+)", listed)
        assert total
        assert int(total[1]) == len(found)
        assert int(total[2].replace(",", "")) == sum(found.values())

    def test_it_says_that_nothing_was_uploaded(self, listed):
        assert "Nothing was uploaded" in listed

    def test_what_does_not_belong_to_the_dataset_stays_and_is_named(self, copy):
        others = [copy / "corpus" / name for name in (".DS_Store", "notes.txt", "raw/.cache")]
        for path in others:
            path.write_text("mine", "utf-8")
        done = run_copy(copy, "corpus", "push", "--repo", REPO, "--dry-run")
        for path in others:
            path.unlink()
        assert "Stay here: .DS_Store, notes.txt, raw/.cache" in done.stdout
        assert not {".DS_Store", "notes.txt", "raw/.cache"} & set(sizes(done.stdout))


class TestRefused:
    """Before anything is listed, and without a server."""

    def refused(self, copy, **environment):
        done = run_copy(copy, "corpus", "push", "--repo", REPO, **environment)
        assert done.returncode == 2
        assert done.stdout == ""
        return done.stderr

    @pytest.mark.parametrize("name", ["fazhi", "owner/", "a/b/c", "owner/na me", "https://hf.co/a"])
    def test_a_name_that_is_no_repository(self, name):
        done = run("corpus", "push", "--repo", name)
        assert done.returncode == 2
        assert "write it as owner/name" in done.stderr

    @pytest.mark.parametrize(
        ("file", "old", "new", "reason"),
        [
            ("README.md", "| reports | 2 |", "| reports | 3 |", "README.md: its generated part"),
            ("README.md", "license: cc-by-4.0", "license: [", "README.md: invalid YAML"),
        ],
    )
    def test_what_is_not_as_it_should_be(self, copy, file, old, new, reason):
        path = copy / "corpus" / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        message = self.refused(copy)
        path.write_text(text, "utf-8")
        assert reason in message

    def test_a_picture_of_other_labels(self, copy):
        path = copy / "corpus" / "labels.png"
        data = path.read_bytes()
        path.write_bytes(data.replace(b'"train": 16', b'"train": 17', 1))
        message = self.refused(copy)
        path.write_bytes(data)
        assert "labels.png shows other figures. Run: fazhi figures" in message

    def test_a_missing_file(self, copy):
        path = copy / "corpus" / "LICENSE"
        text = path.read_text("utf-8")
        path.unlink()
        message = self.refused(copy)
        path.write_text(text, "utf-8")
        assert "LICENSE: there is no such file" in message


class TestUpload:
    """Through the client of the Hub, over HTTP, to a stand-in for the Hub on this machine."""

    def test_what_goes_is_what_was_listed_byte_for_byte(self, uploaded, listed):
        (commit,) = uploaded[0].commits
        assert commit["files"] == {name: file_of(name).read_bytes() for name in sizes(listed)}
        assert commit["branch"] == "main"

    def test_the_commit_names_both_versions(self, uploaded):
        (commit,) = uploaded[0].commits
        version = read_gold_card(TOP / "annotation").version
        assert commit["summary"] == f"fazhi {__version__}, gold {version}"

    def test_the_address_of_the_commit_is_shown(self, uploaded):
        assert f"/datasets/{REPO}/commit/" in uploaded[1].stdout

    def test_the_hub_is_asked_whether_the_card_is_valid(self, uploaded):
        assert uploaded[0].cards == [(CORPUS / "README.md").read_text("utf-8")]

    def test_the_token_is_neither_shown_nor_stored(self, uploaded, home):
        hub, done = uploaded
        assert hub.token not in done.stdout + done.stderr
        stored = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
        assert not any(hub.token.encode() in each for each in stored)

    def test_a_repository_is_public_unless_it_is_said(self, uploaded):
        (created,) = uploaded[0].created
        assert created["type"] == "dataset"
        assert (created["organization"], created["name"]) == tuple(REPO.split("/"))
        assert not self.is_private(created)

    def is_private(self, created):
        return created.get("visibility") == "private" or created.get("private") is True

    def test_a_private_repository_and_a_branch(self, hub, tmp_path):
        words = ["corpus", "push", "--repo", REPO, "--private", "--branch", "next"]
        run(*words, HF_HOME=str(tmp_path), **hub.environment)
        assert self.is_private(hub.created[0])
        assert hub.commits[0]["branch"] == "next"

    def test_a_token_that_the_hub_refuses(self, hub, tmp_path):
        environment = {**hub.environment, "HF_TOKEN": "hf_other", "HF_HOME": str(tmp_path)}
        done = run("corpus", "push", "--repo", REPO, **environment)
        assert done.returncode == 2
        assert "failed (" in done.stderr
        assert "401" in done.stderr
        assert "hf_other" not in done.stderr
        assert hub.commits == []

    def test_without_a_token_nothing_is_sent(self, hub, tmp_path):
        environment = {**hub.environment, "HF_TOKEN": "", "HF_HOME": str(tmp_path)}
        done = run("corpus", "push", "--repo", REPO, **environment)
        assert done.returncode == 2
        assert "no token for the Hub is known. Run: hf auth login" in done.stderr
        assert hub.requests == []

    def test_a_server_that_cannot_be_reached(self, hub, tmp_path):
        environment = {**hub.environment, "HF_ENDPOINT": "http://127.0.0.1:1"}
        done = run("corpus", "push", "--repo", REPO, HF_HOME=str(tmp_path), **environment)
        assert done.returncode == 2
        assert "Error: the upload to http://127.0.0.1:1 failed (" in done.stderr
        assert "Traceback" not in done.stderr
