"""Pretraining: from the recipe to the encoder's folder, and from there to the published one."""

from collections.abc import Callable, Sequence
from os import environ
from pathlib import Path

from fazhi._files import check_target
from fazhi.baselines._extra import needs_extra
from fazhi.baselines._pretraining._log import LogLine, Place
from fazhi.baselines._pretraining._recipe import PretrainingRecipe
from fazhi.corpus import Report


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
    _calm_threads()
    with needs_extra("neural"):
        from fazhi.baselines._pretraining import _train as loop
    from fazhi.baselines._pretraining._card import write_training_card
    from fazhi.baselines._pretraining._texts import prepare_texts
    from fazhi.baselines._pretraining._vocabulary import build_vocabulary

    check_target(out / "state.safetensors", sources)
    texts = prepare_texts(recipe, sources, reports, say)
    vocabulary = build_vocabulary(texts.trained_paragraphs(), recipe.min_frequency)
    say(f"preparing the first weights, for {len(vocabulary):,} tokens of vocabulary …")
    trainer = loop.make_trainer(recipe, texts, vocabulary, out)
    parameters = sum(each.numel() for each in trainer.network.encoder.parameters())
    write_training_card(out, recipe, parameters, len(vocabulary), texts.figures)
    loop.train(trainer, out, seconds, watch)
    return out / loop.ENCODER


def publish_encoder(training: Path, target: Path, ablation: Path) -> None:
    """Writes the encoder of a training that is at its end, with its log and its model card.

    Args:
        training: the folder of the training.
        target: where to; the weights take half the bytes there.
        ablation: the file that says what the ingredients are worth; may be missing.

    Raises:
        InputError: the folder holds no training, or one that is not at its end.
        MissingExtra: the extra `neural` is not installed.
    """
    with needs_extra("neural"):
        from fazhi.baselines._pretraining import _publish

    _publish.publish(training, target, ablation)


def _calm_threads() -> None:
    """Threads that wait in a loop take the processor from those that work; read as torch starts."""
    environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    environ.setdefault("GOMP_SPINCOUNT", "0")
