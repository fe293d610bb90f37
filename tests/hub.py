"""A stand-in for the Hugging Face Hub: the part of its HTTP API that an upload needs."""

import base64
import json
from typing import Any

from webserver import Request, WebServer

REPO = "owner/name"


def _json(request: Request, value: object, status: int = 200) -> None:
    body = json.dumps(value).encode()
    request.head(status, Content_Type="application/json", Content_Length=str(len(body)))
    request.send(body)


class Hub(WebServer):
    """Takes uploads to one dataset repository from whoever has the token; a context manager."""

    token = "hf_secret"

    def __init__(self) -> None:
        api = f"/api/datasets/{REPO}"
        super().__init__(
            {
                "/api/validate-yaml": self._validate,
                "/api/repos/create": self._create,
                f"{api}/branch/next": self._branch,
                f"{api}/preupload/main": self._modes,
                f"{api}/preupload/next": self._modes,
                f"{api}/commit/main": self._commit,
                f"{api}/commit/next": self._commit,
            }
        )
        self.created: list[dict[str, Any]] = []
        """The repositories that were asked for."""
        self.cards: list[str] = []
        """The cards that were to be validated."""
        self.commits: list[dict[str, Any]] = []
        """The commits: `branch`, `summary`, and the content of `files` by path."""

    @property
    def environment(self) -> dict[str, str]:
        """What leads the client here, as the user who has the token."""
        return {"HF_ENDPOINT": self.url(""), "HF_TOKEN": self.token, "NO_PROXY": "127.0.0.1"}

    def _validate(self, request: Request) -> None:
        self.cards.append(json.loads(request.body)["content"])
        _json(request, {"errors": [], "warnings": []})

    def _create(self, request: Request) -> None:
        if request.headers["Authorization"] != f"Bearer {self.token}":
            _json(request, {"error": "Invalid username or password."}, 401)
            return
        self.created.append(json.loads(request.body))
        _json(request, {"url": self.url(f"/datasets/{REPO}"), "name": REPO, "id": REPO})

    def _branch(self, request: Request) -> None:
        _json(request, {})

    def _modes(self, request: Request) -> None:
        files = [
            {"path": each["path"], "uploadMode": "regular", "shouldIgnore": False}
            for each in json.loads(request.body)["files"]
        ]
        _json(request, {"files": files})

    def _commit(self, request: Request) -> None:
        lines = [json.loads(line) for line in request.body.splitlines()]
        values = [line["value"] for line in lines if line["key"] == "file"]
        self.commits.append(
            {
                "branch": request.path.rpartition("/")[2],
                "summary": lines[0]["value"]["summary"],
                "files": {each["path"]: base64.b64decode(each["content"]) for each in values},
            }
        )
        oid = "0" * 40
        _json(
            request,
            {"commitUrl": self.url(f"/datasets/{REPO}/commit/{oid}"), "commitOid": oid},
        )
