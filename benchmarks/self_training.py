"""What it is worth to learn from public text that a model has labelled itself.

Run: python benchmarks/self_training.py SOURCES [--seeds N] [--resume FOLDER] [--write]. For each
seed, a `bert-mini-crf` that has learned from the synthetic reports alone reads passages of public
policy documents and work reports; those in which it is sure of every entity are learned from with
the synthetic reports, and then the real ones, by the ladder's `2-lists`. With --write, results
and predictions by the protocol `dev` go to `baselines/ladder/`, where the ladder's table has them.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from fazhi._paths import room
from fazhi.baselines import (
    Recipe,
    find_pretraining_recipe,
    find_recipe,
    fit_model,
)
from fazhi.baselines._pretraining._texts import prepare_texts
from fazhi.cli._runs import Outcome, run_folds, training_folds, write_outcome
from fazhi.cli._splits import synthetic_examples
from fazhi.cli._trials import Trial
from fazhi.corpus import Annotation, Entity, Example, Segment, kinds_of, read_reports
from fazhi.eval import headline
from fazhi.predictions import Prediction

NAME = "5-self-training"
SOURCES = ("policy", "work-reports")
PASSAGES = 1_500
"""How many are read of each source."""
SHORTEST, LONGEST = 20, 300
"""Characters of a passage that is read."""
SURE = 0.9
"""The least score of an entity that is learned from."""


def read_passages(folder: Path) -> list[list[str]]:
    """The passages of public text of a fitting length, of each source in its order."""
    recipe = find_pretraining_recipe("bert-mini", room("baselines"))
    reports = read_reports(room("corpus"))
    found = []
    for source in recipe.sources:
        if source.name in SOURCES:
            alone = recipe.model_copy(update={"sources": (source,)})
            paragraphs = prepare_texts(alone, folder, reports).trained_paragraphs()
            found.append([each for each in paragraphs if SHORTEST <= len(each) <= LONGEST])
    return found


def drawn(passages: Sequence[Sequence[str]], seed: int) -> list[Segment]:
    """Some passages of each source, drawn by the seed, as segments of a report of their own."""
    draw = np.random.default_rng(seed)
    chosen = [
        source[number]
        for source in passages
        for number in islice(draw.permutation(len(source)), PASSAGES)
    ]
    return [
        Segment(
            id=f"public-s{number:04d}",
            report="public",
            kind="paragraph",
            start=0,
            end=len(text),
            text=text,
            heading_path=(),
        )
        for number, text in enumerate(chosen, start=1)
    ]


def labelled(segments: Sequence[Segment], said: Sequence[Prediction]) -> Iterator[Example]:
    """The segments in which there are entities, and each of them is sure."""
    for segment, prediction in zip(segments, said, strict=True):
        found = prediction.entities or ()
        if found and all((each.score or 0) >= SURE for each in found):
            # a model of entities alone learns neither kinds nor roles: any that is valid will do
            entities = tuple(
                Entity(
                    start=each.start,
                    end=each.end,
                    text=segment.text[each.start : each.end],
                    label=each.label,
                    kind=kinds_of(each.label)[0],
                )
                for each in found
            )
            gold = Annotation(id=segment.id, entities=entities, role="title", topic=None)
            yield Example(segment=segment, gold=gold)


def taught(
    teacher: Recipe, passages: Sequence[Sequence[str]], seed: int, checkpoints: Path | None
) -> list[Example]:
    """What the teacher, which has seen no real report, is sure of."""
    model = fit_model(teacher.model, synthetic_examples(), teacher.params, seed, checkpoints)
    segments = drawn(passages, seed)
    return list(labelled(segments, model.predict(segments)))


def outcome_of(trial: Trial, silver: Sequence[Example], checkpoints: Path | None) -> Outcome:
    """What the student predicts of each report of train and validation without having seen it."""
    folds = [
        replace(fold, first=(*fold.first, *silver))
        for fold in training_folds(trial.recipe, trial.protocol)
    ]
    outcome = run_folds(trial, folds, checkpoints=checkpoints)
    data = f"synthetic+self-labelled{len(silver)}-then-real"
    run = outcome.result.run.model_copy(update={"data": data})
    return replace(outcome, result=outcome.result.model_copy(update={"run": run}))


def main() -> None:
    """Trains and scores a teacher and a student for each seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path, help="folder with the files of the texts")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--resume", type=Path, help="keep checkpoints here, and go on from them")
    parser.add_argument("--write", action="store_true", help="write to baselines/ladder/")
    chosen = parser.parse_args()
    teacher = find_recipe("bert-mini-crf", room("baselines"))
    rung = room("baselines") / "recipes/ladder/2-lists.toml"
    student = find_recipe(str(rung), room("baselines"))
    passages = read_passages(chosen.sources)
    for seed in range(chosen.seeds):
        silver = taught(teacher, passages, seed, chosen.resume)
        print(f"seed {seed}: {len(silver)} passages are sure", flush=True)
        trial = Trial(student.model_copy(update={"seed": seed}), NAME, "dev", seed == 0)
        outcome = outcome_of(trial, silver, chosen.resume)
        print(f"seed {seed}: {headline(outcome.result.scores)}", flush=True)
        if chosen.write:
            write_outcome(trial, outcome, room("baselines") / "ladder")


if __name__ == "__main__":
    main()
