"""Places are found at the start of names, and known by what they are to the report."""

from itertools import groupby

import pytest

from fazhi._paths import room
from fazhi.corpus import load_examples
from fazhi.corpus._recombine_places import PLACES, RANKS, STEMS, atlases
from makers import make_example


def report(title, *agencies, legal=()):
    """A report's atlas input: its title and some names in it."""
    names = [(each, "AGENCY", "government") for each in agencies]
    names += [(each, "LEGAL", "policy") for each in legal]
    text = "，".join(name for name, _, _ in names) + "。"
    return [
        make_example(title, role="title", topic=None),
        make_example(text, *names, name="made-2020-s002"),
    ]


def atlas(*arguments, **more):
    return atlases([report(*arguments, **more)])[0]


class TestFinding:
    @pytest.mark.parametrize(
        ("title", "own"),
        [
            ("栎门县2022年法治政府建设年度报告", ("栎门", "县")),
            ("关于澜洲市2018年度法治政府建设工作情况的报告", ("澜洲", "市")),
            ("2022年驭风区法治政府建设工作报告", ("驭风", "区")),
            ("沙衡市赭滩区2019年法治政府建设情况报告", ("赭滩", "区")),
            ("中共望潮县委望潮县人民政府关于法治政府建设情况的报告", ("望潮", "县")),
            ("靛石街道办事处2021年法治建设工作报告", ("靛石", "街道")),
            ("法治政府建设工作报告", None),
        ],
    )
    def test_the_title_says_what_a_report_is_about(self, title, own):
        assert atlas(title).own == own

    @pytest.mark.parametrize(
        "name",
        [
            "市政府",
            "县市场监督管理局",
            "城市管理局",
            "石榴社区居委会",
            "市民服务中心",
            "海陵城市学院",
            "栎门县文明乡风建设办公室",
        ],
    )
    def test_levels_and_words_are_no_places(self, name):
        assert set(atlas("栎门县报告", name).numbers) == {"栎门县", "栎门"}

    def test_no_real_report_speaks_of_a_place_that_made_up_ones_name(self):
        """Else it is a word: 文明 in 文明乡风 is no place."""
        examples = load_examples(room("corpus"), ["synthetic"])
        reports = groupby(examples, lambda each: each.segment.report)
        found = atlases([list(group) for _, group in reports])
        real = load_examples(room("corpus"), ["train", "validation"])
        text = "\n".join(each.segment.text for each in real)
        assert not {name for each in found for name in each.numbers if name in text}

    def test_a_title_of_a_document_names_the_place_at_its_start_alone(self):
        found = atlas("岚桐市报告", legal=["岚桐市赋予乡镇行政执法事项管理办法"])
        assert set(found.numbers) == {"岚桐市", "岚桐"}


class TestNumbers:
    def test_places_above_are_known_by_their_rank(self):
        found = atlas("赭滩区报告", "漠川省人民政府", "沙衡市人民政府", "赭滩区人民政府")
        numbers = {name: place.number for name, place in found.numbers.items()}
        assert (numbers["漠川省"], numbers["沙衡市"], numbers["赭滩区"]) == (0, 1, 2)

    def test_places_beside_and_below_have_numbers_of_their_own(self):
        found = atlas("栎门县报告", "栎门县人民政府", "苓坡县人民政府", "白芨镇人民政府")
        numbers = [found.numbers[name].number for name in ("栎门县", "苓坡县", "白芨镇")]
        assert numbers[0] == RANKS["县"]
        assert min(numbers[1:]) > max(RANKS.values())
        assert len(set(numbers)) == 3

    def test_a_second_place_above_of_the_same_rank_is_another_one(self):
        found = atlas("缃玉区报告", "黛岩市人民政府", "黛岩市司法局", "丹砾市人民法院")
        assert found.numbers["黛岩市"].number != found.numbers["丹砾市"].number

    def test_a_name_without_its_ending_is_the_reports_own_place_first(self):
        """濮阳 is the county in a report of the county, though a city is called so, too."""
        found = atlas("濮阳县报告", "濮阳市人民政府", "濮阳市司法局", "濮阳县人民政府")
        assert found.numbers["濮阳"].number == found.numbers["濮阳县"].number

    def test_what_one_report_names_is_known_in_the_others(self):
        first, second = atlases([report("栎门县报告", "云岫省人民政府"), report("苓坡县报告")])
        assert second.numbers["云岫"].number == first.numbers["云岫省"].number == RANKS["省"]

    def test_the_longest_mention_is_found(self):
        found = atlas("濮阳县报告", "濮阳市人民政府")
        assert found.mentions.match("濮阳市人民政府").group() == "濮阳市"


class TestNames:
    def test_there_are_enough_and_no_two_are_alike(self):
        assert len(set(STEMS)) == len(STEMS) > 10 * PLACES

    def test_every_number_has_a_name(self):
        names = [f"{stem}{suffix}人民政府" for stem in STEMS[:9] for suffix in RANKS]
        assert max(place.number for place in atlas("报告", *names).numbers.values()) < PLACES
