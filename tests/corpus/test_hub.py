"""What the Hub accepts of a dataset card and of `croissant.json` is checked without it."""

import json
import shutil

import pytest

from fazhi._paths import room
from fazhi.corpus import check_pages, plan_upload, read_front_matter
from fazhi.errors import InputError

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # of rdflib


@pytest.fixture
def corpus(tmp_path):
    """A copy of the room that may come to harm."""
    folder = tmp_path / "corpus"
    shutil.copytree(room("corpus"), folder)
    (tmp_path / "annotation").mkdir()
    shutil.copy(room("annotation") / "guidelines.md", tmp_path / "annotation")
    return folder


def replace(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_what_is_committed_is_valid():
    check_pages(room("corpus"))


def test_all_that_is_committed_goes():
    assert plan_upload(room("corpus")).others == ()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("license: cc-by-4.0\n", "", "key 'license': Field required"),
        ("license: cc-by-4.0", "license: CC BY", "key 'license'"),
        ("- zh\n", "- Chinese\n", "key 'language.0'"),
        ("pretty_name", "prettyname", "key 'pretty_name'"),
        ("- token-classification", "- tagging", "key 'task_categories.0'"),
        ("- found\n", "- officials\n", "key 'language_creators.0'"),
        ("- machine-generated\nm", "- models\nm", "key 'annotations_creators.0"),
        ("- monolingual", "- one", "key 'multilinguality.0'"),
        ("  - split: train", "  - part: train", "key 'configs.0.data_files.0.split'"),
        ("- n<1K", "- n<10K", "key 'size_categories.0'"),
        ("license: cc-by-4.0", "license: [", "invalid YAML"),
        ("---\n", "", "does not begin with YAML"),
    ],
)
def test_front_matter_that_the_hub_would_not_accept_is_named(corpus, old, new, reason):
    card = corpus / "README.md"
    replace(card, old, new)
    with pytest.raises(InputError, match=r"README.md: ") as caught:
        read_front_matter(card)
    assert reason in str(caught.value)


def test_a_configuration_whose_file_is_not_there(corpus):
    replace(corpus / "README.md", "path: data/facts-test.parquet", "path: data/fact.parquet")
    with pytest.raises(InputError, match=r"lists data/fact\.parquet, which is no file"):
        check_pages(corpus)


def test_the_licence_file_and_the_card_say_the_same():
    licence = (room("corpus") / "LICENSE").read_text("utf-8")
    assert read_front_matter(room("corpus") / "README.md").license == "cc-by-4.0"
    assert "Creative Commons Attribution 4.0 International License (CC BY 4.0)" in licence
    assert "not protected under\nArticle 5 of China's Copyright Law" in licence


@pytest.mark.parametrize("key", ["conformsTo", "license", "distribution"])
def test_a_croissant_file_that_is_not_valid(corpus, key):
    path = corpus / "croissant.json"
    content = json.loads(path.read_text("utf-8"))
    del content[key]
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(InputError, match=r"croissant\.json: no valid Croissant"):
        check_pages(corpus)


def test_a_file_of_the_dataset_that_is_missing_is_named(corpus):
    (corpus / "sources.toml").unlink()
    with pytest.raises(InputError, match=r"sources\.toml: there is no such file"):
        plan_upload(corpus)
