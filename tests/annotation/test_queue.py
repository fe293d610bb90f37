"""The queue holds what will be pushed, and gives it back as it was."""

import json

import pytest

from fazhi.annotation import (
    Item,
    Suggestion,
    queue_file,
    queued_reports,
    read_queue,
    task_data,
    to_prediction,
    write_queue,
)
from fazhi.errors import InputError
from makers import make_example

SEGMENT = make_example("县司法局受理71件。", name="qinghe-2022-s001").segment
RESULT = to_prediction(SEGMENT.text, [(0, 4, "AGENCY"), (6, 9, "METRIC")], "work", "disputes")
ITEM = Item(task_data(SEGMENT, "报告"), None, Suggestion("rules", 0.5, RESULT))


def test_there_and_back(tmp_path):
    path = queue_file(tmp_path, "qinghe-2022")
    items = [ITEM, Item(task_data(SEGMENT, "报告"))]
    write_queue(path, items)
    assert read_queue(path) == items
    assert queued_reports(tmp_path) == ["qinghe-2022"]


def test_an_empty_queue(tmp_path):
    assert queued_reports(tmp_path) == []


def test_a_damaged_line_is_named(tmp_path):
    path = tmp_path / "qinghe-2022.jsonl"
    path.write_text(json.dumps({"data": {"uid": 5}}) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"qinghe-2022\.jsonl, line 1: key 'data\.uid'"):
        read_queue(path)
