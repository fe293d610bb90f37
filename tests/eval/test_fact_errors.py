"""Wrong indicators, each counted once."""

import pytest

from fazhi.eval import indicator_errors
from fazhi.predictions import Prediction
from makers import make_example

TEXT = "共受理行政复议案件5件。"
GOLD = make_example(TEXT, ("5件", "METRIC", "count"), facts=(("5件", "行政复议案件", "5 件"),))
WITHOUT = make_example(TEXT, ("5件", "METRIC", "count"), facts=(("5件", None, "5 件"),))


def said(indicator: str | None, metric: str = "5件") -> Prediction:
    def place(text: str) -> dict[str, int]:
        return {"start": TEXT.index(text), "end": TEXT.index(text) + len(text)}

    fact = {"metric": place(metric), "indicator": indicator and place(indicator), "value": None}
    return Prediction.model_validate({"id": GOLD.segment.id, "facts": [fact]})


@pytest.mark.parametrize(
    ("gold", "prediction", "error"),
    [
        (GOLD, said("案件"), "short"),
        (GOLD, said("行政"), "short"),
        (GOLD, said("受理行政复议案件"), "long"),
        (GOLD, said("行政复议案件5"), "long"),
        (GOLD, said("受理行政"), "other"),
        (GOLD, said("共"), "other"),
        (GOLD, said(None), "absent"),
        (WITHOUT, said("行政复议案件"), "needless"),
        (GOLD, Prediction(id=GOLD.segment.id, facts=()), "missed"),
    ],
)
def test_each_fact_is_wrong_in_one_way(gold, prediction, error):
    assert indicator_errors([gold], [prediction]) == {error: 1}


def test_a_fact_of_something_else_is_one_more():
    found = indicator_errors([GOLD], [said("行政复议案件", metric="行政")])
    assert found == {"missed": 1, "spurious": 1}


@pytest.mark.parametrize(
    ("gold", "prediction"), [(GOLD, said("行政复议案件")), (WITHOUT, said(None))]
)
def test_what_is_right_is_no_error(gold, prediction):
    assert indicator_errors([gold], [prediction]) == {}
