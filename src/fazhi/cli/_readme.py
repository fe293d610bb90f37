"""The generated parts of both READMEs: counts, the leaderboard's first rows, how to cite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fazhi.cli._counts import report_count
from fazhi.cli._draw import to_markdown
from fazhi.cli._grids import Grid, ends
from fazhi.cli._leaderboard_page import TITLES, markdown_text, scored
from fazhi.corpus import ENTITY_LABELS, Example, GoldCard, citation
from fazhi.eval import Leaderboard, SystemCard

_FIRST = 2
"""How many systems of each task are shown."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the generated parts say in one language."""

    counts: str
    """The sentence of the counts."""
    header: tuple[str, ...]
    """Names of the columns of the leaderboard."""
    tasks: Mapping[str, str]
    """Titles of the tasks."""
    comma: str
    """What stands between things that are listed."""
    to: str
    """What stands between the ends of an interval."""
    nothing: str
    """What is learned from by a system that learns from nothing."""
    synthetic: str
    """The synthetic reports, as training data."""


ENGLISH = Words(
    counts=(
        "{reports} reports, {segments:,} segments, {characters:,} characters; {entities:,} "
        "entities ({types}) and {facts:,} facts. In a split of its own, `synthetic` (made up; "
        "never scored), {synthetic:,} reports to learn from."
    ),
    header=("task and score (%)", "system", "rank", "score", "95%", "learned from"),
    tasks=TITLES,
    comma=", ",
    to=" to ",
    nothing="nothing",
    synthetic="synthetic data",
)
CHINESE = Words(
    counts=(
        "{reports} 份报告，{segments:,} 个段落，{characters:,} 字；{entities:,} 个实体"
        "（{types}），{facts:,} 条事实。另设 `synthetic`（虚构，从不用于评分）{synthetic:,} 份，"
        "供训练用。"
    ),
    header=("任务与分数（%）", "系统", "名次", "分数", "95% 区间", "训练数据"),
    tasks={
        "entities": "实体：严格微平均 F1",
        "role": "段落角色：宏平均 F1",
        "topic": "段落主题：宏平均 F1",
        "facts": "事实：指标词字符 F1",
        "facts on gold": "给定 METRIC 时的事实：指标词字符 F1",
    },
    comma="、",
    to="–",
    nothing="无",
    synthetic="虚构数据",
)


def counts_line(words: Words, real: Sequence[Example], made_up: Sequence[Example]) -> str:
    """How large the corpus is, in a sentence."""
    labels = [entity.label for each in real for entity in each.gold.entities]
    return words.counts.format(
        reports=report_count(real),
        segments=len(real),
        characters=sum(len(each.segment.text) for each in real),
        entities=len(labels),
        types=words.comma.join(f"{label} {labels.count(label)}" for label in ENTITY_LABELS),
        facts=sum(len(each.gold.facts) for each in real),
        synthetic=report_count(made_up),
    )


def first_rows(words: Words, board: Leaderboard) -> str:
    """The first systems of each task of the leaderboard, as a Markdown table."""
    cards = {card.name: card for card in board.systems}
    rows = tuple(
        (
            words.tasks[table.task],
            markdown_text(row.system),
            f"{row.rank} ≈" if row.is_near_best else str(row.rank),
            scored(row.score),
            ends(row.interval).replace(" to ", words.to) if row.interval else "–",
            _learned(words, cards[row.system]),
        )
        for table in board.tables
        for row in table.rows[:_FIRST]
    )
    return to_markdown(Grid("", words.header, rows, numeric=False))


def _learned(words: Words, card: SystemCard) -> str:
    data = [*map(markdown_text, card.training_data), *([words.synthetic] if card.synthetic else [])]
    return words.comma.join(data) or words.nothing


def citation_block(gold: GoldCard) -> str:
    """How to cite this version, in BibTeX."""
    return f"```bibtex\n{citation(gold)}\n```"
