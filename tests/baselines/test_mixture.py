"""A mixture says what is learned from, and what is drawn by the seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi._paths import room
from fazhi.baselines import Mixture, mix
from fazhi.corpus import load_examples
from makers import make_example

REAL = [make_example("学法。", name=f"aa-2020-s00{index}") for index in (1, 2)]
SYNTHETIC = [
    make_example("普法。", name=f"{report}-2021-s00{index}")
    for report in ("bb", "cc", "dd", "ee")
    for index in (1, 2)
]


def mixed(notation: str, seed: int = 0) -> list[str]:
    return [each.segment.id for each in mix(Mixture.parse(notation), REAL, SYNTHETIC, seed)]


def names(examples) -> list[str]:
    return [each.segment.id for each in examples]


def test_the_parts_follow_each_other():
    assert mixed("real") == names(REAL)
    assert mixed("synthetic") == names(SYNTHETIC)
    assert mixed("synthetic+real") == names(SYNTHETIC) + names(REAL)


def test_a_part_can_be_there_several_times():
    assert mixed("3xreal+synthetic") == names(REAL) * 3 + names(SYNTHETIC)


def test_reports_are_drawn_whole_and_stay_in_order():
    found = mixed("synthetic2")
    reports = list(dict.fromkeys(name.partition("-")[0] for name in found))
    assert len(reports) == 2
    assert reports == sorted(reports)
    assert found == [name for name in names(SYNTHETIC) if name.partition("-")[0] in reports]


def test_another_seed_draws_other_reports():
    assert len({tuple(mixed("synthetic2", seed)) for seed in range(20)}) > 1


@given(st.integers(0, 1000), st.integers(1, 3))
def test_more_reports_hold_the_fewer(seed, number):
    assert set(mixed(f"synthetic{number}", seed)) < set(mixed(f"synthetic{number + 1}", seed))


def test_more_reports_than_there_are_are_all():
    assert mixed("synthetic60") == names(SYNTHETIC)


@pytest.mark.parametrize(
    "notation", ["", "real+", "fake", "0xreal", "real-synthetic", "synthetic0", "real + synthetic"]
)
def test_what_is_no_mixture_is_refused_with_the_ways_to_write_one(notation):
    with pytest.raises(ValueError, match=r"is no mixture; write it as real, synthetic, real\+"):
        Mixture.parse(notation)


def test_recombined_reports_are_made_of_real_and_synthetic_ones_by_the_seed():
    corpus = room("corpus")
    real, synthetic = (load_examples(corpus, [split]) for split in ("train", "synthetic"))
    mixture = Mixture.parse("recombined2")
    found = mix(mixture, real, synthetic, 0)
    assert {each.segment.report for each in found} == {"synthetic-000001", "synthetic-000002"}
    assert found == mix(mixture, real, synthetic, 0) != mix(mixture, real, synthetic, 1)
    assert mixture.is_drawn
    assert mixture.needs_synthetic


def test_it_must_be_said_how_many_are_recombined():
    with pytest.raises(ValueError, match="does not say how many reports are recombined"):
        Mixture.parse("real+recombined")


def test_a_source_stands_once():
    with pytest.raises(ValueError, match="'real\\+real' names a source twice"):
        Mixture.parse("real+real")


def test_it_is_known_whether_the_seed_decides():
    assert Mixture.parse("real+synthetic15").is_drawn
    assert not Mixture.parse("3xreal+synthetic").is_drawn


def test_it_is_known_whether_made_up_text_is_in_it():
    assert Mixture.parse("real+synthetic15").needs_synthetic
    assert not Mixture.parse("2xreal").needs_synthetic


def test_what_is_learned_first_is_a_mixture_of_its_own():
    course = Mixture.parse("synthetic2-then-3xreal")
    assert course.is_drawn
    assert course.needs_synthetic
    assert names(mix(course, REAL, SYNTHETIC, 0)) == names(REAL) * 3
    assert course.first == Mixture.parse("synthetic2")


@pytest.mark.parametrize(
    "notation", ["synthetic-then-", "-then-real", "real-then-synthetic-then-real"]
)
def test_it_is_one_mixture_and_then_one(notation):
    with pytest.raises(ValueError, match="is no mixture"):
        Mixture.parse(notation)
