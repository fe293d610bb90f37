"""The corpus on the Hugging Face Hub: what is uploaded, whether it is valid, and the upload."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fazhi.corpus._croissant import CROISSANT
from fazhi.corpus._front_matter import read_front_matter
from fazhi.errors import InputError, MissingExtra, ServerError

CARD = "README.md"
_PUBLISHED = (
    CARD,
    "LICENSE",
    CROISSANT,
    "labels.png",
    "segment.svg",
    "data/*.parquet",
    "data/checksums",
    "sources.toml",
    "raw/*",
    "synthetic/*.txt",
    "synthetic/*.toml",
    "glosses.toml",
    "ERRATA.md",
    "errata.jsonl",
    "versions.jsonl",
)
"""What belongs to the dataset; whatever else lies in the folder is not uploaded."""
_BESIDE = {"guidelines.md": "annotation/guidelines.md"}
"""What else a reader of the Hub needs: its name there, and where it is in the checkout."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What an upload is made of."""

    files: Mapping[str, Path]
    """The files that go, by their path in the dataset repository, sorted."""
    others: tuple[Path, ...]
    """The files that lie there and do not go."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an upload goes."""

    repo: str
    """The dataset repository, `owner/name`; made where it is not there."""
    private: bool = False
    """Whether a new repository is private."""
    branch: str | None = None
    """The branch, made where it is not there; the main one for None."""


def plan_upload(corpus: Path) -> Upload:
    """What of a corpus room goes to the Hub.

    Raises:
        InputError: a file that the dataset needs is missing.
    """
    wanted = [path for pattern in _PUBLISHED for path in _found(corpus, pattern)]
    present = {path for path in corpus.rglob("*") if path.is_file()}
    files = {path.relative_to(corpus).as_posix(): path for path in wanted}
    for name, place in _BESIDE.items():
        (files[name],) = _found(corpus.parent, place)
    others = sorted(path.relative_to(corpus) for path in present.difference(wanted))
    return Upload(dict(sorted(files.items())), tuple(others))


def _found(folder: Path, pattern: str) -> list[Path]:
    found = [path for path in folder.glob(pattern) if not path.name.startswith(".")]
    if not found:
        remedy = "Restore it, or run: fazhi corpus build"
        raise InputError("there is no such file", path=folder / pattern, remedy=remedy)
    return found


def check_pages(corpus: Path) -> None:
    """Checks, offline, that the card and `croissant.json` are what their readers accept.

    Raises:
        InputError: one of them is not.
        MissingExtra: mlcroissant is not installed.
    """
    files = plan_upload(corpus).files
    for config in read_front_matter(corpus / CARD).configs:
        for each in config.data_files:
            if each.path not in files:
                raise InputError(
                    f"lists {each.path}, which is no file of the dataset",
                    path=corpus / CARD,
                    remedy="Run: fazhi corpus build",
                )
    _check_croissant(corpus / CROISSANT)


def _check_croissant(path: Path) -> None:
    try:
        from mlcroissant import Dataset, ValidationError
    except ImportError:
        raise MissingExtra("report", "mlcroissant") from None
    remedy = "Run: fazhi corpus build"
    try:
        issues = Dataset(jsonld=path).metadata.issues
    except (ValidationError, ValueError) as error:
        raise InputError(f"no valid Croissant ({error})", path=path, remedy=remedy) from None
    if issues.errors or issues.warnings:
        raise InputError(f"no valid Croissant ({issues.report()})", path=path, remedy=remedy)


def upload(files: Mapping[str, Path], target: Target, message: str) -> str:
    """Uploads files in one commit, to a repository that is made where it is not there.

    The token is the one that huggingface_hub finds: HF_TOKEN, or that of `hf auth login`.

    Args:
        files: the files, by their path in the repository.
        target: where they go.
        message: the title of the commit.

    Returns:
        The address of the commit.

    Raises:
        ServerError: no token is known, or the Hub cannot be reached or refuses.
    """
    from huggingface_hub import CommitOperationAdd, HfApi, get_token

    if not get_token():
        raise ServerError("no token for the Hub is known. Run: hf auth login; or set HF_TOKEN")
    api, kind = HfApi(library_name="fazhi"), "dataset"
    additions = [CommitOperationAdd(name, path) for name, path in files.items()]
    try:
        api.create_repo(target.repo, repo_type=kind, private=target.private, exist_ok=True)
        if target.branch:
            api.create_branch(target.repo, repo_type=kind, branch=target.branch, exist_ok=True)
        commit = api.create_commit(
            target.repo,
            additions,
            commit_message=message,
            repo_type=kind,
            revision=target.branch,
        )
    # the client lets through the errors of its HTTP library, which is another in each version
    except Exception as error:
        reason = " ".join(str(error).split())
        raise ServerError(f"the upload to {api.endpoint} failed ({reason})") from error
    return str(commit.commit_url)
