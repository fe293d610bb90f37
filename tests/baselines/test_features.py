"""Character features see the characters around, their shapes, lists and title marks."""

from fazhi.baselines._features import features
from makers import make_example


def at(text: str, index: int) -> set[str]:
    return set(features(make_example(text).segment)[index])


def test_one_set_for_each_character():
    assert len(features(make_example("县委学法𠀀。").segment)) == 6


def test_the_window_marks_the_ends_of_the_text():
    assert {"c0=县", "c1=委", "c-1=_"} <= at("县委", 0)


def test_shapes_tell_digits_from_chinese_numerals():
    assert {"s0=digit", "s1=numeral", "s2=han"} <= at("5万件", 0)


def test_punctuation_is_its_own_shape():
    assert "s0=，" in at("法，", 1)


def test_grams_lie_inside_the_text():
    assert {each for each in at("县委学", 0) if each.startswith("g")} == {
        "g0:2=县委",
        "g1:2=委学",
        "g0:3=县委学",
    }


def test_title_marks():
    text = "《方案书》后"
    assert [next(f for f in at(text, i) if f.startswith("title=")) for i in range(6)] == [
        "title=_",
        "title=first",
        "title=inside",
        "title=last",
        "title=_",
        "title=_",
    ]


def test_lists_tell_the_place_in_an_entry():
    text = "学民法典。"
    assert "statutes=B" in at(text, 1)
    assert "statutes=I" in at(text, 2)
    assert "statutes=E" in at(text, 3)
    assert "before:statutes" in at(text, 0)
    assert "after:statutes" in at(text, 4)
