"""What the rules find, on sentences made for the purpose."""

import pytest

from fazhi.baselines import fit_model
from makers import make_example


def found(text: str) -> list[tuple[str, str]]:
    segment = make_example(text).segment
    (prediction,) = fit_model("rules", [], {}, 0).predict([segment])
    return [(text[each.start : each.end], each.label) for each in prediction.entities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("省委省政府要求", [("省委", "AGENCY"), ("省政府", "AGENCY")]),
        ("在云台县人民政府网站公示", [("云台县人民政府", "AGENCY")]),
        ("浙江省司法厅通报", [("浙江省司法厅", "AGENCY")]),
        ("国务院和司法部部署", [("国务院", "AGENCY"), ("司法部", "AGENCY")]),
        ("政府常务会议", []),
        ("学习《云台县普法方案（试行）》", [("云台县普法方案（试行）", "LEGAL")]),
        ("学习宪法和民法典", [("宪法", "LEGAL"), ("民法典", "LEGAL")]),
        ("《法制日报》报道", []),
        ("培训近300人次", [("近300人次", "METRIC")]),
        ("达到98.5%以上", [("98.5%以上", "METRIC")]),
        ("发放2.6万余份", [("2.6万余份", "METRIC")]),
        ("聘请两名律师", [("两名", "METRIC")]),
        ("补贴50-100元", [("50-100元", "METRIC")]),
        ("于2020年5月3日召开第3次会议", []),
        ("落实“三项制度”", []),
        ("印发《2020年5项工作方案》", [("2020年5项工作方案", "LEGAL")]),
    ],
)
def test_rules(text, expected):
    assert found(text) == expected
