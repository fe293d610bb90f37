"""The value of a quantity: what reports write is read, and what is not understood has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.corpus import format_value, parse_value, value_of


def notation_of(surface: str) -> str | None:
    value = value_of(surface)
    return value and format_value(value)


def readings(*pairs: str):
    """Surface and notation, given as one string with `=` between them."""
    return pytest.mark.parametrize(
        ("surface", "notation"), [tuple(pair.split("=")) for pair in pairs]
    )


@readings(
    "2.6万件=26000 件",
    "100多人=~100 人",
    "二十余次=~20 次",
    "50-100元=50..100 元",
    "72.73万余人次=~727300 人次",
    "90%以上=90.. %",
    "两名=2 名",
    "三分之一=1/3",
    "百分之八十=80 %",
    "六小时内=..6 小时",
)
def test_the_quantities_that_the_issue_names(surface, notation):
    assert notation_of(surface) == notation


class TestUnits:
    """V1: the unit as written, 万 and 亿 multiplied in."""

    @readings(
        "71件=71 件",
        "3.5亿元=350000000 元",
        "1.2万亿元=1200000000000 元",
        "5千万元=50000000 元",
        "2百人=200 人",
        "2364件次=2364 件次",
        "200元/件=200 元/件",
        "5次/年=5 次/年",
        "4135人(次)=4135 人(次)",
        "4135人（次）=4135 人（次）",
        "36个工作日=36 个工作日",
        "990村=990 村",
        "12㎡=12 ㎡",
        "3平方千米=3 平方千米",
        "3.0公里=3 公里",
        "98.8=98.8",
    )
    def test_a_number_with_its_unit(self, surface, notation):
        assert notation_of(surface) == notation

    @readings(
        "2,401项=2401 项",
        "2，401项=2401 项",
        "1,234,567.8元=1234567.8 元",
        "１２项=12 项",
        "１．５万项=15000 项",
        "１００％=100 %",
        "2.6 万件=26000 件",
        "5 000元=None",
        "2,40项=None",
        "2401,123项=None",
    )
    def test_how_digits_are_written(self, surface, notation):
        assert str(notation_of(surface)) == notation

    @readings(
        "1亿2000万元=120000000 元",
        "3万5千元=35000 元",
        "1万2000人=12000 人",
        "3百50人=350 人",
        "1亿2000多万元=~120000000 元",
        # speech leaves out the last scale, a list goes on: too many readings
        "1万2=None",
        "1.5万5000=None",
        "2000万1亿=None",
        "1万万=None",
    )
    def test_several_scales(self, surface, notation):
        assert str(notation_of(surface)) == notation


class TestApproximators:
    """V2: 约, 近, 余, 多, 左右, 上下."""

    @readings(
        "约50次=~50 次",
        "大约50次=~50 次",
        "近100人=~100 人",
        "将近3年=~3 年",
        "接近200家=~200 家",
        "50余次=~50 次",
        "600多万元=~6000000 元",
        "600万多元=~6000000 元",
        "2千余万元=~20000000 元",
        "12万余份=~120000 份",
        "12万份余=~120000 份",
        "20来人=~20 人",
        "100人左右=~100 人",
        "100左右=~100",
        "80岁上下=~80 岁",
        "3个多月=~3 个月",
        "3个余月=~3 个月",
        "一年多=~1 年",
        "百余人=~100 人",
        "近万人=~10000 人",
        "千余名=~1000 名",
        "约100人以上=~100.. 人",
    )
    def test_a_sign_before_in_or_behind(self, surface, notation):
        assert notation_of(surface) == notation


class TestLimits:
    """V3: lower and upper limits."""

    @readings(
        "4次以上=4.. 次",
        "90%及以上=90.. %",
        "超60万人次=600000.. 人次",
        "超过100人=100.. 人",
        "超万人=10000.. 人",
        "逾千件=1000.. 件",
        "突破10万件=100000.. 件",
        "不少于3次=3.. 次",
        "不低于90%=90.. %",
        "至少2期=2.. 期",
        "上百人=100.. 人",
        "50+=50..",
        "50+人=50.. 人",
        "1万+人次=10000.. 人次",
        "超100余人=~100.. 人",
        "半数以上=0.5..",
    )
    def test_lower(self, surface, notation):
        assert notation_of(surface) == notation

    @readings(
        "18周岁以下=..18 周岁",
        "5人及以下=..5 人",
        "36个工作日内=..36 个工作日",
        "24小时以内=..24 小时",
        "3天之内=..3 天",
        "不超过30天=..30 天",
        "不多于5人=..5 人",
        "不足10人=..10 人",
        "不到一半=..0.5",
        "至多5人=..5 人",
        "半年内=..0.5 年",
        "3至5天内=..5 天",
    )
    def test_upper(self, surface, notation):
        assert notation_of(surface) == notation

    @pytest.mark.parametrize("surface", ["不少于3次以内", "超3天内", "不超过100次以上"])
    def test_both_at_once_contradict_each_other(self, surface):
        assert value_of(surface) is None


class TestRanges:
    """V4: a range, whose second number may hold the scale and the unit of both."""

    @readings(
        "200-500元/件=200..500 元/件",
        "50元-100元=50..100 元",
        "50元—100元/件=50..100 元/件",
        "10——20天=10..20 天",
        "10~20天=10..20 天",
        "10～20天=10..20 天",
        "10–20天=10..20 天",
        "10－20天=10..20 天",
        "3至5个=3..5 个",
        "三到五天=3..5 天",
        "3%-5%=3..5 %",
        "3-5%=3..5 %",
        "半年至一年=0.5..1 年",
        "半年至一年半=0.5..1.5 年",
        "近3-5年=~3..5 年",
        "3-5年以上=3.. 年",
        "1元-2万元=1..20000 元",
        "10余-20人=~10..20 人",
        "10-20余人=~10..20 人",
        "数十至数百人=~10..1000 人",
    )
    def test_two_numbers(self, surface, notation):
        assert notation_of(surface) == notation

    @readings(
        "1.5-2万元=15000..20000 元",
        "1.5万-2万元=15000..20000 元",
        "三至五万元=30000..50000 元",
        "三十至五十万元=300000..500000 元",
        "三至五百万元=3000000..5000000 元",
        "三百至五百万元=3000000..5000000 元",
        "3-5万余人=~30000..50000 人",
        "2-3千元=2000..3000 元",
        "8000-1万元=8000..10000 元",
        "八千至一万元=8000..10000 元",
        "8千-1万元=8000..10000 元",
        "5至20人=5..20 人",
        "五至十五天=5..15 天",
        "八至一千二百人=8..1200 人",
    )
    def test_a_scale_that_both_share(self, surface, notation):
        assert notation_of(surface) == notation

    @pytest.mark.parametrize(
        "surface",
        ["20-10人", "10-2万", "5万-10", "5元-10件", "5%至10", "5-6-7", "1-2个半月", "3、5个", "3-"],
    )
    def test_what_is_no_range(self, surface):
        assert value_of(surface) is None


class TestRatios:
    """V5: per cent, per mille, fractions, percentage points."""

    @readings(
        "94.29%=94.29 %",
        "0.5‰=0.5 ‰",
        "百分之百=100 %",
        "百分之98.5=98.5 %",
        "百分之九十八点五=98.5 %",
        "百分之七八十=70..80 %",
        "百分之三十至四十=30..40 %",
        "百分之三十至百分之四十=30..40 %",
        "百分之三十余=~30 %",
        "百分之二十以上=20.. %",
        "千分之三=3 ‰",
        "万分之五=5 ‱",
        "三成=30 %",
        "近七成=~70 %",
        "两成多=~20 %",
        "三到五成=30..50 %",
        "三分之二以上=2/3..",
        "近三分之二=~2/3",
        "十分之一=0.1",
        "2/3=2/3",
        "一半=0.5",
        "半数=0.5",
        "3.5个百分点=3.5 个百分点",
        "两个百分点=2 个百分点",
        "1.5倍=1.5 倍",
    )
    def test_a_share(self, surface, notation):
        assert notation_of(surface) == notation

    @pytest.mark.parametrize(
        "surface",
        [
            *("百分之", "分之一", "零分之一", "1/0", "24/7", "四分之五", "百分之三个", "3百分点"),
            *("三分之一至二分之一", "十几分之一", "百分之三百分之四", "百分之-5", "5/6/7"),
        ],
    )
    def test_what_is_no_share(self, surface):
        assert value_of(surface) is None


class TestChineseNumerals:
    """V6: Chinese numerals, exact and vague."""

    @readings(
        "两期=2 期",
        "四个=4 个",
        "一百零五万=1050000",
        "一百〇五件=105 件",
        "一千二百三十四=1234",
        "两万五千元=25000 元",
        "一万二=12000",
        "三百五=350",
        "十万五=105000",
        "一百十五人=115 人",
        "一亿三千万=130000000",
        "一亿十万=100100000",
        "三点五=3.5",
        "十点零五=10.05",
        "一点二万件=12000 件",
        "三点五亿元=350000000 元",
        "二百五十余万元=~2500000 元",
        "五百多人=~500 人",
        "半年=0.5 年",
        "半个多月=~0.5 个月",
        "两年半=2.5 年",
        "两个半小时=2.5 个小时",
        "一个半月=1.5 个月",
    )
    def test_exact(self, surface, notation):
        assert notation_of(surface) == notation

    @readings(
        "七八个=7..8 个",
        "两三个=2..3 个",
        "一两次=1..2 次",
        "三五天=3..5 天",
        "十七八个=17..18 个",
        "二三十人=20..30 人",
        "三四百人=300..400 人",
        "二三十万=200000..300000",
        "三千四五百人=3400..3500 人",
        "一百二三十人=120..130 人",
        "数人=~1..10 人",
        "数十人=~10..100 人",
        "几十人=~10..100 人",
        "数十余人=~10..100 人",
        "数百万=~1000000..10000000",
        "几百万元=~1000000..10000000 元",
        "十几个=~10..20 个",
        "二十几个=~20..30 个",
        "十几万元=~100000..200000 元",
    )
    def test_vague(self, surface, notation):
        assert notation_of(surface) == notation

    @pytest.mark.parametrize(
        "surface",
        [
            # digits in a row: years, emergency numbers, titles
            *("二〇二二", "二〇二二年", "一二三", "一一九", "七八九个", "零五"),
            # no pair of neighbours, or in a wrong order
            *("三三个", "八七个", "五五开", "二两", "三四千五百"),
            # no numerals
            *("十十", "十百一", "万千", "两百零", "一一百", "百十", "几几", "几十几", "十百几"),
            *("三点四十分", "三点半", "半个半", "半年半", "十几百", "壹佰元", "2一件", "一2件"),
        ],
    )
    def test_what_is_no_numeral(self, surface):
        assert value_of(surface) is None

    @given(st.integers(0, 10**12 - 1))
    def test_every_whole_number_is_read_as_it_is_spelled(self, number):
        assert value_of(f"{spell(number)}件") == parse_value(f"{number} 件")

    def test_every_number_of_four_digits(self):
        assert all(value_of(spell(n) + "件").low == n for n in range(1, 10**4))


def spell(number: int) -> str:
    """A whole number below 万亿, as it is spelled."""
    spelled, gap = "", False
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group = number // scale % 10**4
        if group:
            gap = bool(spelled) and (gap or group < 1000)
            spelled += "零" * gap + spell_group(group) + name
        gap = not group
    return spelled.removeprefix("一") if spelled.startswith("一十") else spelled or "零"


def spell_group(group: int) -> str:
    spelled, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = group // scale % 10
        if digit:
            spelled += "零" * (gap and bool(spelled)) + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return spelled


@pytest.mark.parametrize(
    "surface",
    [
        *("", " ", "件", "%", "以上", "多人", "余", "不足", ".", "+", "第"),
        # a scale alone is a unit: 万元 heads a table
        *("万元", "亿", "百人", "千"),
        # dates, ordinals, names and formulas
        *(
            "第3次",
            "第三",
            "第三批",
            "2022年",
            "２０２２年",
            "2021-2022年",
            "2021—2025",
            "2022年8月",
        ),
        *("10.5.3", "1.2.3", "1,2,3", "5*8小时", "1:3", "1+1+3", "-5", "±5%", ".5", "5."),
        *("½", "3½", "①", "Ⅲ", "1e5", "A4", "人均3个"),
        # more words than the quantity, whose limits and approximators would be lost
        *(
            "3次以上会议",
            "一年多时间",
            "近3年来",
            "100人左右的",
            "数以万计",
            "三个半天",
            "两半",
            "3-5号下午",
        ),
    ],
)
def test_what_is_not_understood_has_no_value(surface):
    assert value_of(surface) is None


ALPHABET = (
    "0123456789.,，０９〇零一二两三四五六七八九十百千万亿半几数余多来点成%％‰/+-—~至到年月个件次人元"
    "分之以上下内左右约近超不足第()（） \t½²①𠀀"
)


class TestAnyText:
    @given(st.text(ALPHABET, max_size=12) | st.text(max_size=8))
    def test_a_value_is_well_formed_and_can_be_written(self, surface):
        value = value_of(surface)
        assert value is None or parse_value(format_value(value)) == value

    @given(st.text(ALPHABET, min_size=1, max_size=8))
    def test_a_lower_limit_keeps_the_lower_bound_and_the_unit(self, surface):
        plain, limit = value_of(surface), value_of(f"{surface}以上")
        if plain and limit and plain.high is not None:
            assert (limit.low, limit.high, limit.unit) == (plain.low, None, plain.unit)

    @given(st.text(ALPHABET, min_size=1, max_size=8))
    def test_no_digit_is_lost_in_the_unit(self, surface):
        value = value_of(surface)
        assert not value or not any(each.isdigit() for each in value.unit.rstrip("²"))

    @pytest.mark.parametrize(
        "piece", ["1", "1,", "一", "1多", "十", "数", "点一", "1亿", "1-", "人"]
    )
    def test_a_long_one_ends(self, piece):
        assert value_of(piece * 2000 + "!") is None

    @given(st.integers(0, 10**9), st.sampled_from(["件", "元/件", "个工作日", "%", "人(次)", ""]))
    def test_digits_are_the_number(self, number, unit):
        assert value_of(f"{number}{unit}") == parse_value(f"{number} {unit}".rstrip())
        assert value_of(f"{number:,}{unit}") == value_of(f"{number}{unit}")

    @given(st.integers(0, 10**6), st.integers(0, 10**6))
    def test_a_range_is_one_if_it_rises(self, low, high):
        due = parse_value(f"{low}..{high} 元") if low <= high else None
        assert value_of(f"{low}-{high}元") == due


def test_gold_and_the_grammar_agree_on_every_metric(gold):
    facts = [fact for each in gold for fact in each.gold.facts]
    assert len(facts) == sum(len(each.gold.metrics) for each in gold) > 300
    assert [fact for fact in facts if value_of(fact.metric.text) != fact.value] == []
