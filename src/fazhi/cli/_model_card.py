"""The model card of a published baseline, made from its recipe and its results."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from fazhi._record import read_toml_record
from fazhi.baselines import Part, Protocol, Recipe, find_recipe
from fazhi.cli._card_head import card_head
from fazhi.cli._card_limits import limits_of
from fazhi.cli._card_scores import CardScore, card_grid, card_scores
from fazhi.cli._counts import report_count
from fazhi.cli._draw import to_markdown
from fazhi.cli._grids import Grid
from fazhi.cli._published import TITLES, result_files
from fazhi.cli._splits import split_examples, synthetic_examples
from fazhi.corpus import Example
from fazhi.eval import Provenance, Result, SystemCard, coverage_warning, read_result

_UNKNOWN = "unknown"
_WITHOUT = frozenset({"rules", "majority"})
"""The kinds of models that have no parameters."""


@dataclass(frozen=True, slots=True)
class Published:
    """A baseline with all that is published of it."""

    recipe: Recipe
    """What it is."""
    results: Mapping[Protocol, Sequence[Result]]
    """The results of its seeds, by protocol."""
    scores: Mapping[Protocol, Sequence[CardScore]]
    """Its scores, by protocol."""
    system: SystemCard | None
    """What it was submitted with; None where it is not on the leaderboard."""

    @property
    def provenance(self) -> Provenance:
        """Where its first result comes from."""
        return next(iter(self.results.values()))[0].provenance


def published_names(baselines: Path) -> list[str]:
    """The names of all recipes that have published results, sorted."""
    return sorted({name for protocol in TITLES for name in result_files(baselines, protocol)})


def model_card(name: str, baselines: Path, submissions: Path) -> str:
    """The model card of a baseline as Markdown, with the head that the Hub reads.

    Args:
        name: a recipe that has published results.
        baselines: the baselines room.
        submissions: the folder of the submissions, which say how large a model is.
    """
    it = _published(name, baselines, submissions)
    parts = (_what(it), _data(it), _training(it), _scores(it), limits_of(it.recipe), _cost(it))
    return "\n\n".join([card_head(it.recipe, it.scores, it.provenance), *parts, _LICENCE]) + "\n"


def _published(name: str, baselines: Path, submissions: Path) -> Published:
    files = {
        protocol: found[name]
        for protocol in TITLES
        if name in (found := result_files(baselines, protocol))
    }
    card = submissions / name / "card.toml"
    return Published(
        recipe=find_recipe(name, baselines),
        results={protocol: [*map(read_result, paths)] for protocol, paths in files.items()},
        scores={protocol: card_scores(paths, protocol) for protocol, paths in files.items()},
        system=read_toml_record(SystemCard, card) if card.exists() else None,
    )


def _what(it: Published) -> str:
    name = it.recipe.name
    size = it.system.parameters if it.system else None
    parameters = "none" if it.recipe.model in _WITHOUT else f"{size:,}" if size else _UNKNOWN
    neural = it.recipe.model == "bert"
    extra = " It needs `pip install '.[neural]'` in the checkout." if neural else ""
    return f"""# {name}

{it.recipe.description} A baseline of [fazhi](../../../README.md). Number of parameters: \
{parameters}.

The folder of this card holds predictions (`.jsonl`) and their scores (`.json`) and no weights; \
the model is made again from [its recipe](../../recipes/{name}.toml).{extra}\
{_encoder(it.recipe) if neural else ""}

```text
fazhi reproduce {name}{_options(it)}
fazhi train {name} --out runs/{name}-model
fazhi eval --model runs/{name}-model
```"""


def _options(it: Published) -> str:
    """What repeats the tables: the seeds."""
    seeds = max(len(each) for each in it.results.values())
    return f" --seeds {seeds}" if seeds > 1 else ""


def _encoder(recipe: Recipe) -> str:
    """Which encoder was fine-tuned, in a sentence."""
    name = str(recipe.params["encoder"])
    if name == "embedded":
        return " Its encoder is the one of this repository, which has [a card](../../encoder)."
    revision = recipe.params.get("revision", "main")
    return f" Its encoder is `{name}`, revision `{revision}`."


def _data(it: Published) -> str:
    if it.recipe.model == "rules":
        return "## Data\n\nIt learns from nothing."
    mixture = it.recipe.mixture
    stages = {"first ": mixture.first.parts, "then ": mixture.parts} if mixture.first else {}
    lines = "\n".join(
        f"- {when}{part}"
        for when, parts in (stages or {"": mixture.parts}).items()
        for part in _parts(parts)
    )
    chosen = _CHOSEN if it.recipe.search else ""
    return f"""## Data

Under the fixed split it learns from:

{lines}

When a report is left out, it learns from the other real reports in place of the train split. \
The annotators are language models, and the gold is version {it.provenance.gold_version}.{chosen}"""


def _parts(parts: Sequence[Part]) -> list[str]:
    """What a mixture has under the fixed split, in words."""
    lines = []
    for part in parts:
        times = f", each segment {part.times} times" if part.times > 1 else ""
        if part.source == "real":
            lines.append(f"the train split: {_size(split_examples('train'))}{times}")
        elif part.source == "recombined":
            lines.append(f"{part.reports} reports recombined by the seed (made up; never scored)")
        else:
            drawn = f"{part.reports} reports, drawn by the seed, of " if part.reports else ""
            found = f"{_size(synthetic_examples())}{times}"
            lines.append(f"{drawn}the split `synthetic` (made up; never scored): {found}")
    return lines


def _size(examples: Sequence[Example]) -> str:
    entities = sum(len(each.gold.entities) for each in examples)
    return f"{report_count(examples):,} reports, {len(examples):,} segments, {entities:,} entities"


def _training(it: Published) -> str:
    found = it.provenance
    versions = {"fazhi": found.fazhi, "Python": found.python, **found.packages}
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    commit = f"commit {found.commit}" if found.commit else "an unknown commit"
    rows = tuple(_parameters(it))
    table = to_markdown(Grid("", ("setting", "recipe", "chosen"), rows, numeric=False))
    parameters = f"\n\n{table}" if rows else " It has no settings."
    seeds = sorted({each.run.seed or 0 for each in next(iter(it.results.values()))})
    listed = ", ".join(map(str, seeds))
    runs = f"One run, seed {listed}" if len(seeds) == 1 else f"Seeds {listed}"
    return f"""## Training

{runs}. Made with {named}, at {commit}.{parameters}"""


def _parameters(it: Published) -> Iterable[tuple[str, str, str]]:
    """Each parameter, the values that the recipe allows, and the one chosen in the first fold."""
    chosen = next(iter(next(iter(it.results.values()))[0].run.params.values()), {})
    given = {name: (value,) for name, value in it.recipe.params.items()} | it.recipe.search
    for name, values in given.items():
        yield name, ", ".join(map(str, values)), str(chosen.get(name, _UNKNOWN))


def _scores(it: Published) -> str:
    learned = "nothing" if it.recipe.model == "rules" else _spaced(it.recipe.data)
    tables = []
    for protocol, scores in it.scores.items():
        grid = card_grid(protocol, scores, learned)
        tables.append(f"### {grid.title}\n\n{to_markdown(grid)}")
    drawn = {
        (score.interval.documents, score.interval.unit)
        for scores in it.scores.values()
        for score in scores
        if score.interval
    }
    warnings = "\n".join(f"- {coverage_warning(*each)}." for each in sorted(drawn))
    return "\n\n".join(
        [
            "## Scores",
            "Of real reports only; scored by `fazhi eval`, whose page is "
            "[eval/README.md](../../../eval/README.md). Several seeds: the mean ± the standard "
            "deviation, and the interval of their pooled counts.",
            *tables,
            "What the intervals can show:",
            warnings,
        ]
    )


def _spaced(data: str) -> str:
    """The notation of a mixture for readers."""
    return data.replace("+", " + ").replace("-then-", ", then ")


def _cost(it: Published) -> str:
    lines = []
    for protocol, seeds in it.results.items():
        costs = [each.run.cost for each in seeds if each.run.cost]
        took = "not recorded"
        if costs:
            processor = fmean(each.processor_seconds for each in costs)
            elapsed = fmean(each.elapsed_seconds for each in costs)
            took = f"{processor:,.0f} s of processor time, {elapsed:,.0f} s by the clock"
        lines.append(f"- {TITLES[protocol]}: {took}")
    hardware = it.system.hardware if it.system and it.system.hardware else _UNKNOWN
    return f"""## Energy and time

Energy was not measured. Hardware: {hardware}. Training, the choice of parameters and predicting, \
for each seed:

{chr(10).join(lines)}"""


_CHOSEN = (
    " Parameters are chosen on a real report that is not learned from while they are chosen, and "
    "not scored with them."
)
_LICENCE = """## Licence

Code, and what it trains: Apache-2.0; an encoder of others keeps its own licence. Annotations \
and predictions: CC BY 4.0. To cite, see [CITATION.cff](../../../CITATION.cff)."""
