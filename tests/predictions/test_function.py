"""A function of somebody's own predicts: what it returns is read like a file."""

import sys

import pytest

from fazhi.errors import InputError
from fazhi.predictions import Policy, from_function
from makers import make_example

SEGMENTS = [
    make_example("县司法局受理5件。", name="made-2020-s001").segment,
    make_example("二是学法。", name="made-2020-s002").segment,
]


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Writes a module into the current folder, under a name of its own, and returns the name."""
    monkeypatch.chdir(tmp_path)

    def write(source: str) -> str:
        name = f"made_{tmp_path.name.replace('-', '_')}"
        (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
        return name

    yield write
    for name in [name for name in sys.modules if name.startswith("made_")]:
        del sys.modules[name]


def refusal(function: str) -> str:
    with pytest.raises(InputError) as caught:
        from_function(function, SEGMENTS)
    assert str(caught.value).startswith(f"{function}: ")
    assert caught.value.__suppress_context__ or caught.value.__context__ is None  # no traceback
    return str(caught.value).removeprefix(f"{function}: ")


def test_it_gets_the_segments_and_returns_predictions(module):
    name = module(
        "def predict(segments):\n"
        "    assert [sorted(each) for each in segments] == "
        "[['heading_path', 'id', 'kind', 'report', 'text']] * 2\n"
        "    for each in segments:\n"
        "        yield {'id': each['id'], 'entities': "
        "({'start': 0, 'end': len(each['text']), 'label': 'LEGAL'},)}\n"
    )
    reading = from_function(f"{name}:predict", SEGMENTS)
    assert reading.problems == ()
    assert [each.entities[0].end for each in reading.predictions] == [9, 5]


def test_a_method_of_an_object_is_a_function_too(module):
    name = module(
        "class Model:\n    def predict(self, given):\n"
        "        return [{'id': each['id'], 'role': 'work'} for each in given]\nmodel = Model()\n"
    )
    assert from_function(f"{name}:model.predict", SEGMENTS).predictions[0].role == "work"


def test_the_search_path_is_left_as_it_was(module):
    name, before = module("def predict(given): return []"), list(sys.path)
    from_function(f"{name}:predict", SEGMENTS)
    assert sys.path == before


def test_the_policy_holds(module):
    name = module("def predict(given): return [{'id': given[1]['id'], 'role': 'work'}]")
    assert from_function(f"{name}:predict", SEGMENTS).missing == ("made-2020-s001",)
    assert from_function(f"{name}:predict", SEGMENTS, Policy(allow_missing=True)).predictions


@pytest.mark.parametrize(
    ("function", "message"),
    [
        ("json", "is not the name of a function"),
        (":loads", "is not the name of a function"),
        ("json:", "is not the name of a function"),
        (".json:loads", "is not the name of a function"),
        ("no_such_module:predict", "there is no module 'no_such_module'"),
        ("json.no_such:predict", "there is no module 'json.no_such'"),
        ("json:no_such", "the module has no function 'no_such'"),
        ("json:__name__", "the module has no function '__name__'"),
        ("json:loads", "raised TypeError: "),
        ("builtins:len", "returned int"),
        ("builtins:str", "returned str"),
        ("sys:exit", "raised SystemExit: "),
    ],
)
def test_what_is_no_such_function_is_named(function, message):
    assert refusal(function).startswith(message)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import no_such_module", "raised ModuleNotFoundError: \"No module named 'no_such_module'"),
        ("x =", "raised SyntaxError: "),
        ("raise OSError('disk')", "raised OSError: 'disk'"),
        ("def predict(_): raise ValueError('\\x1b[2J' * 99)", "raised ValueError: '\\x1b[2J"),
        (
            "def predict(_):\n    yield {}\n    raise KeyError('late')",
            "raised KeyError: \"'late'\"",
        ),
        ("def predict(_): return None", "returned NoneType"),
        ("def predict(_): return {}", "returned dict"),
        ("def predict(_): return predict(_)", "raised RecursionError: "),
    ],
)
def test_what_goes_wrong_in_the_module_is_named(module, source, message):
    assert refusal(f"{module(source)}:predict").startswith(message)


@pytest.mark.parametrize(
    ("item", "what"),
    [
        ("None", "expected a JSON object, found NoneType"),
        ("[1]", "expected a JSON object, found list"),
        ("{'id': {1}}", "the item is not JSON: 'Object of type set is not JSON serializable'"),
        ("{'id': float('nan')}", "the item is not JSON: 'Out of range float values"),
        ("{'id': 10 ** 5000}", "the item is not JSON: 'Exceeds the limit"),
        ("{'id': '\\ud800'}", "there is no segment '\\ud800'"),
        ("{'id': 5}", "key 'id': Input should be a valid string"),
        ("{'id': given[0]['id'], 'role': 'x'}", "key 'role': "),
        ("given", "expected a JSON object, found list"),
    ],
)
def test_a_malformed_item_is_a_problem_with_its_number(module, item, what):
    good = "{'id': given[1]['id'], 'role': 'work'}"
    name = module(f"def predict(given): return [{good}, {item}]")
    problems = from_function(f"{name}:predict", SEGMENTS).problems
    (found,) = [each for each in problems if each.line is not None]
    assert found.line == 2
    assert found.what.startswith(what)


def test_an_item_that_holds_itself_or_is_too_deep_is_a_problem(module):
    name = module(
        "def predict(given):\n    one = {}\n    one['id'] = one\n    yield one\n"
        "    deep = []\n    for _ in range(10 ** 5):\n        deep = [deep]\n    yield deep\n"
    )
    found = from_function(f"{name}:predict", SEGMENTS).problems[1:]
    assert [each.what[:21] for each in found] == ["the item is not JSON:"] * 2


def test_items_that_never_end_are_not_waited_for(module):
    name = module("import itertools\ndef predict(given): return itertools.repeat(given[0])")
    assert from_function(f"{name}:predict", SEGMENTS).stopped


def test_what_it_prints_is_no_result(module, capsys):
    name = module("print('loading')\ndef predict(given):\n    print('working')\n    return []")
    from_function(f"{name}:predict", SEGMENTS)
    assert capsys.readouterr() == ("", "loading\nworking\n")


def test_an_interrupt_is_passed_on(module):
    name = module("def predict(_): raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        from_function(f"{name}:predict", SEGMENTS)
