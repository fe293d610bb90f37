"""Published results that are made up: a baselines room with whatever scores a test needs."""

from fazhi._paths import room
from fazhi.baselines import find_recipe
from fazhi.cli._runs import Outcome, write_outcome
from fazhi.cli._trials import trials_of
from fazhi.eval import Run, make_result
from fazhi.predictions import PredictedEntity, Prediction


def entities_found(example, share):
    """A prediction of the first entities of a segment, as many as the share says."""
    entities = [
        PredictedEntity(start=entity.start, end=entity.end, label=entity.label)
        for number, entity in enumerate(example.gold.entities)
        if number < share * len(example.gold.entities)
    ]
    return Prediction(id=example.segment.id, entities=tuple(entities))


def sections_found(example, share):
    """A prediction of role and topic: right for a share of 1, and always the same otherwise."""
    gold = example.gold
    right = share == 1
    return Prediction(
        id=example.segment.id,
        role=gold.role if right else "other",
        topic=gold.topic if right else gold.topic and "general",
    )


def publish(
    folder,
    due,
    *,
    name="crf",
    protocol="dev",
    data=None,
    seeds=1,
    found=(1.0,),
    predict=entities_found,
):
    """Publishes made-up predictions of a system: of each seed, those of a share."""
    own = {"name": name, "data": "real"}
    # both are random, and only a network learns from one mixture after another
    kind = "bert-mini" if "-then-" in (data or "") else "tfidf-svm"
    recipe = find_recipe(kind, room("baselines")).model_copy(update=own)
    for trial, share in zip(trials_of(recipe, protocol, data, seeds), found, strict=True):
        predictions = tuple(predict(each, share) for each in due)
        run = Run(system=trial.system, protocol=protocol, data=trial.recipe.data)
        outcome = Outcome(make_result(run, due, predictions, "1.0.0"), predictions)
        write_outcome(trial, outcome, folder / trial.room_folder)
