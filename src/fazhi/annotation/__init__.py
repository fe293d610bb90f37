"""Annotation: checks, Label Studio, and the agreement of annotators.

Artifacts: the `annotation/` room.
"""

from fazhi.annotation._adjudication import Decision, check_decisions, read_decisions
from fazhi.annotation._agreement import Agreement, Figure, SpanAgreement, agreement
from fazhi.annotation._doubts import Doubt, Opinion, rank_doubts
from fazhi.annotation._environment import prepare_environment
from fazhi.annotation._errata import Erratum, read_errata
from fazhi.annotation._finding import Finding
from fazhi.annotation._guidelines import guidelines_version, quoted_segments
from fazhi.annotation._label_config import label_config
from fazhi.annotation._lint import lint
from fazhi.annotation._local import (
    Credentials,
    LocalServer,
    check_folder,
    credentials_file,
    default_folder,
    local_server,
    read_credentials,
)
from fazhi.annotation._made_up import Allowed, lint_made_up, read_allowed
from fazhi.annotation._places import real_places
from fazhi.annotation._pull import Progress, progress, pull, pull_started
from fazhi.annotation._push import Item, Pushed, Suggestion, push
from fazhi.annotation._queue import queue_file, queued_reports, read_queue, write_queue
from fazhi.annotation._reasons import Reasons, SurfaceReason, read_reasons
from fazhi.annotation._second_reading import (
    ErrorRate,
    SecondReading,
    error_rates,
    read_second_reading,
)
from fazhi.annotation._server import Project, Server
from fazhi.annotation._studio_json import Region, task_data, to_prediction, to_result
from fazhi.annotation._studio_read import from_result
from fazhi.annotation._undo import gold_before
from fazhi.annotation._versions import GoldVersion, check_versions, read_versions

__all__ = [
    "Agreement",
    "Allowed",
    "Credentials",
    "Decision",
    "Doubt",
    "Erratum",
    "ErrorRate",
    "Figure",
    "Finding",
    "GoldVersion",
    "Item",
    "LocalServer",
    "Opinion",
    "Progress",
    "Project",
    "Pushed",
    "Reasons",
    "Region",
    "SecondReading",
    "Server",
    "SpanAgreement",
    "Suggestion",
    "SurfaceReason",
    "agreement",
    "check_decisions",
    "check_folder",
    "check_versions",
    "credentials_file",
    "default_folder",
    "error_rates",
    "from_result",
    "gold_before",
    "guidelines_version",
    "label_config",
    "lint",
    "lint_made_up",
    "local_server",
    "prepare_environment",
    "progress",
    "pull",
    "pull_started",
    "push",
    "queue_file",
    "queued_reports",
    "quoted_segments",
    "rank_doubts",
    "read_allowed",
    "read_credentials",
    "read_decisions",
    "read_errata",
    "read_queue",
    "read_reasons",
    "read_second_reading",
    "read_versions",
    "real_places",
    "task_data",
    "to_prediction",
    "to_result",
    "write_queue",
]
