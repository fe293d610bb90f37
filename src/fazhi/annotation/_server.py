"""A Label Studio server, local or elsewhere, through its SDK.

The rest of the package sees tasks as plain dictionaries and failures as ServerError.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from fazhi._address import host_of, without_login
from fazhi.errors import MissingExtra, ServerError

if TYPE_CHECKING:
    from label_studio_sdk.core.request_options import RequestOptions

Task = dict[str, Any]
"""A task as the server gives it, with `id`, `data`, `annotations` and `predictions`."""

_PAGE = 200
_IMPORT = 500
_SECONDS = 60.0
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_ONCE: "RequestOptions" = {"max_retries": 0, "timeout": 600.0}
"""A request that must not be repeated unseen: the first one may have been stored."""
_NO_LABEL_STUDIO = "what answers there is no Label Studio. Check LABEL_STUDIO_URL"
_KEY_REFUSED = "the key is refused (401). Set LABEL_STUDIO_API_KEY to a valid one"


@dataclass(frozen=True, slots=True)
class Project:
    """A project on the server."""

    id: int
    """Its number."""
    title: str
    """Its title."""
    label_config: str
    """Its labelling interface."""


class Server:
    """A connection to a server; as a context manager it is closed at the end."""

    def __init__(self, url: str, key: str):
        """Connects lazily: the first request tells whether the server is there.

        Raises:
            MissingExtra: the SDK is not installed.
            ServerError: the address is none or holds a password, or the key is no key, or has
                expired.
        """
        try:
            import httpx
            from label_studio_sdk import LabelStudio
            from label_studio_sdk.core.api_error import ApiError
        except ImportError:
            raise MissingExtra("annotate", "label-studio-sdk") from None
        self.url = without_login(url).rstrip("/")
        host = host_of(url)
        if host is None or self.url != url.rstrip("/"):
            what = "holds a user name" if host else "is no web address"
            raise ServerError(f"{self.url}: it {what}. Set LABEL_STUDIO_URL to the address alone")
        if not (key.isascii() and key.isprintable() and key.strip() == key != ""):
            raise ServerError(f"{self.url}: {_KEY_REFUSED}")
        through_proxy = host not in _LOOPBACK
        self._connection = httpx.Client(
            timeout=_SECONDS, follow_redirects=True, trust_env=through_proxy
        )
        try:
            self._client: Any = LabelStudio(  # type: ignore[no-untyped-call]
                base_url=self.url, api_key=key, httpx_client=self._connection
            )
        except (ApiError, ValueError, TypeError, OverflowError):
            raise ServerError(f"{self.url}: {_KEY_REFUSED}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @contextmanager
    def _errors(self, action: str) -> Iterator[None]:
        import httpx
        from label_studio_sdk.core.api_error import ApiError

        try:
            yield
        except ApiError as error:
            raise ServerError(
                f"{self.url}: could not {action}: {_reason(error.status_code, error.body)}"
            ) from None
        except httpx.HTTPError as error:
            reason = str(error).rstrip(".") or type(error).__name__
            raise ServerError(
                f"{self.url}: could not {action}: {reason}. "
                "Is the server running? Start one with fazhi annotation serve"
            ) from None
        except (ValueError, TypeError, AttributeError, OverflowError):
            raise ServerError(f"{self.url}: could not {action}: {_NO_LABEL_STUDIO}") from None

    def projects(self) -> list[Project]:
        """All projects that the key may see."""
        with self._errors("list the projects"):
            found = list(self._client.projects.list(page_size=_PAGE))
        return [Project(each.id, each.title or "", each.label_config or "") for each in found]

    def create_project(self, title: str, label_config: str) -> Project:
        """A new project with a labelling interface."""
        with self._errors(f"create the project {title!r}"):
            made = self._client.projects.create(
                title=title,
                label_config=label_config,
                show_collab_predictions=True,
                request_options=_ONCE,
            )
        return Project(made.id, title, label_config)

    def tasks(self, project: Project) -> list[Task]:
        """All tasks of a project with the bodies of their annotations and predictions."""
        with self._errors(f"list the tasks of {project.title!r}"):
            pages = self._client.tasks.list(project=project.id, fields="all", page_size=_PAGE)
            return [_plain(each) for each in pages]

    def import_tasks(self, project: Project, tasks: Sequence[Task]) -> None:
        """Imports tasks; each request is stored whole or not at all, and never repeated."""
        for start in range(0, len(tasks), _IMPORT):
            with self._errors(f"import tasks into {project.title!r}"):
                self._client.projects.import_tasks(
                    project.id,
                    request=list(tasks[start : start + _IMPORT]),
                    request_options=_ONCE,
                )

    def annotate(self, task: int, result: list[dict[str, Any]], unique_id: str) -> None:
        """Adds an annotation to a task; a unique id that is there already is refused."""
        options: RequestOptions = {
            **_ONCE,
            "additional_body_parameters": {"unique_id": unique_id},
        }
        with self._errors(f"annotate task {task}"):
            self._client.annotations.create(
                task, result=result, ground_truth=False, request_options=options
            )

    def predict(
        self, task: int, result: list[dict[str, Any]], model: str, score: float | None
    ) -> None:
        """Adds a model's prediction to a task."""
        with self._errors(f"add a prediction to task {task}"):
            self._client.predictions.create(
                task=task, result=result, model_version=model, score=score, request_options=_ONCE
            )

    def forget_prediction(self, prediction: int) -> None:
        """Removes a prediction."""
        with self._errors(f"remove prediction {prediction}"):
            self._client.predictions.delete(prediction)

    def users(self) -> dict[int, str]:
        """The e-mail address of each user, by number."""
        with self._errors("list the users"):
            return {each.id: each.email or "" for each in self._client.users.list()}


def _plain(task: Any) -> Task:
    value: Task = json.loads(task.json())
    return value


def _reason(status: int | None, body: object) -> str:
    """The server's own words, without headers, which may hold a session."""
    if status == 401:
        return _KEY_REFUSED
    if status is None or status < 400:
        return _NO_LABEL_STUDIO
    if isinstance(body, dict):
        body = body.get("validation_errors") or body.get("detail") or body
    return f"{' '.join(str(body).split())[:300]} ({status})"
