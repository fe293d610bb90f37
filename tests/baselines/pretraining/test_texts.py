"""What is trained on, and what the loss is measured on."""

import pytest

from fazhi._paths import room
from fazhi.baselines import PretrainingRecipe
from fazhi.baselines._pretraining._texts import REPORTS, prepare_texts
from fazhi.corpus import read_reports
from fazhi.errors import InputError
from tiny_texts import content_hash, pack


@pytest.fixture(scope="module")
def reports():
    return read_reports(room("corpus"))


@pytest.fixture
def prepare(fields, sources, reports):
    """The texts of a recipe of two sources, the first of which holds the given texts."""

    def of(*texts: str, more: bool = True):
        data = pack({"path": str(number), "text": text} for number, text in enumerate(texts))
        path = sources / "one.jsonl.xz"
        path.write_bytes(data)
        checked = {"file": path.name, "sha256": content_hash(path)}
        one = {"name": "one", "origin": "made up", **checked}
        chosen = {"sources": [one, *fields["sources"][:more]]}
        recipe = PretrainingRecipe.model_validate({**fields, **chosen})
        return prepare_texts(recipe, sources, reports)

    return of


def of_one(texts) -> list[str]:
    """The paragraphs of the first source, trained on or held out."""
    apart = (each for document in texts.held_out["one"] for each in document)
    return sorted(each for each in (*texts.trained_paragraphs(), *apart) if "条" not in each)


def test_documents_are_cleaned_and_parted(recipe, sources, reports):
    texts = prepare_texts(recipe, sources, reports)
    # a tenth of 20 and of 10 documents is held out
    assert texts.figures["laws"].documents == 18
    assert texts.figures["policy"].documents == 9
    assert [len(texts.held_out[name]) for name in ("laws", "policy")] == [2, 1]
    assert sorted({copies for _, copies in texts.train}) == [1, 2]
    assert not any(" " in paragraph for paragraph in texts.trained_paragraphs())


def test_the_loss_is_measured_on_training_and_validation_reports_only(recipe, sources, reports):
    texts = prepare_texts(recipe, sources, reports)
    splits = {report.text: report.source.split for report in reports}
    found = ["\n".join(document) for document in texts.held_out[REPORTS]]
    assert sorted(splits[text] for text in found) == ["train", "train", "validation"]


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_a_document_with_a_passage_of_a_report_is_left_out(prepare, reports, split):
    report = next(each for each in reports if each.source.split == split)
    start = report.text.index("。") + 1
    texts = prepare(
        f"转载如下。{report.text[start : start + 60]}等等。", "甲乙丙丁。", "戊己庚辛。"
    )
    assert texts.figures["one"].dropped == 1
    assert of_one(texts) == ["戊己庚辛。", "甲乙丙丁。"]


def test_a_fixed_expression_of_the_reports_is_no_reason(prepare, reports):
    expression = "坚持以习近平新时代中国特色社会主义思想为指导"
    assert any(expression in report.text for report in reports)
    figures = prepare(f"我局{expression}。", "甲乙丙丁。").figures["one"]
    assert (figures.shared, figures.dropped) == (1, 0)


def test_a_paragraph_is_there_once(prepare):
    texts = prepare("甲乙丙丁。\n\n戊己庚辛。", "甲乙丙丁。", "甲乙丙丁。\n\n壬癸子丑。")
    assert of_one(texts) == ["壬癸子丑。", "戊己庚辛。", "甲乙丙丁。"]
    assert texts.figures["one"].repeated == 2


def test_what_is_held_out_is_not_trained_on(prepare):
    texts = prepare(*(["甲乙丙丁。"] * 10))
    assert texts.held_out["one"] == (("甲乙丙丁。",),)
    assert "甲乙丙丁。" not in texts.trained_paragraphs()


def test_texts_that_fill_no_sequence_are_refused(prepare):
    with pytest.raises(InputError, match="do not fill one long sequence"):
        prepare("甲乙丙丁。", "戊己庚辛。", more=False)
