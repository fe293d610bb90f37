"""The label inventory: the one place where labels are defined.

The tag set, the dataset's features, the validators and the tables of the guidelines are
generated from it or checked against it.
"""

from dataclasses import dataclass
from typing import Literal, get_args

EntityLabel = Literal["AGENCY", "LEGAL", "METRIC"]
Kind = Literal[
    "party",
    "government",
    "legislature",
    "judiciary",
    "institution",
    "law",
    "policy",
    "count",
    "ratio",
    "money",
    "duration",
]
Role = Literal["title", "heading", "preamble", "work", "problem", "plan", "other"]
Topic = Literal[
    "leadership",
    "functions",
    "rulemaking",
    "decision",
    "enforcement",
    "emergency",
    "disputes",
    "oversight",
    "digital",
    "publicity",
    "general",
]


@dataclass(frozen=True, slots=True)
class Label:
    """One label with what a reader needs to apply it."""

    name: str
    """The name in data files."""
    chinese: str
    """The Chinese name."""
    definition: str
    """What it means, in one line."""
    example: str
    """A real example from the train split."""


ENTITIES: tuple[Label, ...] = (
    Label("AGENCY", "机构", "the name of a definite organ or body", "县司法局"),
    Label(
        "LEGAL", "法律政策文件", "the title of a law or policy document", "重大行政决策程序暂行条例"
    ),
    Label("METRIC", "指标数值", "a quantity with its approximator and measure word", "50余次"),
)

KINDS: dict[EntityLabel, tuple[Label, ...]] = {
    "AGENCY": (
        Label("party", "党委机构", "an organ of the Communist Party", "县委"),
        Label("government", "行政机关", "an organ of a people's government", "县司法局"),
        Label("legislature", "人大机构", "a people's congress or its standing committee", "县人大"),
        Label("judiciary", "司法机关", "a court or procuratorate", "驻马店市中级人民法院"),
        Label(
            "institution",
            "其他机构",
            "any other named body: the CPPCC, public institutions, "
            "people's organisations, mediation committees",
            "政协",
        ),
    ),
    "LEGAL": (
        Label(
            "law",
            "法律法规规章",
            "constitution, statute, administrative or local regulation, government rule",
            "中华人民共和国精神卫生法",
        ),
        Label(
            "policy",
            "政策文件",
            "any other document, Party regulations included",
            "法治政府建设实施纲要（2021—2025）",
        ),
    ),
    "METRIC": (
        Label("count", "数量", "a number of people, things, cases or times", "4265次"),
        Label("ratio", "比率", "a percentage or fraction", "94.29%"),
        Label("money", "金额", "an amount of money", "600多万元"),
        Label("duration", "时长", "a length of time", "36个工作日内"),
    ),
}

ROLES: tuple[Label, ...] = (
    Label("title", "标题", "the report's title", "濮阳县2021年度法治政府建设工作报告"),
    Label("heading", "小标题", "a heading, numbered or not", "三、存在的问题"),
    Label(
        "preamble",
        "引言",
        "the opening that sums up the year and leads into the report",
        "现将有关情况报告如下：",
    ),
    Label("work", "工作", "what was done or achieved", "今年以来共受理复议案件81件，办结75件。"),
    Label("problem", "问题", "what is lacking or went wrong", "法治政府建设工作开展不均衡；"),
    Label("plan", "计划", "what is to be done next", "建立健全重大问题集体决策制度"),
    Label("other", "其他", "anything else: addressees, signatures, dates", "2022年3月20日"),
)

TOPICS: tuple[Label, ...] = (
    Label(
        "leadership",
        "组织领导",
        "Party leadership, responsibility of leaders, leaders' study "
        "of law, demonstration and assessment campaigns",
        "第一责任人职责",
    ),
    Label(
        "functions",
        "政府职能",
        "government functions, administrative approval, business environment, credit",
        "“放管服”改革",
    ),
    Label(
        "rulemaking",
        "制度建设",
        "legislation, normative documents, their review and clearing",
        "规范性文件合法性审核",
    ),
    Label(
        "decision", "行政决策", "major administrative decisions, legal advisers", "重大行政决策程序"
    ),
    Label(
        "enforcement",
        "行政执法",
        "administrative enforcement, its reform, staff and quality",
        "行政执法“三项制度”",
    ),
    Label("emergency", "应急处置", "emergencies, their plans and drills", "应急演练"),
    Label(
        "disputes",
        "矛盾化解",
        "mediation, reconsideration, litigation, petitions, legal services",
        "人民调解",
    ),
    Label(
        "oversight",
        "权力监督",
        "checks on power: congress, audit, discipline, disclosure, courts",
        "主动接受监督",
    ),
    Label("digital", "数字政府", "digital government, platforms, data", "“互联网+监管”"),
    Label("publicity", "普法宣传", "legal education of the public", "送法进校园"),
    Label("general", "综合", "several topics at once or none of them", "工作亮点"),
)

ROLES_WITH_TOPIC: frozenset[str] = frozenset({"heading", "work", "problem", "plan"})

ENTITY_LABELS: tuple[EntityLabel, ...] = get_args(EntityLabel)
KIND_NAMES: tuple[Kind, ...] = get_args(Kind)
ROLE_NAMES: tuple[Role, ...] = get_args(Role)
TOPIC_NAMES: tuple[Topic, ...] = get_args(Topic)
BIO_TAGS: tuple[str, ...] = (
    "O",
    *(f"{prefix}-{label}" for label in ENTITY_LABELS for prefix in "BI"),
)


_KINDS_OF = {label: tuple(kind.name for kind in kinds) for label, kinds in KINDS.items()}


def kinds_of(label: EntityLabel) -> tuple[str, ...]:
    """The kinds that an entity type has."""
    return _KINDS_OF[label]


def check_kind(label: EntityLabel, kind: str) -> None:
    """Raises ValueError unless the entity type has this kind."""
    if kind not in kinds_of(label):
        raise ValueError(f"{label} has no kind {kind!r}; it has {', '.join(kinds_of(label))}")


def topic_is_due(role: str) -> bool:
    """Whether a segment of this role carries a topic."""
    return role in ROLES_WITH_TOPIC
