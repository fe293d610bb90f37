"""Exported networks: the same predictions without torch, and nothing that was changed is read."""

import json
import subprocess
import sys

import onnx
import pytest

from encoders import save_encoder
from fazhi._files import sha256
from fazhi.baselines import (
    Recipe,
    export_model,
    fit_model,
    load_model,
    predict_examples,
    save_model,
)
from fazhi.errors import InputError
from makers import make_example

PARAMS = {
    "tasks": "entities sections facts",
    "head": "crf",
    "window": 64,
    "overlap": 16,
    "epochs": 20,
    "batch": 2,
    "encoder_rate": 1e-3,
    "head_rate": 1e-2,
    "warm_up": 0.1,
    "decay": 0.01,
    "dropout": 0.0,
}
EXAMPLES = [
    make_example(
        "县司法局会同市政府办结案件71件，",
        ("县司法局", "AGENCY", "government"),
        ("市政府", "AGENCY", "government"),
        ("71件", "METRIC", "count"),
        facts=(("71件", "案件", "71 件"),),
        name="made-2020-s001",
    ),
    make_example(
        "学习《民法典》50余次；",
        ("民法典", "LEGAL", "law"),
        ("50余次", "METRIC", "count"),
        facts=(("50余次", None, "~50 次"),),
        name="made-2020-s002",
        topic="publicity",
    ),
    make_example("二、存在的问题", name="made-2020-s003", role="heading", topic="general"),
    # three windows of 62 characters
    make_example(
        "办结案件，" * 25 + "县司法局71件",
        ("县司法局", "AGENCY", "government"),
        ("71件", "METRIC", "count"),
        facts=(("71件", "案件", "71 件"),),
        name="made-2020-s004",
    ),
]
CHARACTERS = {char for each in EXAMPLES for char in each.segment.text}


def trained(folder, **changes):
    """A model that was trained on the examples, in a folder."""
    encoder = save_encoder(folder / "encoder", CHARACTERS)
    params = {**PARAMS, "encoder": encoder, **changes}
    recipe = Recipe(name="made", description="x", model="bert", tolerance=0, params=params)
    model = fit_model("bert", EXAMPLES, params, 0)
    save_model(model, recipe, params, EXAMPLES, folder / "model")
    return folder / "model"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A model for all tasks, exported with both precisions."""
    folder = tmp_path_factory.mktemp("exported")
    model = trained(folder)
    export_model(model, "fp32", folder / "fp32")
    export_model(model, "int8", folder / "int8")
    return folder


def said(folder, **options):
    """What a model says, but for how probable it finds entities, rounded coarsely."""
    found = predict_examples(load_model(folder, **options), EXAMPLES)
    return [
        each.model_copy(
            update={
                "entities": [
                    one.model_copy(update={"score": round(one.score, 1)}) for one in each.entities
                ]
            }
        )
        for each in found
    ]


def test_an_exported_model_says_the_same(folder):
    due = said(folder / "model")
    assert any(each.entities and each.facts and each.facts_on_gold for each in due)
    assert said(folder / "fp32") == due


def test_rounded_weights_say_the_same_where_the_network_is_sure(folder):
    due = predict_examples(load_model(folder / "model"), EXAMPLES)
    found = predict_examples(load_model(folder / "int8"), EXAMPLES)
    for one, other in zip(found, due, strict=True):
        assert [each.place for each in one.entities] == [each.place for each in other.entities]
        assert (one.role, one.topic, one.facts) == (other.role, other.topic, other.facts)


def test_rounded_weights_take_a_byte_each(folder):
    rounded, whole = ((folder / name / "encoder.onnx").stat().st_size for name in ("int8", "fp32"))
    # one layer has 4 matrices of 32 * 32 and 2 of 32 * 64, which is 8,192 weights; each has 3
    # bytes less, and a third of that is what the scales and the larger graph take
    assert whole - rounded > 2 * 8_192
    kinds = [
        {node.op_type for node in onnx.load(folder / name / "encoder.onnx").graph.node}
        for name in ("int8", "fp32")
    ]
    assert "MatMulInteger" in kinds[0] - kinds[1]


@pytest.mark.parametrize(("head", "cues"), [("softmax", ""), ("span", ""), ("crf", "lists ngrams")])
def test_other_heads_are_exported_as_well(head, cues, tmp_path):
    model = trained(tmp_path, head=head, cues=cues, tasks="entities", epochs=40)
    export_model(model, "fp32", tmp_path / "fp32")
    due = [each.model_copy(update={"facts_on_gold": None}) for each in said(model)]
    assert any(each.entities for each in due)
    assert said(tmp_path / "fp32") == due


def test_sixteen_bits_say_the_same_where_the_network_is_sure(folder):
    assert said(folder / "model", bf16=True) == said(folder / "model")


def test_predicting_imports_no_torch_and_needs_none(folder):
    code = (
        "import sys\n"
        "for name in ('torch', 'transformers', 'onnx', 'onnxscript'): sys.modules[name] = None\n"
        "from pathlib import Path\n"
        "from fazhi.baselines import load_model\n"
        "from fazhi.corpus import load_examples\n"
        "from fazhi._paths import room\n"
        "segments = [each.segment for each in load_examples(room('corpus'), ['validation'])]\n"
        "print(len(load_model(Path('int8')).predict(segments)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.stdout == "34\n", done.stderr


@pytest.mark.parametrize(
    ("missing", "call", "extra"),
    [
        ("onnxruntime", "load_model(Path('int8'))", "onnx"),
        ("onnxscript", "export_model(Path('model'), 'fp32', Path('x'))", "onnx"),
        ("torch", "export_model(Path('model'), 'fp32', Path('x'))", "neural"),
    ],
)
def test_without_an_extra_the_extra_is_named(missing, call, extra, folder):
    code = (
        "import sys\n"
        f"sys.modules[{missing!r}] = None\n"
        "from pathlib import Path\n"
        "from fazhi.baselines import export_model, load_model\n"
        f"{call}"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    last = done.stderr.splitlines()[-1]
    assert f"needs the package {missing!r}" in last
    assert f"pip install 'fazhi[{extra}]'" in last
    assert not (folder / "x").exists()


def test_the_graphs_do_not_tell_where_they_were_made(folder):
    for path in folder.glob("*/*.onnx"):
        assert b".py" not in path.read_bytes(), path.name


def changed(folder, name: str, content: bytes):
    """A copy of an exported model with another file, of which its card knows."""
    copy = folder / f"changed-{name}"
    copy.mkdir()
    card = json.loads((folder / "int8/model.json").read_text("utf-8"))
    for each in card["files"]:
        (copy / each).write_bytes((folder / "int8" / each).read_bytes())
    (copy / name).write_bytes(content)
    card["files"][name] = sha256(content)
    (copy / "model.json").write_text(json.dumps(card), encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("encoder.onnx", b"x"),
        ("chain.safetensors", b"x"),
        ("labels.json", b'{"tags": []}'),
        ("other.onnx", b"x"),
    ],
)
def test_files_that_do_not_fit_are_refused(name, content, folder):
    with pytest.raises(InputError, match="do not make a model"):
        load_model(changed(folder, name, content))


def test_a_file_that_was_changed_is_refused(folder, tmp_path):
    for path in (folder / "int8").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "encoder.onnx").write_bytes(b"x")
    with pytest.raises(InputError, match=r"not the one that model\.json vouches for"):
        load_model(tmp_path)


def test_what_is_no_network_cannot_be_exported(folder, tmp_path):
    recipe = Recipe(name="majority", description="x", model="majority", tolerance=0)
    save_model(fit_model("majority", EXAMPLES, {}, 0), recipe, {}, EXAMPLES, tmp_path)
    with pytest.raises(InputError, match="of the kind majority; what can be exported are networks"):
        export_model(tmp_path, "int8", tmp_path / "out")
    with pytest.raises(InputError, match="exported already"):
        export_model(folder / "int8", "fp32", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_exported_network_does_not_compute_with_bfloat16(folder):
    with pytest.raises(InputError, match="Leave bf16 out"):
        load_model(folder / "fp32", bf16=True)
