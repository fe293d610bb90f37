"""Label Studio servers: one for each worker, all from one data folder."""

import fcntl
import re
import shutil
import signal
from contextlib import closing

import pytest

from fazhi.annotation import local_server
from studio import Served, Studio, studio_environment


@pytest.fixture(scope="session")
def studio_template(tmp_path_factory, worker_id):
    """A data folder of a server that was started once, which takes a minute, and stopped.

    All workers of a session share it; the first one that needs it makes it.
    """
    environment = studio_environment()
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder = shared / "studio-template"
    with (shared / "studio.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            with Served(environment, base / "first") as served:
                assert served.stop(signal.SIGTERM) == 0, served.errors
            (base / "first").rename(folder)
    return folder


@pytest.fixture(scope="session")
def studio(studio_template, tmp_path_factory):
    """A running server of this worker's own."""
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
