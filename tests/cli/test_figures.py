"""Pictures show the figures that are due, in characters that the font has."""

import io
import json
import shutil
import sys
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from commands import TOP, copy_checkout, need, run, run_copy
from fazhi._paths import room
from fazhi.baselines import find_recipe
from fazhi.cli import _picture
from fazhi.cli._figures import picture_of_labels, pictures_of_results
from fazhi.cli._picture import (
    Picture,
    check_pictures,
    chinese_font,
    data_of,
    render,
    write_pictures,
)
from fazhi.cli._picture_curve import curve_picture
from fazhi.cli._runs import examples_of, training_folds
from fazhi.corpus import ENTITY_LABELS, MADE_UP, SPLITS, SYNTHETIC, load_examples
from fazhi.errors import InputError, MismatchError, MissingExtra, MissingFont
from fazhi.eval import read_result
from published import publish

ROOMS = {"labels.png": "corpus", "confusion.png": "baselines", "learning-curve.png": "baselines"}


@pytest.fixture(scope="module")
def pictures():
    found = [picture_of_labels(TOP), *pictures_of_results(TOP / "baselines")]
    return {picture.path.name: picture for picture in found}


@pytest.fixture(scope="module")
def due():
    return examples_of("dev")


@pytest.fixture
def font():
    """A font with Chinese characters, which a machine of a user may lack."""
    try:
        return chinese_font()
    except MissingFont as error:
        need(False, "A font with Chinese characters", str(error))


class TestCommitted:
    def test_they_show_what_is_due(self):
        done = run("figures", "--check")
        assert done.returncode == 0, done.stderr

    def test_they_look_as_they_are_drawn_now(self, font, pictures):
        # fonts of another version differ in a few pixels at the edges of characters
        for picture in pictures.values():
            committed = Image.open(picture.path).convert("L")
            drawn = Image.open(io.BytesIO(render(picture))).convert("L")
            assert committed.size == drawn.size, picture.path.name
            differences = np.abs(np.asarray(committed, int) - np.asarray(drawn, int))
            assert differences.mean() < 4, picture.path.name

    @pytest.mark.parametrize("room_name", ["corpus", "baselines"])
    def test_the_rooms_show_them_with_a_text_for_who_does_not_see_them(self, room_name, pictures):
        text = (room(room_name) / "README.md").read_text("utf-8")
        for name, picture in pictures.items():
            if ROOMS[name] == room_name:
                assert f"![{picture.alt}]({name})" in text

    def test_nothing_depends_on_the_machine(self, font, pictures):
        picture = pictures["labels.png"]
        assert render(picture) == render(picture)


class TestLabels:
    def test_every_count_is_that_of_the_examples(self, pictures):
        examples = {split: load_examples(room("corpus"), [split]) for split in (*SPLITS, SYNTHETIC)}
        due = {
            split: Counter(
                [f"{e.label}.{e.kind}" for each in found for e in each.gold.entities]
                + [f"role {each.gold.role}" for each in found]
                + [f"topic {each.gold.topic}" for each in found]
            )
            for split, found in examples.items()
        }
        shown = pictures["labels.png"].data["panels"]
        for panel, prefix in zip(shown, ("", "role ", "topic "), strict=True):
            for bar in panel["bars"]:
                for split, counts in due.items():
                    assert bar[split] == counts[prefix + bar["name"]], (bar["name"], split)
        assert [len(panel["bars"]) for panel in shown] == [11, 7, 11]

    def test_made_up_text_is_said_to_be_made_up(self, font, pictures):
        from matplotlib.figure import Figure

        figure = Figure()
        pictures["labels.png"].draw(figure, pictures["labels.png"].data)
        titles = [axes.get_title(loc) for axes in figure.axes for loc in ("left", "center")]
        assert MADE_UP in titles


class TestConfusion:
    @pytest.fixture
    def matrices(self, pictures):
        return dict(
            zip(
                ("entities", "role", "topic"),
                pictures["confusion.png"].data["matrices"],
                strict=True,
            )
        )

    def test_rows_are_the_gold_labels_of_the_test_split(self, matrices):
        test = load_examples(room("corpus"), ["test"])
        roles = Counter(each.gold.role for each in test)
        topics = Counter(each.gold.topic for each in test if each.gold.topic)
        for task, due in (("role", roles), ("topic", topics)):
            matrix = matrices[task]
            sums = {
                row.split()[0]: sum(counts)
                for row, counts in zip(matrix["rows"], matrix["counts"], strict=True)
            }
            assert {name: number for name, number in sums.items() if number} == due

    def test_entities_add_up_to_what_was_scored(self, matrices):
        name = matrices["entities"]["title"].removeprefix("entities: ").partition(",")[0]
        scores = read_result(room("baselines") / "results" / name / "fixed.json").scores.entities
        *rows, spurious = matrices["entities"]["counts"]
        for index, (label, counts) in enumerate(zip(ENTITY_LABELS, rows, strict=True)):
            assert sum(counts) == scores.per_type[label].support
            assert counts[index] == scores.per_type[label].correct
        # a predicted entity is right, of another type, with wrong ends, or spurious
        predicted = sum(sum(counts[:-1]) for counts in rows) + sum(spurious)
        assert predicted == scores.micro.predicted

    def test_the_correct_ones_are_those_that_the_accuracy_counts(self, matrices):
        for task in ("role", "topic"):
            name = matrices[task]["title"].removeprefix(f"{task}: ").partition(",")[0]
            scores = read_result(room("baselines") / "results" / name / "fixed.json").scores
            counts = matrices[task]["counts"]
            correct = sum(counts[index][index] for index in range(len(counts)))
            accuracy = getattr(scores, task).accuracy
            assert correct == pytest.approx(accuracy * sum(map(sum, counts)))

    def test_the_title_says_what_was_learned_from(self, matrices):
        for matrix in matrices.values():
            name, _, data = matrix["title"].partition(": ")[2].partition(", learned from ")
            result = read_result(room("baselines") / "results" / name / "fixed.json")
            assert data == result.run.data


class TestCurve:
    @pytest.fixture
    def baselines(self, tmp_path):
        """A room with the recipes and no results."""
        shutil.copytree(room("baselines") / "recipes", tmp_path / "recipes")
        return tmp_path

    def test_two_points_are_no_curve(self, baselines, due):
        publish(baselines, due)
        publish(baselines, due, data="real+synthetic5")
        assert curve_picture(baselines / "x.png", baselines) is None

    def test_a_curve_has_the_amounts_and_every_seed(self, baselines, due):
        publish(baselines, due, found=[0.0])
        publish(baselines, due, data="real+synthetic", found=[1.0])
        publish(baselines, due, data="real+synthetic5", seeds=2, found=[1.0, 0.0])
        picture = curve_picture(baselines / "x.png", baselines)
        (system,) = picture.data["systems"]
        assert system["name"] == "crf, real+synthetic"
        assert [point["data"] for point in system["points"]] == [
            "real",
            "real+synthetic5",
            "real+synthetic",
        ]
        scores = [point["scores"]["entities micro-F1"] for point in system["points"]]
        assert scores == [[0.0], [100.0, 0.0], [100.0]]

    def test_the_least_amount_is_the_text_of_the_real_reports(self, baselines, due):
        for data in (None, "real+synthetic5", "real+synthetic15"):
            publish(baselines, due, data=data)
        points = curve_picture(baselines / "x.png", baselines).data["systems"][0]["points"]
        # train and validation have 12436 characters in three reports; each is left out once
        assert points[0]["characters"] == round(2 * 12436 / 3)
        recipe = find_recipe("crf", room("baselines"))
        folds = training_folds(recipe.model_copy(update={"data": "real+synthetic5"}), "dev")
        sizes = [sum(len(each.segment.text) for each in fold.final) for fold in folds]
        assert points[1]["characters"] == round(sum(sizes) / 3)

    def test_what_is_learned_first_counts_as_text(self, baselines, due):
        mixtures = (None, "synthetic5-then-real", "synthetic15-then-real")
        for data in mixtures:
            publish(baselines, due, name="bert-mini", data=data)
        (system,) = curve_picture(baselines / "x.png", baselines).data["systems"]
        assert system["name"] == "bert-mini, synthetic-then-real"
        recipe = find_recipe("bert-mini", room("baselines"))
        folds = training_folds(recipe.model_copy(update={"data": mixtures[1]}), "dev")
        segments = [len(fold.first) + len(fold.final) for fold in folds]
        assert all(fold.first for fold in folds)
        assert system["points"][1]["segments"] == round(sum(segments) / 3)

    def test_other_mixtures_are_on_no_curve(self, baselines, due):
        for data in (None, "2xreal", "synthetic", "3xreal+synthetic", "synthetic5"):
            publish(baselines, due, data=data)
        assert curve_picture(baselines / "x.png", baselines) is None

    def test_it_is_drawn(self, baselines, due, font):
        for data in (None, "real+synthetic5", "real+synthetic15"):
            publish(baselines, due, data=data)
        picture = curve_picture(baselines / "x.png", baselines)
        write_pictures(picture)
        check_pictures("figures", picture)
        with Image.open(picture.path) as drawn:
            assert drawn.size == (1440, 736)


class TestCheck:
    @pytest.fixture
    def picture(self, tmp_path, font):
        picture = Picture(tmp_path / "p.png", "alt", (1, 1), {"a": 1}, lambda *_: None)
        write_pictures(picture)
        return picture

    def test_the_data_are_in_the_file(self, picture):
        check_pictures("figures", picture)
        assert data_of(picture.path) == {"a": 1}
        assert json.loads(Image.open(picture.path).text["fazhi:data"]) == {"a": 1}

    def test_a_picture_of_other_data(self, picture, tmp_path):
        other = Picture(picture.path, "alt", (1, 1), {"a": 2}, lambda *_: None)
        with pytest.raises(MismatchError, match=r"shows other figures\. Run: fazhi figures"):
            check_pictures("figures", other)

    def test_a_picture_of_another_origin(self, picture):
        Image.new("RGB", (2, 2)).save(picture.path)
        with pytest.raises(MismatchError, match="shows other figures"):
            check_pictures("figures", picture)

    def test_a_missing_picture(self, picture):
        picture.path.unlink()
        with pytest.raises(MismatchError, match="is missing"):
            check_pictures("figures", picture)

    def test_what_is_no_picture(self, picture):
        picture.path.write_text("text", "utf-8")
        with pytest.raises(InputError, match="is no PNG picture"):
            check_pictures("figures", picture)

    def test_a_published_result_that_changed_is_found_and_drawn_anew(self, tmp_path, pictures):
        copy = copy_checkout(tmp_path / "copy")
        title = pictures["confusion.png"].data["matrices"][0]["title"]
        name = title.removeprefix("entities: ").partition(",")[0]
        path = copy / f"baselines/results/{name}/fixed.json"
        content = json.loads(path.read_text("utf-8"))
        content["scores"]["entities"]["confusion"]["-"]["AGENCY"] += 1
        path.write_text(json.dumps(content), encoding="utf-8")
        done = run_copy(copy, "figures", "--check")
        assert done.returncode == 2
        assert "confusion.png shows other figures" in done.stderr
        assert run_copy(copy, "figures").returncode == 0
        assert run_copy(copy, "figures", "--check").returncode == 0


class TestFont:
    def test_without_one_a_package_and_families_are_named(self, monkeypatch):
        monkeypatch.setattr(_picture, "FAMILIES", ("Some Hei", "Other Hei"))
        with pytest.raises(MissingFont, match=r"fonts-noto-cjk; or any of Some Hei, Other Hei"):
            chinese_font()

    def test_a_font_that_lacks_a_character_is_noticed(self, monkeypatch, pictures):
        monkeypatch.setattr(_picture, "FAMILIES", ("DejaVu Sans",))  # comes with matplotlib
        with pytest.raises(UserWarning, match=r"Glyph .* missing from font"):
            render(pictures["labels.png"])

    def test_matplotlib_is_named_where_it_is_missing(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "matplotlib.font_manager", None)
        with pytest.raises(MissingExtra, match=r"fazhi\[report\]"):
            chinese_font()
