"""The model card of an encoder, made from its recipe, its log and what became of its sources."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from fazhi._files import read_text, write_text
from fazhi._record import Record, read_json_record
from fazhi.baselines._pretraining._contamination import WINDOW
from fazhi.baselines._pretraining._log import LogLine, read_log
from fazhi.baselines._pretraining._recipe import PretrainingRecipe
from fazhi.baselines._pretraining._texts import LONGEST_SHARED, SourceFigures

_FILE = "training.json"


class AblationRow(Record):
    """A short training with some ingredients."""

    name: str
    """Which ingredients."""
    tokens: int
    """Tokens read."""
    held_out: dict[str, float]
    """The loss on texts that are not trained on, by source."""


class Ablation(Record):
    """What each ingredient is worth in a short training."""

    command: str
    """What computed it."""
    recipe: str
    """The recipe that was shortened."""
    seed: int
    """Its seed."""
    python: str
    """Version of Python."""
    packages: dict[str, str]
    """Versions of packages."""
    rows: tuple[AblationRow, ...]
    """One for each choice of ingredients."""


class TrainingCard(Record):
    """What is known of a training, from which its card is made."""

    recipe: PretrainingRecipe
    """What was done."""
    parameters: int
    """Numbers in the encoder."""
    vocabulary: int
    """Tokens of the vocabulary."""
    sources: dict[str, SourceFigures]
    """What became of each source."""


def write_training_card(
    folder: Path,
    recipe: PretrainingRecipe,
    parameters: int,
    vocabulary: int,
    sources: dict[str, SourceFigures],
) -> None:
    """Writes what is known of a training to its folder."""
    card = TrainingCard(
        recipe=recipe, parameters=parameters, vocabulary=vocabulary, sources=sources
    )
    write_text(folder / _FILE, card.model_dump_json(indent=2) + "\n")


def read_training_card(folder: Path) -> TrainingCard:
    """What is known of the training of a folder.

    Raises:
        InputError: there is no such file, or it is unusable.
    """
    remedy = "Give the folder of a training, or of a published encoder"
    return read_json_record(TrainingCard, folder / _FILE, remedy)


def copy_training_card(training: Path, target: Path) -> None:
    """Puts what is known of a training beside its encoder."""
    write_text(target / _FILE, read_text(training / _FILE))


def card_of(folder: Path, ablation: Path) -> str:
    """The model card of a published encoder.

    Raises:
        InputError: a file that it is made from is missing or unusable.
    """
    remedy = "Run benchmarks/pretraining.py with --write"
    found = read_json_record(Ablation, ablation, remedy) if ablation.exists() else None
    return model_card(read_training_card(folder), read_log(folder), found)


def model_card(card: TrainingCard, log: Sequence[LogLine], ablation: Ablation | None) -> str:
    """The card as Markdown."""
    parts = [_head(card), _texts(card), _training(card, log)]
    if ablation:
        parts.append(_ablation(ablation))
    return "\n\n".join([*parts, _LIMITS, _LICENCE]) + "\n"


def _head(card: TrainingCard) -> str:
    shape, name = card.recipe.architecture, card.recipe.name
    return f"""---
license: apache-2.0
language: [zh]
library_name: transformers
pipeline_tag: feature-extraction
tags: [fazhi, bert, legal, chinese]
---

# The encoder {name}

{card.recipe.description}. A plain `BertModel`: {shape.layers} layers, hidden size {shape.hidden}, \
{shape.heads} heads, feed-forward size {shape.feed_forward}, {shape.positions} positions, \
{card.parameters / 1e6:.1f}M parameters, stored as float16.

```python
from transformers import AutoModel, AutoTokenizer

encoder = AutoModel.from_pretrained("baselines/encoder", add_pooling_layer=False)
tokenizer = AutoTokenizer.from_pretrained("baselines/encoder")
```

The vocabulary has {card.vocabulary:,} entries: every one is a special token or one code point. \
Text is neither lower-cased nor normalised; spaces and unknown characters are `[UNK]`. Token \
number n of a text is therefore its character number n, after `[CLS]`, and offsets need no \
alignment. Made by `fazhi pretrain {name} --sources FOLDER --out runs/{name} --publish` from \
`baselines/pretraining/{name}.toml`; the texts are not in this repository."""


def _texts(card: TrainingCard) -> str:
    rows = []
    for source in card.recipe.sources:
        found = card.sources[source.name]
        rows.append(
            f"| {source.name} | {source.origin} | {found.documents:,} | {found.characters:,} "
            f"| {source.copies} | {found.held_out} | {found.repeated:,} |"
        )
    shared = sum(each.shared for each in card.sources.values())
    dropped = sum(each.dropped for each in card.sources.values())
    return f"""## Texts

| source | origin | documents | characters | times in a pass | held out | paragraphs dropped as \
repeated |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
{chr(10).join(rows)}

Contamination: the five reports of the corpus, test reports included, were compared with all \
texts by windows of {WINDOW} letters, figures and characters. {shared} documents share a window \
with a report; {dropped} share a passage of {LONGEST_SHARED} characters or more and were left \
out. What the others share are fixed expressions. Held-out documents are chosen by hash; no \
paragraph of theirs is trained on, but other versions of a law that is held out may be."""


def _training(card: TrainingCard, log: Sequence[LogLine]) -> str:
    training, last = card.recipe.training, log[-1]
    curve = [(f"{line.tokens / 1e6:.1f}M", line.held_out) for line in _some(log)]
    once = sum(
        card.sources[source.name].characters * source.copies for source in card.recipe.sources
    )
    return f"""## Training

{last.tokens:,} tokens, {last.tokens / once:.1f} passes, in {last.step:,} steps; \
{last.seconds / 3600:.1f} hours at {last.rate:,.0f} tokens per second; the hardware is not \
recorded. \
{card.recipe.ingredients.masked:.0%} of the characters are masked. AdamW, highest rate \
{training.rate:g}, falling to zero over the last {training.decay:.0%} of the tokens. Punctuation \
of full and half width changes places in {training.swapped:.0%} of the paragraphs.

Loss in nats per masked character, on texts that are not trained on, 15% masked (`reports` are \
the training and validation reports of the corpus); all of it is in `log.jsonl`.

{_table(["tokens", *last.held_out], curve)}"""


def _some(log: Sequence[LogLine], most: int = 12) -> list[LogLine]:
    """About so many lines of a log, the last among them."""
    step = -(-len(log) // most)
    return list(log[::-1][::step])[::-1]


def _ablation(ablation: Ablation) -> str:
    names = ["ingredients", *ablation.rows[0].held_out]
    tokens = ablation.rows[0].tokens
    return f"""## Ingredients

What a short training of {tokens / 1e6:.1f}M tokens comes to with all ingredients, without each \
one, and with none (`{ablation.command}`). The same loss; one seed each, so small differences \
mean nothing, and what helps so early need not help at the end.

{_table(names, [(row.name, row.held_out) for row in ablation.rows])}"""


def _table(names: Sequence[str], rows: Sequence[tuple[str, Mapping[str, float]]]) -> str:
    lines = [" | ".join(names), " | ".join(["---", *["---:"] * (len(names) - 1)])]
    lines += [" | ".join([name, *(f"{each:.2f}" for each in row.values())]) for name, row in rows]
    return "\n".join(f"| {line} |" for line in lines)


_LIMITS = """## Limits

It is small and has read little: it knows the language of Chinese statutes, notices and reports, \
and hardly any other. It is meant to be fine-tuned on the tasks of this corpus, not to predict \
words. It repeats what official texts say, and no view but theirs."""

_LICENCE = """## Licence

The weights: Apache-2.0. The texts are documents of state organs, not protected under Article 5 \
of China's Copyright Law; most of the repositories that hold them state no licence. They were \
used for training only and are not redistributed here."""
