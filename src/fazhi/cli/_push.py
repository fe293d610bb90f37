"""`fazhi corpus push`: the corpus on the Hugging Face Hub."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._app import need_checkout
from fazhi.cli._corpus import corpus_app

if TYPE_CHECKING:
    from fazhi.cli._grids import Grid
    from fazhi.corpus import Upload

_REPO = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*", re.ASCII)


@corpus_app.command("push")
def push(
    repo: Annotated[str, typer.Option("--repo", help="The dataset repository: owner/name.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check all and list what would go; upload nothing.")
    ] = False,
    private: Annotated[
        bool, typer.Option("--private", help="Make a new repository private.")
    ] = False,
    branch: Annotated[
        str | None, typer.Option("--branch", help="Upload to this branch, made where missing.")
    ] = None,
) -> None:
    """Upload corpus/ to the Hugging Face Hub, as the user of hf auth login or HF_TOKEN.

    Example: fazhi corpus push --repo owner/name --dry-run
    """
    from fazhi import __version__
    from fazhi.cli._corpus_files import check_corpus
    from fazhi.cli._draw import print_grids
    from fazhi.cli._figures import picture_of_labels
    from fazhi.cli._picture import check_pictures
    from fazhi.cli._splits import gold_version
    from fazhi.corpus import Target, check_pages, plan_upload, upload

    if not _REPO.fullmatch(repo):
        raise typer.BadParameter(f"{repo!r} is no repository; write it as owner/name")
    top = need_checkout("upload the corpus")
    check_corpus(top)
    check_pictures("figures", picture_of_labels(top))
    corpus = top / "corpus"
    check_pages(corpus)
    plan = plan_upload(corpus)
    print_grids(_file_grid(plan))
    if plan.others:
        typer.echo(f"Stay here: {', '.join(map(str, plan.others))}")
    if dry_run:
        typer.echo(f"Nothing was uploaded. Without --dry-run these go to {repo}.")
        return
    message = f"fazhi {__version__}, gold {gold_version()}"
    address = upload(plan.files, Target(repo, private, branch), message)
    typer.echo(f"Uploaded: {address}")


def _file_grid(plan: "Upload") -> "Grid":
    """The files that go, with their sizes, and their sum."""
    from fazhi.cli._grids import Grid

    sizes = {name: path.stat().st_size for name, path in plan.files.items()}
    rows = tuple((name, f"{size:,}") for name, size in sizes.items())
    total = (f"{len(sizes)} files", f"{sum(sizes.values()):,}")
    return Grid("Upload", ("file", "bytes"), (*rows, total))
