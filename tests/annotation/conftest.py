"""A Label Studio server that the tests of a session share."""

import re
import shutil
import signal
from contextlib import closing

import pytest

from fazhi.annotation import local_server
from studio import Served, Studio, studio_environment


@pytest.fixture(scope="session")
def studio_template(tmp_path_factory):
    """A data folder of a server that was started once, which takes a minute, and stopped."""
    environment = studio_environment()
    folder = tmp_path_factory.mktemp("studio") / "template"
    with Served(environment, folder) as served:
        assert served.stop(signal.SIGTERM) == 0, served.errors
    return folder


@pytest.fixture(scope="session")
def studio(studio_template, tmp_path_factory):
    """A running server."""
    environment = studio_environment()
    folder = tmp_path_factory.mktemp("studio") / "data"
    shutil.copytree(studio_template, folder)
    with local_server(environment / "bin" / "label-studio", folder) as running:
        yield Studio(environment, studio_template, running.credentials)


@pytest.fixture
def server(studio):
    """A connection to it."""
    with studio.server() as server:
        yield server


@pytest.fixture
def api(studio):
    """A connection to it without the SDK."""
    with closing(studio.api()) as client:
        yield client


@pytest.fixture
def title(request, server, api):
    """A project of the test's own, which is removed at its end."""
    title = re.sub(r"\W+", " ", request.node.name)[:40].strip()
    yield title
    for each in server.projects():
        if each.title.startswith(title):
            api.delete(f"/api/projects/{each.id}/")
