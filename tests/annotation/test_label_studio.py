"""The road through a real Label Studio server."""

import os
import re
import shutil
import signal
import socket
import time
from contextlib import closing
from pathlib import Path

import jwt
import pytest

from commands import TOP, copy_checkout, run, run_copy
from fazhi._paths import room
from fazhi.annotation import (
    Item,
    Pushed,
    Server,
    Suggestion,
    label_config,
    local_server,
    prepare_environment,
    progress,
    pull,
    push,
    task_data,
    to_prediction,
    to_result,
)
from fazhi.corpus import layer_folders, read_annotations
from fazhi.errors import InputError, MismatchError, ServerError, UnknownName
from studio import Relay, Served, bare, items_of, listening, processes_of, tasks_of, uids
from webserver import WebServer, page

# the SDK's own
pytestmark = pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince20")

SECOND = "second@example.org"


@pytest.fixture(scope="session")
def report(gold):
    """The 26 annotated segments of the shortest report."""
    return [each for each in gold if each.segment.report == "xinxiang-2023"]


@pytest.fixture
def few(report):
    """Three of them; the second has a fact."""
    return report[:3]


def segments_of(examples):
    return [each.segment for each in examples]


def gold_of(examples):
    return [each.gold for each in examples]


def annotate(api, task, result, **more) -> int:
    """Adds an annotation as another program would; its number."""
    body = {"result": result, **more}
    reply = api.post(f"/api/tasks/{task['id']}/annotations/", json=body)
    assert reply.status_code == 201, reply.text
    return reply.json()["id"]


def shifted(result, by: int = 1):
    """A result with its first span shifted, its surface left as it was."""
    value = dict(result[0]["value"])
    value.update(start=value["start"] + by, end=value["end"] + by)
    return [{**result[0], "value": value}, *result[1:]]


class TestLayers:
    @pytest.mark.parametrize("layer", sorted(layer_folders(room("annotation"))))
    def test_all_reports_come_back_as_they_were_pushed(self, server, reports, title, layer):
        folder = room("annotation") / "layers" / layer
        segments, annotations = [], []
        for name, each in reports.items():
            segments += each.segments
            annotations += read_annotations(folder / f"{name}.jsonl", each.segments)
        items = [
            Item(task_data(segment, "报告"), to_result(annotation))
            for segment, annotation in zip(segments, annotations, strict=True)
        ]
        # 34 + 112 + 35 + 55 + 26 segments
        assert push(server, title, items) == Pushed(262, 262, 0)
        assert pull(server, title, segments) == annotations


class TestPush:
    def test_a_repetition_adds_nothing(self, server, title, report):
        assert push(server, title, items_of(report)) == Pushed(26, 26, 0)
        before = tasks_of(server, title)
        assert push(server, title, items_of(report)) == Pushed(0, 0, 0)
        assert tasks_of(server, title) == before

    def test_only_what_was_deleted_is_added_again(self, server, api, title, report):
        push(server, title, items_of(report))
        for task in tasks_of(server, title)[::2]:
            assert api.delete(f"/api/tasks/{task['id']}/").status_code == 204
        assert push(server, title, items_of(report)) == Pushed(13, 13, 0)
        assert pull(server, title, segments_of(report)) == gold_of(report)

    def test_blanks_around_a_title_make_no_second_project(self, server, title, few):
        push(server, f" {title} ", items_of(few))
        assert push(server, f"{title} ", items_of(few)) == Pushed(0, 0, 0)
        assert pull(server, f" {title}", segments_of(few)) == gold_of(few)

    def test_annotations_are_added_to_tasks_that_have_none(self, server, title, few):
        assert push(server, title, bare(items_of(few))) == Pushed(3, 0, 0)
        assert push(server, title, items_of(few)) == Pushed(0, 3, 0)
        assert push(server, title, items_of(few)) == Pushed(0, 0, 0)
        assert pull(server, title, segments_of(few)) == gold_of(few)

    def test_the_same_annotations_are_added_to_two_projects(self, server, title, few):
        for name in (title, f"{title} again"):
            push(server, name, bare(items_of(few)))
            assert push(server, name, items_of(few)) == Pushed(0, 3, 0)

    def test_an_annotation_that_was_cancelled_is_pushed_again(self, server, api, title, few):
        push(server, title, bare(items_of(few[:1])))
        push(server, title, items_of(few[:1]))
        ((found,),) = (each["annotations"] for each in tasks_of(server, title))
        api.patch(f"/api/annotations/{found['id']}/", json={"was_cancelled": True})
        assert push(server, title, items_of(few[:1])) == Pushed(0, 1, 0)
        assert pull(server, title, segments_of(few[:1])) == gold_of(few[:1])

    def test_no_annotation_passes_for_ground_truth(self, server, title, few):
        push(server, title, items_of(few[:2]))
        push(server, title, bare(items_of(few)))
        push(server, title, items_of(few))
        truths = [
            each["ground_truth"] for task in tasks_of(server, title) for each in task["annotations"]
        ]
        assert truths == [False] * 3


class TestPushIsRefused:
    """Everything that does not fit is listed, and nothing is added."""

    def refusal(self, server, title, items) -> list[str]:
        before = tasks_of(server, title)
        with pytest.raises(MismatchError) as caught:
            push(server, title, items)
        assert tasks_of(server, title) == before
        return str(caught.value).splitlines()

    def test_where_texts_and_annotations_differ(self, server, title, few):
        other = items_of(few)
        other[0].data["text"] += "。"
        other[1].annotation.pop()
        push(server, title, other[:2])
        assert self.refusal(server, title, items_of(few)) == [
            "2 tasks on the server are not as they should be:",
            "  xinxiang-2023-s001 has another text there. Push into a new project",
            "  xinxiang-2023-s002 is annotated otherwise there. Pull it first",
        ]

    def test_where_uids_are_doubled_or_missing(self, server, title, few):
        push(server, title, bare(items_of(few[:2])))
        (project,) = (each for each in server.projects() if each.title == title)
        doubled = {"data": task_data(few[0].segment, "报告")}
        server.import_tasks(project, [doubled, doubled, {"data": {"text": "法"}}])
        number = max(each["id"] for each in server.tasks(project))
        assert self.refusal(server, title, items_of(few)) == [
            "2 tasks on the server are not as they should be:",
            f"  task {number} has no uid",
            "  xinxiang-2023-s001 is there 3 times. Delete the later ones",
        ]
        with pytest.raises(MismatchError, match="xinxiang-2023-s001 is there 3 times"):
            pull(server, title, segments_of(few))

    def test_where_a_task_is_given_twice(self, server, title, few):
        push(server, title, items_of(few[:1]))
        lines = self.refusal(server, title, [*items_of(few), *items_of(few[1:])])
        assert lines[1:] == [
            "  xinxiang-2023-s002 is to be pushed 2 times",
            "  xinxiang-2023-s003 is to be pushed 2 times",
        ]

    def test_where_the_labelling_interface_is_another(self, server, title, few):
        server.create_project(title, label_config().replace("指标名", "指标"))
        (line,) = self.refusal(server, title, items_of(few))
        assert "has another labelling interface. Pull what it holds" in line

    def test_where_another_program_wrote_nonsense(self, server, api, title, few):
        push(server, title, bare(items_of(few)))
        annotate(api, tasks_of(server, title)[0], [{"a": 1}])
        assert "s001 is annotated otherwise" in self.refusal(server, title, items_of(few))[1]

    def test_where_two_projects_have_the_title(self, server, title, few):
        for _ in range(2):
            server.create_project(title, label_config())
        with pytest.raises(ServerError, match=f"2 projects are called '{title}'. Rename or"):
            push(server, title, items_of(few))


class TestBrokenConnections:
    """A push that was cut off, wherever it was, is completed by repeating it."""

    @pytest.fixture
    def relay(self, studio):
        with Relay(studio.credentials.url) as relay:
            yield relay

    def cut_off(self, studio, relay, title, items) -> None:
        with studio.server(relay.url) as server, pytest.raises(ServerError):
            push(server, title, items)

    def test_before_the_import_is_stored(self, studio, server, relay, title, report):
        relay.before = lambda request: request.endswith("/import")
        self.cut_off(studio, relay, title, items_of(report))
        assert tasks_of(server, title) == []
        assert push(server, title, items_of(report)) == Pushed(26, 26, 0)
        assert uids(tasks_of(server, title)) == [each.segment.id for each in report]

    def test_after_the_import_was_stored(self, studio, server, relay, title, report):
        relay.after = lambda request: request.endswith("/import")
        self.cut_off(studio, relay, title, items_of(report))
        assert uids(tasks_of(server, title)) == [each.segment.id for each in report]
        assert push(server, title, items_of(report)) == Pushed(0, 0, 0)
        assert pull(server, title, segments_of(report)) == gold_of(report)

    @pytest.fixture
    def two_tasks_a_request(self, monkeypatch):
        monkeypatch.setattr("fazhi.annotation._server._IMPORT", 2)

    @pytest.mark.usefixtures("two_tasks_a_request")
    def test_between_two_requests_of_an_import(self, studio, server, relay, title, few):
        requests = []

        def is_second(request: str) -> bool:
            requests.extend([request] if request.endswith("/import") else [])
            return len(requests) == 2

        relay.before = is_second
        self.cut_off(studio, relay, title, items_of(few))
        assert len(tasks_of(server, title)) == 2
        assert push(server, title, items_of(few)) == Pushed(1, 1, 0)
        assert uids(tasks_of(server, title)) == [each.segment.id for each in few]

    def test_after_an_annotation_was_stored(self, studio, server, relay, title, few):
        push(server, title, bare(items_of(few)))
        relay.after = lambda request: request.endswith("/annotations/")
        self.cut_off(studio, relay, title, items_of(few))
        assert push(server, title, items_of(few)) == Pushed(0, 2, 0)
        assert pull(server, title, segments_of(few)) == gold_of(few)

    def test_a_server_that_is_killed_in_mid_import(self, studio, title, gold, tmp_path):
        folder = tmp_path / "data"
        shutil.copytree(studio.template, folder)

        def kill(request: str) -> None:
            if request.endswith("/import"):
                time.sleep(0.5)  # an import of 262 tasks takes more than a second
                for each in processes_of(folder):
                    os.kill(each, signal.SIGKILL)

        with Served(studio.environment, folder) as served, Relay(served.credentials.url) as relay:
            relay.handed_on = kill
            self.cut_off(studio, relay, title, items_of(gold))
            assert served.wait() == 2
            assert "Label Studio stopped by itself" in served.errors
        with (
            Served(studio.environment, folder) as served,
            Server(served.credentials.url, served.credentials.api_key) as server,
        ):
            push(server, title, items_of(gold))
            assert uids(tasks_of(server, title)) == sorted(each.segment.id for each in gold)
            assert pull(server, title, segments_of(gold)) == gold_of(gold)


class TestPredictions:
    def suggested(
        self, examples, model: str = "rules 1", score: float | None = 0.75, keep: int = 9
    ):
        return [
            Item(
                task_data(each.segment, "报告"),
                suggestion=Suggestion(model, score, self.result(each, keep)),
            )
            for each in examples
        ]

    def result(self, example, keep: int):
        spans = [(each.start, each.end, each.label) for each in example.gold.entities[:keep]]
        return to_prediction(example.segment.text, spans, example.gold.role, None)

    def predictions(self, server, title):
        return [
            (each["model_version"], each["score"], each["result"])
            for task in tasks_of(server, title)
            for each in task["predictions"]
        ]

    def test_they_come_back_with_model_and_score(self, server, title, few):
        assert push(server, title, self.suggested(few)) == Pushed(3, 0, 3)
        assert self.predictions(server, title) == [
            ("rules 1", 0.75, self.result(each, 9)) for each in few
        ]

    def test_a_repetition_adds_none(self, server, title, few):
        push(server, title, self.suggested(few))
        before = self.predictions(server, title)
        assert push(server, title, self.suggested(few)) == Pushed(0, 0, 0)
        assert self.predictions(server, title) == before

    def test_the_same_model_replaces_what_has_changed(self, server, title, few):
        push(server, title, self.suggested(few))
        # the first segment has 1 entity, the second 7, the third none
        assert push(server, title, self.suggested(few, keep=1)) == Pushed(0, 0, 1)
        assert self.predictions(server, title) == [
            ("rules 1", 0.75, self.result(each, 1)) for each in few
        ]

    def test_another_model_stands_beside_it(self, server, title, few):
        push(server, title, self.suggested(few))
        assert push(server, title, self.suggested(few[:1], "crf 2", None)) == Pushed(0, 0, 1)
        found = [(model, score) for model, score, _ in self.predictions(server, title)]
        assert sorted(found[:2], key=str) == [("crf 2", None), ("rules 1", 0.75)]

    def test_they_are_no_annotations(self, server, title, few):
        push(server, title, self.suggested(few))
        with pytest.raises(MismatchError, match="xinxiang-2023-s001: it has no annotation"):
            pull(server, title, segments_of(few))

    @pytest.mark.parametrize("wrong", ["label", "score"])
    def test_the_server_refuses_bad_ones_and_stores_nothing(self, server, title, few, wrong):
        items = self.suggested(few, score=1.5 if wrong == "score" else 0.5)
        if wrong == "label":
            items[1].suggestion.result[0]["value"]["labels"] = ["AGENT"]
        with pytest.raises(ServerError, match="Score must be" if wrong == "score" else "AGENT"):
            push(server, title, items)
        assert tasks_of(server, title) == []


class TestPull:
    @pytest.fixture
    def tasks(self, server, title, few):
        """The tasks of the three segments, without annotations, in their order."""
        push(server, title, bare(items_of(few)))
        return sorted(tasks_of(server, title), key=lambda each: each["data"]["uid"])

    @pytest.fixture
    def annotate_as_second(self, api):
        """Annotates a task as a second annotator."""
        known = {each["email"]: each["id"] for each in api.get("/api/users/").json()}
        if SECOND not in known:
            reply = api.post("/api/users/", json={"email": SECOND, "username": "second"})
            assert reply.status_code == 201, reply.text
            known[SECOND] = reply.json()["id"]
        return lambda task, result: annotate(api, task, result, completed_by=known[SECOND])

    def refusal(self, server, title, examples, by=None) -> list[str]:
        with pytest.raises(MismatchError) as caught:
            pull(server, title, segments_of(examples), by)
        first, *lines = str(caught.value).splitlines()
        assert first == f"nothing is pulled, {len(lines)} things do not fit:"
        return lines

    def test_everything_that_does_not_fit_is_listed(self, server, api, title, tasks, few):
        annotate(api, tasks[0], shifted(to_result(few[0].gold)))
        annotate(api, tasks[1], shifted(to_result(few[1].gold), by=500))
        length = len(few[1].segment.text)
        start = few[1].gold.entities[0].start
        assert self.refusal(server, title, few) == [
            "  xinxiang-2023-s001: the span 1:8 is '乡市人民政府关', not '新乡市人民政府'",
            f"  xinxiang-2023-s002: the span {start + 500}:{start + 503} is empty or out of range "
            f"({length} long)",
            "  xinxiang-2023-s003: it has no annotation. Annotate it",
        ]

    @pytest.mark.parametrize("way", ["api", "session"])
    def test_a_span_that_was_shifted_on_the_server(self, studio, server, title, few, way):
        push(server, title, items_of(few))
        (found,) = (
            each["annotations"][0]
            for each in tasks_of(server, title)
            if each["data"]["uid"] == few[0].segment.id
        )
        with closing(getattr(studio, way)()) as client:
            reply = client.patch(
                f"/api/annotations/{found['id']}/", json={"result": shifted(found["result"])}
            )
            assert reply.status_code == 200, reply.text
        assert self.refusal(server, title, few) == [
            "  xinxiang-2023-s001: the span 1:8 is '乡市人民政府关', not '新乡市人民政府'"
        ]

    def test_a_text_that_is_no_longer_the_corpuss(self, server, title, few):
        others = items_of(few)
        others[2].data["text"] += " "
        push(server, title, others)
        assert self.refusal(server, title, few) == [
            "  xinxiang-2023-s003: its text there is not the corpus's"
        ]

    def test_a_segment_that_has_no_task(self, server, title, few):
        push(server, title, items_of(few[1:]))
        assert self.refusal(server, title, few) == ["  xinxiang-2023-s001: it has no task. Push it"]

    def test_cancelled_annotations_are_ignored(self, server, api, title, tasks, few):
        for task, each in zip(tasks, few, strict=True):
            annotate(api, task, shifted(to_result(few[0].gold)), was_cancelled=True)
            annotate(api, task, to_result(each.gold))
        assert pull(server, title, segments_of(few)) == gold_of(few)

    def test_several_annotators(self, server, title, tasks, few, annotate_as_second):
        own, other = few[0].gold, few[0].gold.model_copy(update={"entities": ()})
        push(server, title, items_of(few[:1]))
        annotate_as_second(tasks[0], to_result(other))
        first = few[:1]
        assert self.refusal(server, title, first) == [
            "  xinxiang-2023-s001: it has 2 annotations. Choose one annotator's with --by, "
            "or delete others"
        ]
        assert pull(server, title, segments_of(first), SECOND) == [other]
        assert pull(server, title, segments_of(first), "annotator@localhost.localdomain") == [own]
        with pytest.raises(UnknownName, match=f"Did you mean: {SECOND}"):
            pull(server, title, segments_of(first), "secnd@example.org")

    def test_one_annotator_with_two_annotations(self, server, api, title, tasks, few):
        for _ in range(2):
            annotate(api, tasks[0], to_result(few[0].gold))
        lines = self.refusal(server, title, few[:1], "annotator@localhost.localdomain")
        assert "it has 2 annotations" in lines[0]

    def test_a_project_that_is_not_there(self, server, few):
        with pytest.raises(ServerError, match="no project is called 'nowhere'"):
            pull(server, "nowhere", segments_of(few))


def address(studio) -> dict[str, str]:
    """The variables that lead commands to the server."""
    return {
        "LABEL_STUDIO_URL": studio.credentials.url,
        "LABEL_STUDIO_API_KEY": studio.credentials.api_key,
    }


class TestCommands:
    """`push`, `pull` and `status`."""

    @pytest.fixture
    def copy(self, tmp_path):
        return copy_checkout(tmp_path / "copy")

    def test_push_status_and_pull(self, studio, copy, title):
        report = ("--report", "xinxiang-2023")
        done = run(
            *("annotation", "push", "--project", title, "--layer", "a", *report, *report),
            *("--suggest", "rules"),
            **address(studio),
        )
        assert done.stdout == (
            f"Added 26 tasks, 26 annotations and 26 predictions to '{title}'.\n"
        ), done.stderr
        status = run("annotation", "status", **address(studio))
        assert status.stdout.startswith(f"Server: {studio.credentials.url}\n")
        rows = [line.replace("│", " ").split() for line in status.stdout.splitlines()]
        assert [*title.split(), "xinxiang-2023", "26", "26", "26"] in rows
        pulled = ("annotation", "pull", "--project", title, "--layer")
        new = run_copy(
            *(copy, *pulled, "trial", "--annotator", "person", "--method", "By hand."),
            **address(studio),
        )
        assert new.stdout == "Pulled 26 annotations of 1 reports into layer 'trial'.\n", new.stderr
        layers = copy / "annotation" / "layers"
        file = "xinxiang-2023.jsonl"
        assert (layers / "trial" / file).read_bytes() == (layers / "a" / file).read_bytes()
        assert 'annotator = "person"\n' in (layers / "trial" / "layer.toml").read_text("utf-8")
        # the adjudication lists what b says otherwise than a: s008, s011 and s020
        kept = (layers / "b" / file).read_bytes()
        refused = run_copy(copy, *pulled, "b", **address(studio))
        assert "3 segments of the layer 'b' would change" in refused.stderr
        assert (layers / "b" / file).read_bytes() == kept
        replaced = run_copy(copy, *pulled, "b", "--replace", **address(studio))
        assert replaced.returncode == 0, replaced.stderr
        assert (layers / "b" / file).read_bytes() == (layers / "a" / file).read_bytes()

    def test_nothing_is_written_where_a_span_was_shifted(self, studio, api, server, copy, title):
        run(
            *("annotation", "push", "--project", title, "--layer", "a"),
            *("--report", "xinxiang-2023", "--report", "puyangxian-2021"),
            **address(studio),
        )
        (found,) = (
            each["annotations"][0]
            for each in tasks_of(server, title)
            if each["data"]["uid"] == "xinxiang-2023-s001"
        )
        body = {"result": shifted(found["result"])}
        api.patch(f"/api/annotations/{found['id']}/", json=body)
        layer = copy / "annotation" / "layers" / "b"
        before = {path: path.read_bytes() for path in layer.iterdir()}
        for words in (("b",), ("new", "--annotator", "person", "--method", "By hand.")):
            done = run_copy(
                copy, "annotation", "pull", "--project", title, "--layer", *words, **address(studio)
            )
            assert done.returncode == 2
            assert done.stderr == (
                "Error: nothing is pulled, 1 things do not fit:\n"
                "  xinxiang-2023-s001: the span 1:8 is '乡市人民政府关', not '新乡市人民政府'\n"
            )
        assert {path: path.read_bytes() for path in layer.iterdir()} == before
        assert not (layer.parent / "new").exists()

    @pytest.mark.parametrize(
        ("words", "named"),
        [
            (("gold",), "an adjudication is not pulled"),
            (("a", "--annotator", "person", "--method", "x"), "another annotator or method"),
            (("new",), "the layer is new. Say who made it and how, with --annotator and --method"),
            (("new", "--annotator", "person"), "the layer is new"),
            (("new", "--annotator", "nobody", "--method", "x"), "no annotator is called 'nobody'"),
            (("../new", "--annotator", "person", "--method", "x"), "is no name of a layer"),
            (("b", "--project", "nowhere"), "no project is called 'nowhere'"),
        ],
    )
    def test_a_pull_that_cannot_be(self, studio, copy, words, named):
        done = run_copy(copy, "annotation", "pull", "--layer", *words, **address(studio))
        assert done.returncode == 2
        assert named in done.stderr
        assert not (copy / "annotation" / "new").exists()
        assert not (copy / "annotation" / "layers" / "new").exists()

    def test_the_local_server_is_found_by_its_credentials_file(self, studio, tmp_path):
        home = tmp_path / "fazhi" / "label-studio"
        home.mkdir(parents=True)
        lines = [f'{k} = "{v}"\n' for k, v in studio.credentials.model_dump().items()]
        (home / "credentials.toml").write_text("".join(lines), encoding="utf-8")
        done = run("annotation", "status", XDG_DATA_HOME=str(tmp_path))
        assert done.stdout.startswith(f"Server: {studio.credentials.url}\n"), done.stderr

    def test_half_an_address_is_refused(self, studio, tmp_path):
        known = address(studio)
        for name in known:
            done = run("annotation", "status", XDG_DATA_HOME=str(tmp_path), **{name: known[name]})
            assert done.returncode == 2
            assert "LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY are not both set" in done.stderr


def signed(**claims: object) -> str:
    """A key that no server has made."""
    return jwt.encode({"token_type": "refresh", **claims}, "k" * 32)


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("http://me:hunter2@127.0.0.1:1", "http://127.0.0.1:1: it holds a user name"),
        ("http://[::1", "it is no web address"),
        ("127.0.0.1:8080", "it is no web address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(url, named):
    with pytest.raises(ServerError) as caught:
        Server(url, "k" * 40)
    assert named in str(caught.value)
    assert "hunter2" not in str(caught.value)


class TestKeys:
    """An error is one line that does not show the key."""

    def refusal(self, url: str, key: str) -> str:
        with pytest.raises(ServerError) as caught, Server(url, key) as server:
            server.projects()
        message = str(caught.value)
        assert len(message.splitlines()) == 1
        for part in {key, key.strip(), *key.split("\n"), *key.split(".")} - {""}:
            assert part not in message.replace(url, "")
        return message

    @pytest.mark.parametrize(
        "key",
        [
            "",
            "garbage-of-a-key",
            "密钥密钥",
            "key-with-line\nbreak-in-it",
            " key-with-blank",
            signed(exp=2_000_000_000, jti="x"),
            signed(exp=1_000_000_000),
            signed(exp="soon"),
            signed(exp=10**20),
            signed(),
        ],
        ids=[
            *("empty", "garbage", "Chinese", "line break", "blank", "signed by another"),
            *("expired", "no number", "no date", "for ever"),
        ],
    )
    def test_a_key_that_is_refused(self, studio, key):
        message = self.refusal(studio.credentials.url, key)
        assert message.endswith("the key is refused (401). Set LABEL_STUDIO_API_KEY to a valid one")

    def test_no_server(self, studio):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{unused.getsockname()[1]}"
            message = self.refusal(url, studio.credentials.api_key)
        assert "Connection refused. Is the server running? Start one with fazhi annot" in message

    def test_no_address(self, studio):
        message = self.refusal("nonsense", studio.credentials.api_key)
        assert "nonsense: it is no web address. Set LABEL_STUDIO_URL" in message

    @pytest.mark.parametrize("body", [b"<p>hello</p>", b"[1]", b'{"results": 1}', b"null", b"\xff"])
    def test_a_server_of_another_kind(self, body):
        anything = page(body, "application/json")
        with WebServer({"/api/projects/?page=1&page_size=200": anything}) as site:
            message = self.refusal(site.url(""), "garbage-of-a-key")
        assert "what answers there is no Label Studio. Check LABEL_STUDIO_URL" in message

    @pytest.mark.parametrize("words", [(), ("--debug",)])
    def test_on_the_command_line(self, studio, words):
        key = signed(exp=2_000_000_000, jti="x")
        known = {"LABEL_STUDIO_URL": studio.credentials.url, "LABEL_STUDIO_API_KEY": key}
        done = run(*words, "annotation", "status", **known)
        assert done.returncode == (1 if words else 2)
        assert ("Traceback" in done.stderr) == bool(words)
        assert "the key is refused (401)" in done.stderr.splitlines()[-1]
        assert key not in done.stdout + done.stderr


def test_progress_counts_annotated_and_suggested_tasks(server, api, title, few):
    push(server, title, bare(items_of(few)))
    tasks = tasks_of(server, title)
    annotate(api, tasks[0], [])
    annotate(api, tasks[1], [], was_cancelled=True)
    ((row),) = (each for each in progress(server) if each.project == title)
    assert (row.report, row.tasks, row.annotated, row.suggested) == ("xinxiang-2023", 3, 1, 0)


class TestServe:
    @pytest.fixture
    def folder(self, studio, tmp_path):
        """A data folder of a server that was started before."""
        return Path(shutil.copytree(studio.template, tmp_path / "data"))

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_it_runs_until_it_is_told_to_stop(self, studio, folder, number):
        with Served(studio.environment, folder) as served:
            (process,) = processes_of(folder)
            # 127.0.0.1 in the kernel's order of bytes
            assert listening(process) == [f"0100007F:{served.port:04X}"]
            assert served.stop(number) == 0
        assert served.printed == (
            "Starting Label Studio; the first start takes a minute.\n"
            f"Label Studio: http://127.0.0.1:{served.port}\n"
            f"Credentials:  {folder / 'credentials.toml'}\n"
            "Stop it with Ctrl-C.\n"
            "Stopped.\n"
        )
        assert served.errors == ""
        assert processes_of(folder) == []
        for secret in (served.credentials.api_key, served.credentials.password):
            assert secret not in (folder / "server.log").read_text("utf-8")

    def test_it_signs_keys_with_a_secret_that_it_can_read_back(self, studio):
        """Not with one of its own drawing: that is added to the file, and may begin with $."""
        (line,) = (studio.template / "data" / ".env").read_text("utf-8").split()
        assert re.fullmatch(r"SECRET_KEY=[\w-]{60,}", line, re.ASCII)

    def test_it_stops_as_readily_in_the_background_of_a_shell(self, studio, folder):
        known = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell does; it is inherited
        try:
            with local_server(studio.environment / "bin" / "label-studio", folder) as running:
                assert running.process.poll() is None
        finally:
            signal.signal(signal.SIGINT, known)
        assert running.process.returncode == -signal.SIGTERM

    @pytest.mark.parametrize("name", ["credentials.toml", "data/label_studio.sqlite3", "data/.env"])
    def test_what_it_keeps_can_be_read_by_its_owner_alone(self, studio, name):
        assert (studio.template / name).stat().st_mode & 0o777 == 0o600

    def test_a_second_server_on_the_same_data_is_refused(self, studio, folder):
        with local_server(studio.environment / "bin" / "label-studio", folder) as running:
            before = (folder / "credentials.toml").read_bytes()
            second = ("--data", folder, "--environment", studio.environment, "--port", "0")
            done = run("annotation", "serve", *second)
            assert done.returncode == 2
            assert f"a server runs on {folder} already" in done.stderr
            assert (folder / "credentials.toml").read_bytes() == before
            assert running.process.poll() is None
        assert folder.stat().st_mode & 0o777 == 0o700

    def test_its_port_is_free_again_at_once(self, studio, folder):
        with (
            Served(studio.environment, folder) as served,
            studio.server(served.credentials.url) as server,
        ):
            server.projects()
            served.stop(signal.SIGHUP)  # while a connection is open
        assert processes_of(folder) == []
        with Served(studio.environment, folder, port=served.port) as again:
            assert again.port == served.port

    def test_nobody_else_can_sign_up(self, studio, api):
        with closing(studio.browser()) as stranger:
            form = {"email": "stranger@example.org", "password": "long-enough-1"}
            assert stranger.post("/user/signup/", data=form).status_code == 403
        assert "stranger" not in api.get("/api/users/").text

    def test_it_sends_no_telemetry(self, studio):
        with closing(studio.browser()) as stranger:
            shown = stranger.get("/user/login/").text
        assert "APP_SETTINGS.collect_analytics = false;" in shown

    def test_a_port_that_is_taken(self, studio, tmp_path):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            done = run(
                *("annotation", "serve", "--environment", studio.environment),
                *("--data", tmp_path / "data", "--port", port),
            )
        assert done.returncode == 2
        assert f"Error: port {port} of 127.0.0.1 cannot be used" in done.stderr
        assert processes_of(tmp_path / "data") == []


def test_data_inside_the_repository_are_refused():
    done = run("annotation", "serve", "--data", TOP / "annotation" / "server")
    assert done.returncode == 2
    assert "is inside the repository, and would hold a key" in done.stderr
    assert not (TOP / "annotation" / "server").exists()


def test_a_folder_that_holds_something_else_is_no_place_for_the_environment(tmp_path):
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="is no environment with Label Studio"):
        prepare_environment(tmp_path)
    assert (tmp_path / "mine.txt").read_text("utf-8") == "x"


def test_an_environment_with_another_version_is_refused(tmp_path):
    packages = tmp_path / "lib" / "python3.11" / "site-packages"
    (packages / "label_studio-1.20.0.dist-info").mkdir(parents=True)
    metadata = "Metadata-Version: 2.1\nName: label-studio\nVersion: 1.20.0\n"
    (packages / "label_studio-1.20.0.dist-info" / "METADATA").write_text(metadata, "utf-8")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "label-studio").touch()
    with pytest.raises(InputError, match=r"holds label-studio 1\.20\.0, not"):
        prepare_environment(tmp_path)
