"""Pre-annotations of baselines, for annotators to start from."""

from collections.abc import Sequence
from pathlib import Path

from fazhi import __version__
from fazhi._paths import room
from fazhi.annotation import Suggestion, to_prediction
from fazhi.baselines import find_recipe, load_model, train_fold
from fazhi.cli._runs import objective, training_folds
from fazhi.corpus import Segment, topic_is_due
from fazhi.eval import read_result
from fazhi.predictions import Prediction


def best_baselines(baselines: Path) -> list[str]:
    """The recipes with the best published leave-one-report-out figures: entities, then sections.

    Recipes that are run on request only need more than the core, and are left out.
    """
    results = {
        path.parent.name: read_result(path).scores
        for path in sorted(baselines.glob("results/*/loro.json"))
        if not find_recipe(path.parent.name, baselines).on_request
    }
    entities = {name: each.entities.micro.f1 for name, each in results.items() if each.entities}
    roles = {name: each.role.macro_f1 for name, each in results.items() if each.role}
    return [max(found, key=found.__getitem__) for found in (entities, roles) if found]


def suggest(systems: Sequence[str], segments: Sequence[Segment]) -> list[Suggestion]:
    """What baselines predict for segments, in the form that is pushed.

    Args:
        systems: recipes, trained here on the train split, or folders of trained models; where
            two attempt the same task, the first one is taken.
        segments: the segments.
    """
    found = [_predict(system, segments) for system in systems]
    version = f"{'+'.join(Path(each).name for each in systems)} (fazhi {__version__})"
    return [
        _suggestion(version, segment, predictions)
        for segment, *predictions in zip(segments, *found, strict=True)
    ]


def _predict(system: str, segments: Sequence[Segment]) -> list[Prediction]:
    if (Path(system) / "model.json").is_file():
        return load_model(Path(system)).predict(segments)
    recipe = find_recipe(system, room("baselines"))
    (fold,) = training_folds(recipe, "fixed")
    _, model = train_fold(recipe, fold, objective)
    return model.predict(segments)


def _suggestion(version: str, segment: Segment, predictions: Sequence[Prediction]) -> Suggestion:
    entities = next((each.entities for each in predictions if each.entities is not None), ())
    role = next((each.role for each in predictions if each.role), None)
    topic = next((each.topic for each in predictions if each.topic), None)
    scores = [each.score for each in entities if each.score is not None]
    spans = [(each.start, each.end, each.label) for each in entities]
    due = topic if role and topic_is_due(role) else None
    return Suggestion(
        model=version,
        score=min(scores, default=None),
        result=to_prediction(segment.text, spans, role, due),
    )
