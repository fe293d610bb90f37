"""The whole road of a further report: from a file or an address into the dataset."""

import json
import re
import shlex
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import webserver as web
from commands import TOP, light_copy, run_copy
from documents import around, as_docx, as_page, as_pdf, as_text, links
from fazhi.annotation import to_result
from fazhi.corpus import Annotation, Entity, Fact, Span, read_reports, value_of
from studio import tasks_of

# the SDK's own
pytestmark = pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince20")

ISSUER = ("--issuer", "青禾县人民政府", "--year", "2022")
TITLE = "road"

DATASET = """
import json, datasets
found = datasets.load_dataset("corpus", "facts", cache_dir="cache")
rows = found["contributed"] if "contributed" in found else []
print(json.dumps({
    "splits": {name: len(each) for name, each in found.items()},
    "reports": sorted({row["report"] for row in rows}),
    "facts": [row["facts"] for row in rows if row["report"] == "qinghe-2022"],
}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return light_copy(tmp_path_factory.mktemp("road") / "copy")


@pytest.fixture(scope="module")
def site():
    wrong = web.page(as_page(charset="gb2312").encode("gb18030"), "text/html; charset=utf-8")
    routes = {
        "/old": web.redirect("/report.html"),
        "/report.html": wrong,
        "/navigation": web.page(around(links(["政务公开"] * 40)).encode()),
        "/huge": web.long(200_000_000),
    }
    with web.WebServer(routes) as site:
        yield site


def address(studio) -> dict[str, str]:
    """The variables that lead to the server."""
    known = studio.credentials
    return {"LABEL_STUDIO_URL": known.url, "LABEL_STUDIO_API_KEY": known.api_key}


def added(copy: Path, where: Path | str, *more: str):
    return run_copy(copy, "corpus", "add", str(where), *ISSUER, *more, NO_PROXY="127.0.0.1")


def by_hand(segment) -> Annotation:
    """An annotation of a made-up report as its reader would make it."""
    role = {"title": "title", "heading": "heading", "closing": "other"}.get(segment.kind, "work")
    metrics = [Span(start=i, end=i + 3, text="63件") for i in found("63件", segment.text)]
    agencies = found("县司法局", segment.text)
    entities = [
        Entity(start=i, end=i + 4, text="县司法局", label="AGENCY", kind="government")
        for i in agencies
    ] + [Entity(**each.model_dump(), label="METRIC", kind="count") for each in metrics]
    named = "行政复议申请"
    facts = [
        Fact(metric=each, indicator=span(named, segment.text), value=value_of(each.text))
        for each in metrics
    ]
    return Annotation(
        id=segment.id,
        entities=tuple(sorted(entities, key=lambda each: each.start)),
        facts=tuple(facts),
        role=role,
        topic="general" if role in ("heading", "work") else None,
    )


def found(needle: str, text: str) -> list[int]:
    return [i for i in range(len(text)) if text.startswith(needle, i)]


def span(surface: str, text: str) -> Span:
    start = text.index(surface)
    return Span(start=start, end=start + len(surface), text=surface)


def test_a_report_of_each_kind_of_file_walks_the_whole_road(studio, copy, site, tmp_path):
    files = {"text": as_text().encode(), "docx": as_docx(), "pdf": as_pdf()}
    for media, data in files.items():
        path = tmp_path / f"report.{media}"
        path.write_bytes(data)
        done = added(copy, path, "--id", f"{media}-2022")
        assert done.stdout.startswith(f"Added {media}-2022: 25 segments"), done.stderr
        assert ("Is it the same report?" in done.stderr) == (media != "text")
    done = added(copy, site.url("/old"))
    assert done.stdout.startswith("Added qinghe-2022: 25 segments, pre-annotated by crf and")
    assert done.stderr.count("Is it the same report?") == 3
    reports = {each.source.id: each for each in read_reports(copy / "corpus")}
    new = [reports[f"{media}-2022"] for media in (*files, "qinghe")]
    assert len({tuple(each.text for each in report.segments) for report in new}) == 1
    assert new[-1].source.source == site.url("/report.html")

    built = run_copy(copy, "corpus", "build", "--check")
    assert built.returncode == 0, built.stderr

    done = run_copy(copy, "annotation", "push", "--queued", "--project", TITLE, **address(studio))
    assert "Added 100 tasks, 0 annotations and 100 predictions" in done.stdout, done.stderr
    refused = pull(copy, studio)
    assert refused.returncode == 2
    assert "holds no annotation" in refused.stderr

    annotate_by_hand(studio, new)
    done = pull(copy, studio)
    assert done.stdout == "Pulled 100 annotations of 4 reports into layer 'contributed'.\n", (
        done.stderr
    )
    assert not list((copy / "annotation" / "queue").glob("*"))

    done = run_copy(copy, "corpus", "build")
    assert done.returncode == 0, done.stderr
    assert run_copy(copy, "corpus", "build", "--check").returncode == 0
    loaded = run_python(copy, tmp_path)
    # the benchmark's splits are what they were; all four reports are beside them
    del loaded["splits"]["synthetic"]
    assert loaded["splits"] == {"train": 90, "validation": 34, "test": 138, "contributed": 100}
    assert loaded["reports"] == ["docx-2022", "pdf-2022", "qinghe-2022", "text-2022"]
    (fact,) = [fact for facts in loaded["facts"] for fact in facts]
    assert fact["metric"]["text"] == "63件"
    assert fact["indicator"]["text"] == "行政复议申请"
    assert fact["value"] == {"low": 63, "high": 63, "unit": "件", "approximate": False}
    shown = run_copy(copy, "corpus", "show", "qinghe-2022")
    assert "\n= 63件 | 行政复议申请 | 63 件\n" in shown.stdout
    counted = run_copy(copy, "corpus", "info")
    assert "contributed" not in counted.stdout


def pull(copy: Path, studio):
    described = ("--annotator", "person", "--method", "Made up for a test.")
    words = ("annotation", "pull", "--project", TITLE, "--layer", "contributed", *described)
    return run_copy(copy, *words, **address(studio))


def annotate_by_hand(studio, reports, title: str = TITLE) -> None:
    """Annotates every task that waits through the server's own interface."""
    segments = {segment.id: segment for each in reports for segment in each.segments}
    with studio.server() as server, closing(studio.api()) as api:
        for task in tasks_of(server, title):
            if task["annotations"]:
                continue
            result = to_result(by_hand(segments[task["data"]["uid"]]))
            reply = api.post(f"/api/tasks/{task['id']}/annotations/", json={"result": result})
            assert reply.status_code == 201


def run_python(copy: Path, folder: Path) -> dict:
    """What `datasets` loads from the copy."""
    done = subprocess.run(
        [sys.executable, "-c", DATASET.replace('"corpus"', repr(str(copy / "corpus")), 1)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/nothing", "404"),
        ("/navigation", "navigation"),
        ("/huge", "more than 20,000,000 bytes"),
    ],
)
def test_what_is_no_report_is_refused_and_leaves_nothing(path, named, copy, site):
    before = (copy / "corpus" / "sources.toml").read_bytes()
    done = added(copy, site.url(path), "--id", "nothing-2022")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
    assert named in done.stderr
    assert (copy / "corpus" / "sources.toml").read_bytes() == before
    assert not list((copy / "corpus" / "raw").rglob("nothing*"))
    assert site.sent < 60_000_000


def test_the_commands_of_the_readme_lead_along_the_road(studio, tmp_path):
    text = (TOP / "annotation" / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```bash\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    commands = [shlex.split(line) for block in blocks for line in block.splitlines()]
    assert commands.pop(0) == ["fazhi", "annotation", "serve"]  # tested by itself
    copy = light_copy(tmp_path / "copy")
    (tmp_path / "report.pdf").write_bytes(as_pdf())
    for fazhi, *words in commands:
        assert fazhi == "fazhi"
        if "pull" in words:
            annotate_by_hand(studio, read_reports(copy / "corpus"), "mine")
        words = [str(tmp_path / word) if word == "report.pdf" else word for word in words]
        done = run_copy(copy, *words, **address(studio))
        assert done.returncode == 0, (words, done.stderr)
    for layer, report in (("mine", "xincai-2022"), ("contributed", "moxian-2024")):
        assert (copy / "annotation" / "layers" / layer / f"{report}.jsonl").exists()
    contributed = copy / "annotation" / "layers" / "contributed"
    assert not (contributed / "xincai-2022.jsonl").exists()
    assert (copy / "corpus" / "data" / "facts-contributed.parquet").exists()
