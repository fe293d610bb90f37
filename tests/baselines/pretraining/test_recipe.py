"""Recipes of pretraining: what fits together, and what is refused."""

import pytest
from pydantic import ValidationError

from fazhi._paths import room
from fazhi.baselines import (
    PretrainingRecipe,
    find_pretraining_recipe,
    read_pretraining_recipe,
)
from fazhi.errors import InputError, UnknownName


def refusal(fields) -> str:
    with pytest.raises(ValidationError) as caught:
        PretrainingRecipe.model_validate(fields)
    return str(caught.value)


def test_the_recipes_of_the_room_are_usable():
    names = [path.stem for path in (room("baselines") / "pretraining").glob("*.toml")]
    assert "bert-mini" in names
    for name in names:
        assert find_pretraining_recipe(name, room("baselines")).name == name


def test_an_unknown_name_is_answered_with_the_near_ones():
    with pytest.raises(UnknownName, match="bert-mini"):
        find_pretraining_recipe("bert-midi", room("baselines"))


def test_a_recipe_bears_the_name_of_its_file(tmp_path):
    text = (room("baselines") / "pretraining" / "bert-mini.toml").read_text("utf-8")
    (tmp_path / "other.toml").write_text(text, "utf-8")
    with pytest.raises(InputError, match="Name it as its file"):
        read_pretraining_recipe(tmp_path / "other.toml")


def test_heads_must_share_the_vector_evenly(fields):
    fields["architecture"]["heads"] = 3
    assert "hidden must be heads times an even number" in refusal(fields)


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("short", 7, "long must be a multiple of short"),
        ("long", 64, "more tokens than there are positions"),
        ("batches", [{"after": 0, "tokens": 65}], "must be a multiple of long"),
        ("batches", [{"after": 1, "tokens": 64}], "must begin at 0"),
        ("batches", [{"after": 0, "tokens": 64}, {"after": 0, "tokens": 32}], "follow each other"),
    ],
)
def test_lengths_and_batches_must_fit(fields, key, value, reason):
    fields["training"] |= {"short": 8, key: value}
    assert reason in refusal(fields)


def test_the_rate_is_flat_until_the_last_share_of_the_budget(recipe):
    # 2,048 tokens, of which the last 30% are the fall
    assert recipe.training.flat_until == 1_434
