"""What a report names is replaced by what may stand there, under the rules of the guidelines."""

import re

import pytest

from fazhi.annotation import parse_marks, read_marked
from fazhi.corpus import Example, recombine, segment

WIDTHS = str.maketrans("，（）：；", ",():;")

LIMEN = """title -|栎门县2022年法治政府建设工作报告
heading general|一、工作情况
work enforcement|2022年，[[AGENCY.government|县司法局]]、[[AGENCY.government|县审计局]]、\
[[AGENCY.government|县财政局]][[METRIC.count|3个]]单位联合检查，[[AGENCY.government|县司法局]]\
牵头，查处案件[[METRIC.count|86件]]，[[AGENCY.legislature|县人大]]、[[AGENCY.institution|政协]]\
派员监督，[[AGENCY.government|云岫省司法厅]]给予肯定。
work rulemaking|2021年印发的《[[LEGAL.policy|栎门县渣土运输管理办法]]》、\
《[[LEGAL.policy|法治政府建设实施纲要（2021－2025年）]]》和《[[LEGAL.law|中华人民共和国水法]]》\
施行以来，全县大力宣传[[LEGAL.law|民法典]]。
work oversight|组建[[AGENCY.government|县综合行政执法局]]\
（以下简称[[AGENCY.government|县执法局]]），《栎门日报》作了报道。
other -|[[AGENCY.government|栎门县人民政府]]
other -|2023年1月5日"""

LINGPO = """title -|苓坡县2021年法治政府建设工作报告
heading general|一、工作情况
work enforcement|2021年，[[AGENCY.government|县水利局]]、[[AGENCY.government|县民政局]]、\
[[AGENCY.government|县教育局]][[METRIC.count|3个]]单位开展联合执法，罚款[[METRIC.money|5万元]]，\
苓坡县处罚[[METRIC.count|120件]]，[[AGENCY.government|云岫省审计厅]]转发了做法。
work rulemaking|2021年印发的《[[LEGAL.policy|苓坡县城区犬只管理办法]]》和\
《[[LEGAL.law|中华人民共和国种子法]]》施行以来，全县大力宣传[[LEGAL.law|宪法]]。
other -|[[AGENCY.government|苓坡县人民政府]]
other -|2022年1月5日"""


def read(folder, name, marked):
    """The examples of a marked report."""
    blocks = [line.split("|", 1) for line in marked.split("\n")]
    text = "\n".join(parse_marks(each)[0] for _, each in blocks)
    segments = segment(name, text)
    path = folder / f"{name}.txt"
    path.write_text(
        "".join(
            f"# {found.id} {labels}\n{each}\n"
            for found, (labels, each) in zip(segments, blocks, strict=True)
        ),
        encoding="utf-8",
    )
    annotations = read_marked(path, segments)
    return [Example(segment=s, gold=a) for s, a in zip(segments, annotations, strict=True)]


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Many reports from two, one a year older than the other."""
    folder = tmp_path_factory.mktemp("marked")
    sources = [
        *read(folder, "limen-2022", LIMEN),
        *read(folder, "lingpo-2021", LINGPO),
    ]
    return list(recombine(sources, 300, seed=0))


def surfaces(reports, label, kind=None):
    return {
        entity.text
        for report in reports
        for example in report.examples
        for entity in example.gold.entities
        if entity.label == label and kind in (None, entity.kind)
    }


def segments(reports, part):
    """The segments that hold some words, with marks of one width."""
    return [
        text
        for report in reports
        for text in (each.segment.text.translate(WIDTHS) for each in report.examples)
        if part in text
    ]


class TestOrgans:
    def test_an_organ_becomes_another_of_its_level_and_sort(self, reports):
        names = surfaces(reports, "AGENCY", "government")
        bureaus = "司法局|审计局|财政局|水利局|民政局|教育局|综合行政执法局|执法局"
        for name in names:
            assert re.fullmatch(
                f"县(?:{bureaus})|[\u4e00-\u9fff]{{2}}(?:省(?:司法|审计)厅|县人民政府)", name
            ), name
        assert {"县司法局", "县水利局"} <= names

    def test_no_organ_is_named_twice_in_a_row(self, reports):
        for text in segments(reports, "单位联合检查") + segments(reports, "单位开展联合执法"):
            names = re.match("20..年,(.*?)3个单位", text)[1].split("、")
            assert len(set(names)) == len(names) == 3

    def test_every_mention_of_an_organ_in_a_segment_becomes_the_same(self, reports):
        leaders = set()
        for text in segments(reports, "单位联合检查"):
            leader = re.search("检查,(县..局)牵头", text)[1]
            assert text.startswith(f"2022年,{leader}、")
            leaders.add(leader)
        assert len(leaders) > 1

    def test_organs_that_are_counted_stay_as_many(self, reports):
        assert segments(reports, "3个单位")
        assert not segments(reports, "4个单位")

    def test_a_bare_name_stays_beside_one_with_a_level(self, reports):
        """政协 counts only beside 县人大 (guidelines, A6)."""
        assert segments(reports, "单位联合检查") == segments(reports, "县人大、政协派员")
        assert surfaces(reports, "AGENCY", "institution") == {"政协"}

    def test_what_an_abbreviation_explains_stays(self, reports):
        explained = segments(reports, "简称")
        assert explained
        assert explained == segments(reports, "组建县综合行政执法局(以下简称县执法局)")


class TestTitles:
    def test_a_law_becomes_a_law_and_a_local_document_a_local_one(self, reports):
        quoted = {
            title
            for report in reports
            for title in re.findall("《([^》]+)》", report.text.translate(WIDTHS))
        }
        fixed = {
            *("中华人民共和国水法", "中华人民共和国种子法"),
            "法治政府建设实施纲要(2021－2025年)",
        }
        for title in quoted - fixed:
            assert re.fullmatch("[\u4e00-\u9fff]{2}(县(渣土运输|城区犬只)管理办法|日报)", title)
        assert fixed <= quoted

    def test_a_law_without_marks_becomes_another_one_without_marks(self, reports):
        found = segments(reports, "大力宣传")
        assert {re.search("大力宣传(.+)。", text)[1] for text in found} == {"民法典", "宪法"}


class TestPlacesAndYears:
    def test_all_names_of_the_place_become_one(self, reports):
        for report in reports:
            own = re.match("(.{2})县", report.text)[1]
            named = set(
                re.findall(
                    "[\u4e00-\u9fff]{2}(?=县人民政府|县渣土|县城区|日报|县处罚)", report.text
                )
            )
            assert named <= {own}
            assert not re.search("栎门|苓坡|云岫", report.text)

    def test_the_years_of_a_lender_become_those_of_the_report(self, reports):
        """A segment of 2021 in a report of 2022 speaks of 2022."""
        found = {
            (re.search(r"(\d{4})年法治", report.text)[1], example.segment.text[:5])
            for report in reports
            for example in report.examples
            if "开展联合执法" in example.segment.text
        }
        assert found == {("2022", "2022年"), ("2021", "2021年")}

    def test_the_period_of_a_document_stays(self, reports):
        assert not re.search(r"纲要.202[^1]", "".join(report.text for report in reports))

    def test_a_report_lends_nothing_to_an_older_one(self, reports):
        for report in reports:
            if "2021年法治政府建设工作报告" in report.text:
                assert "单位联合检查" not in report.text


class TestDepartment:
    def test_the_department_that_issued_a_report_keeps_its_name(self, tmp_path):
        issued = LIMEN.replace("栎门县2022年", "[[AGENCY.government|栎门县水利局]]2022年")
        sources = [
            *read(tmp_path, "limen-2022", issued.replace("县司法局", "县水利局")),
            *read(tmp_path, "lingpo-2022", LINGPO.replace("2021", "2022")),
        ]
        made = recombine(sources, 60, seed=0)
        texts = [report.text for report in made if "县水利局2022年" in report.text]
        assert texts
        assert all("县水利局牵头" in text for text in texts)
        assert not any("开展联合执法" in text for text in texts)
