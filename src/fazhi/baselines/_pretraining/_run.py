"""Pretraining from the recipe to the encoder's folder."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from os import environ
from pathlib import Path

from fazhi._files import check_target
from fazhi.baselines._pretraining._log import LogLine, Place
from fazhi.baselines._pretraining._recipe import PretrainingRecipe
from fazhi.corpus import Report
from fazhi.errors import MissingExtra

_THREADS = {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"}


def pretrain(  # noqa: PLR0913
    recipe: PretrainingRecipe,
    sources: Path,
    out: Path,
    reports: Sequence[Report],
    *,
    seconds: float = 300.0,
    say: Callable[[str], None] = lambda _: None,
    watch: Callable[[Place, Sequence[LogLine]], None] = lambda *_: None,
) -> Path:
    """Trains an encoder by a recipe, or goes on where a training in the folder was broken off.

    Args:
        recipe: what to do.
        sources: the folder that holds the files of the recipe's sources.
        out: the folder of the training: its state, its log and the encoder.
        reports: the corpus; no document that holds a passage of a report is trained on.
        seconds: how long to work between two writings of the state.
        say: is told what is being prepared.
        watch: is told after each step how far the training has come.

    Returns:
        The folder of the encoder, which transformers can load.

    Raises:
        InputError: a file of the sources or the state is missing or unusable.
        MismatchError: a source or the state is another than the recipe's.
        MissingExtra: the extra `neural` is not installed.
    """
    # threads that wait in a loop take the processor from those that work; read as torch starts
    for name, value in _THREADS.items():
        environ.setdefault(name, value)
    with needs_neural():
        from fazhi.baselines._pretraining import _train as loop
    from fazhi.baselines._pretraining._texts import prepare_texts
    from fazhi.baselines._pretraining._vocabulary import build_vocabulary

    check_target(out / "state.safetensors", sources)
    texts = prepare_texts(recipe, sources, reports, say)
    vocabulary = build_vocabulary(texts.trained_paragraphs(), recipe.min_frequency)
    say(f"preparing {len(vocabulary):,} tokens of vocabulary and the first weights …")
    trainer = loop.make_trainer(recipe, texts, vocabulary, out)
    loop.train(trainer, out, seconds, watch)
    return out / loop.ENCODER


@contextmanager
def needs_neural() -> Iterator[None]:
    """Around the import of what only the extra `neural` brings.

    Raises:
        MissingExtra: the package, or one that it needs itself, is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise MissingExtra("neural", (error.name or "torch").partition(".")[0]) from None
