"""Recipes of pretraining: one TOML file per encoder, from which it can be trained again."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from fazhi._names import known_name
from fazhi._record import Record, read_toml_record
from fazhi.errors import InputError

Count = Annotated[int, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class Architecture(Record):
    """The size of a BERT encoder."""

    layers: Count
    """How many layers there are."""
    hidden: Count
    """The length of a vector of a token."""
    heads: Count
    """How many attention heads each layer has."""
    feed_forward: Count
    """The inner length of the feed-forward parts."""
    positions: Count
    """The most tokens of a sequence."""

    @property
    def head_size(self) -> int:
        """The length of the vectors that one head compares."""
        return self.hidden // self.heads

    @model_validator(mode="after")
    def _heads_share_the_vector(self) -> Self:
        if self.hidden % self.heads or self.head_size % 2:
            raise ValueError("hidden must be heads times an even number")
        return self


class Repository(Record):
    """A public GitHub repository whose files are texts as they stand."""

    name: str = Field(pattern=r"^[\w.-]+/[\w.-]+$")
    """Its owner and name."""
    commit: str = Field(pattern=r"^[0-9a-f]{7,40}$")
    """The commit that the files are taken from."""
    paths: str
    """The file beside the recipe that lists the paths, one per line."""


class TextSource(Record):
    """A file of texts, one JSON object per line, compressed with xz."""

    name: str
    """What its loss is logged under."""
    file: str
    """The file, in the folder of the sources."""
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """SHA-256 of the file, once unpacked."""
    origin: str
    """The public repositories, with commits, that the texts come from."""
    copies: Count = 1
    """How often each text is read in one pass over all sources."""
    repository: Repository | None = None
    """Where the file can be made from again; None if it has to be given."""


class Ingredients(Record):
    """What makes a small encoder learn fast; each can be left out."""

    pmi_embeddings: bool = True
    """Word embeddings start as factors of the characters' mutual information."""
    unigram_bias: bool = True
    """The output starts at the characters' frequencies."""
    neighbour_heads: bool = True
    """The heads of the first layer start by looking at neighbours."""
    masked: Share = 0.3
    """The share of characters that are to be predicted."""


class Growth(Record):
    """From when on batches have a size."""

    after: int = Field(ge=0)
    """How many tokens were read before."""
    tokens: Count
    """The tokens of a batch."""


class Training(Record):
    """How the encoder is trained."""

    tokens: Count
    """The budget: how many tokens are read in all."""
    rate: float = Field(gt=0)
    """The highest learning rate."""
    betas: tuple[Share, Share] = (0.9, 0.98)
    """Decay of AdamW's running means."""
    weight_decay: float = Field(default=0.01, ge=0)
    """Weight decay of AdamW; biases and norms have none."""
    clip: float = Field(default=1.0, gt=0)
    """The longest gradient."""
    warm_up: Count = 100
    """Steps in which the rate rises."""
    decay: Share = 0.3
    """The last share of the budget, in which the rate falls to zero."""
    batches: tuple[Growth, ...] = Field(min_length=1)
    """Sizes of batches, in the order of `after`; the first begins at 0."""
    short: Count = 128
    """Tokens of a sequence in most batches."""
    long: Count = 512
    """Tokens of a sequence in the others, so that all positions are trained."""
    long_share: Share = 0.25
    """The share of batches of long sequences."""
    swapped: Share = 0.3
    """The share of paragraphs in which full- and half-width punctuation change places."""
    log_every: Count = 1_000_000
    """Tokens between two lines of the log."""
    held_out_tokens: Count = 20_000
    """The most tokens of each source on which the loss is measured."""

    @property
    def flat_until(self) -> int:
        """The tokens after which the rate begins to fall."""
        return round(self.tokens * (1 - self.decay))

    @model_validator(mode="after")
    def _lengths_fit(self) -> Self:
        if self.long % self.short:
            raise ValueError("long must be a multiple of short")
        if any(growth.tokens % self.long for growth in self.batches):
            raise ValueError("the tokens of a batch must be a multiple of long")
        starts = [growth.after for growth in self.batches]
        if starts[0] != 0 or starts != sorted(set(starts)):
            raise ValueError("batches must begin at 0 and follow each other")
        return self


class PretrainingRecipe(Record):
    """Everything that makes an encoder what it is."""

    name: str
    """Its name; the file's name without `.toml`."""
    description: str
    """What it is, in a sentence."""
    seed: int = Field(default=0, ge=0, lt=2**32)
    """Seed of everything random in it."""
    min_frequency: Count = 2
    """How often a character occurs at least to get an entry of its own."""
    held_out: Share = 0.01
    """The share of each source's documents that is not trained on."""
    architecture: Architecture
    """The size of the encoder."""
    ingredients: Ingredients = Ingredients()
    """What it starts from and what it has to predict."""
    training: Training
    """How it is trained."""
    sources: tuple[TextSource, ...] = Field(min_length=1)
    """What it is trained on."""

    @model_validator(mode="after")
    def _sequences_fit_positions(self) -> Self:
        if self.training.long > self.architecture.positions:
            raise ValueError("long sequences have more tokens than there are positions")
        return self


def read_pretraining_recipe(path: Path) -> PretrainingRecipe:
    """The recipe in a file.

    Raises:
        InputError: the file is unusable, or a key is missing, unknown or wrong.
    """
    recipe = read_toml_record(PretrainingRecipe, path)
    if recipe.name != path.stem:
        raise InputError(
            f"the recipe is called {recipe.name!r}", path=path, remedy="Name it as its file"
        )
    return recipe


def find_pretraining_recipe(name: str, baselines: Path) -> PretrainingRecipe:
    """The recipe of this name in the baselines room, or in a file if the name is a path.

    Raises:
        UnknownName: there is none.
        InputError: the file is unusable.
    """
    if name.endswith(".toml"):
        return read_pretraining_recipe(Path(name))
    folder = baselines / "pretraining"
    known = known_name("recipe", name, sorted(path.stem for path in folder.glob("*.toml")))
    return read_pretraining_recipe(folder / f"{known}.toml")
