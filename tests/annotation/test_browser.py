"""What an annotator sees in the browser, and what comes of it."""

import os
import time

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from browser import set_screen, start_browser
from fazhi.annotation import Item, Suggestion, pull, push, task_data, to_prediction, to_result
from fazhi.corpus import (
    ENTITIES,
    KINDS,
    ROLES,
    TOPICS,
    Annotation,
    find_segment,
    format_value,
)
from makers import make_example
from studio import tasks_of

# the SDK's own
pytestmark = pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince20")

TITLE = "新蔡县人民政府关于2022年度法治政府建设情况的报告"
CHINESE = {
    each.name: each.chinese
    for labels in (ENTITIES, *KINDS.values(), ROLES, TOPICS)
    for each in labels
}
PLACE = """
const [start, end] = arguments;
const root = document.querySelector('.lsf-richtext__container');
const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
const range = document.createRange();
for (let node, at = 0; (node = walker.nextNode()); at += [...node.data].length) {
  const place = (offset) => [...node.data].slice(0, offset - at).join('').length;
  const last = at + [...node.data].length;
  if (at <= start && start < last) range.setStart(node, place(start));
  if (at < end && end <= last) range.setEnd(node, place(end));
}
const boxes = [...range.getClientRects()];
const [first, last] = [boxes[0], boxes[boxes.length - 1]];
return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
"""
"""Where on the page a span of the text begins and ends, offsets in code points."""


class LabellingPage:
    """The page on which a task is annotated."""

    def __init__(self, browser, studio, server, title):
        self.browser, self.server, self.title = browser, server, title
        (task,) = tasks_of(server, title)
        self.address = f"{studio.credentials.url}/projects/{task['project']}/data?task={task['id']}"
        self.open(marked=bool(task["annotations"] or task["predictions"]))

    def open(self, marked: bool = True) -> None:
        """Opens the page, and waits until the text and its marks are drawn."""
        self.browser.get(self.address)
        self.wait(lambda _: self.spans() if marked else self.all(".lsf-richtext__line"))
        time.sleep(1)  # the relations are drawn a moment later

    def wait(self, condition):
        return WebDriverWait(self.browser, 30, ignored_exceptions=[WebDriverException]).until(
            condition
        )

    def all(self, selector: str):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def headers(self) -> list[str]:
        return [each.text for each in self.all(".lsf-main-view__annotation h4")]

    def spans(self) -> list[tuple[int, int, str]]:
        """Start, end and shown label of each marked span."""
        found = {
            tuple(each.get_attribute(f"data-{key}") for key in ("start", "end", "label"))
            for each in self.all("span[class*=htx-highlight]")
        }
        return sorted((int(s), int(e), label.partition(":")[2]) for s, e, label in found)

    def relations(self) -> list[str]:
        return [each.text for each in self.all("svg g text")]

    def select(self, span) -> None:
        """Clicks on a marked span."""
        place = f'[data-start="{span.start}"][data-end="{span.end}"]'
        self.all(place)[0].click()
        self.wait(lambda _: self.all(f"{place}.__active"))

    def values(self) -> list[str]:
        """The values that are written for the region that is selected."""
        return [
            each.text
            for each in self.all('[data-testid="htx-textbox-content"]')
            if each.is_displayed()
        ]

    def choices(self) -> list[list[str]]:
        """The names in each row of choices that is shown."""
        rows = [row for row in self.all(".lsf-choices") if row.is_displayed()]
        return [
            [each.text.partition("[")[0] for each in row.find_elements(By.TAG_NAME, "label")]
            for row in rows
        ]

    def chosen(self) -> list[str]:
        """The names of the choices that are made."""
        return [
            each.find_element(By.XPATH, "ancestor::label").text.partition("[")[0]
            for each in self.all(".lsf-choices input:checked")
            if each.find_element(By.XPATH, "ancestor::label").is_displayed()
        ]

    def choose(self, name: str) -> None:
        (choice,) = (
            each
            for each in self.all(".lsf-choices label")
            if each.is_displayed() and each.text.partition("[")[0] == name
        )
        choice.click()
        self.wait(lambda _: name in self.chosen())

    def mark(self, span, hotkey: str) -> None:
        """Presses a label's hotkey and draws the mouse over a span."""
        start, end = span.start, span.end
        ActionChains(self.browser).send_keys(hotkey).perform()
        left, top, right, bottom = self.browser.execute_script(PLACE, start, end)
        builder = ActionBuilder(self.browser)
        mouse = builder.pointer_action
        mouse.move_to_location(int(left), int(top))
        mouse.pointer_down()
        mouse.move_to_location(int(right), int(bottom))
        mouse.pointer_up()
        builder.perform()
        self.wait(lambda _: (start, end) in [each[:2] for each in self.spans()])

    def save(self) -> None:
        """Presses Submit or Update, and waits until the server has it."""
        before = self.updates()
        (button,) = (each for each in self.all("button") if each.text in ("Submit", "Update"))
        button.click()
        self.wait(lambda _: self.updates() != before)

    def updates(self) -> list[str]:
        """When each annotation was last changed on the server."""
        (task,) = tasks_of(self.server, self.title)
        return [each["updated_at"] for each in task["annotations"]]

    def pulled(self, example) -> Annotation:
        (annotation,) = pull(self.server, self.title, [example.segment])
        return annotation


@pytest.fixture(scope="module")
def browser(studio, tmp_path_factory):
    """A browser that has logged in."""
    browser = start_browser(tmp_path_factory.mktemp("chromium"))
    set_screen(browser, 1400, 900)
    browser.get(f"{studio.credentials.url}/user/login/")
    browser.find_element(By.NAME, "email").send_keys(studio.credentials.email)
    browser.find_element(By.NAME, "password").send_keys(studio.credentials.password)
    browser.find_element(By.CSS_SELECTOR, "form button[type=submit]").click()
    WebDriverWait(browser, 30).until(lambda _: "/login" not in browser.current_url)
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def example(gold):
    """A segment with entities of every type, and with facts."""
    return find_segment(gold, "xincai-2022-s024")


@pytest.fixture
def open_page(browser, studio, server, title):
    """Pushes a segment, and opens its page."""

    def opened(example, suggestion=None, annotated=True) -> LabellingPage:
        result = to_result(example.gold) if annotated else None
        push(server, title, [Item(task_data(example.segment, TITLE), result, suggestion)])
        return LabellingPage(browser, studio, server, title)

    return opened


def shown_spans(gold):
    """What must be marked: the entities and the indicators, each once."""
    entities = {(each.start, each.end, CHINESE[each.label]) for each in gold.entities}
    indicators = {each.indicator for each in gold.facts if each.indicator}
    return sorted(entities | {(each.start, each.end, "指标名") for each in indicators})


class TestAnAnnotatedSegment:
    def test_text_headings_spans_and_relations_are_shown(self, open_page, example):
        page = open_page(example)
        assert page.headers() == [
            TITLE,
            "一、工作开展情况 › （四）坚持多措并举，推进服务型行政执法。",
        ]
        assert page.spans() == shown_spans(example.gold)
        assert page.relations() == ["measures"] * sum(
            bool(each.indicator) for each in example.gold.facts
        )
        # without a region that is selected, only role and topic are asked for
        assert page.choices() == [[each.chinese for each in labels] for labels in (ROLES, TOPICS)]
        assert page.chosen() == [CHINESE[example.gold.role], CHINESE[example.gold.topic]]

    def test_a_region_shows_the_kinds_of_its_type(self, open_page, example):
        page = open_page(example)
        for entity in {each.label: each for each in example.gold.entities}.values():
            page.select(entity)
            kinds = page.choices()[0]
            assert kinds == [each.chinese for each in KINDS[entity.label]]
            assert page.chosen()[0] == CHINESE[entity.kind]
            assert bool(page.values()) == (entity.label == "METRIC")

    @pytest.mark.parametrize("title", ["fazhi"])
    def test_a_metric_shows_its_value(self, open_page, example):
        page = open_page(example)
        fact = example.gold.facts[0]
        page.select(fact.metric)
        assert page.values() == [format_value(fact.value)]
        # FAZHI_PICTURE=annotation/labelling-page.png makes the picture of the documentation
        if picture := os.environ.get("FAZHI_PICTURE"):
            page.browser.save_screenshot(picture)

    def test_what_is_changed_and_saved_is_pulled(self, open_page, example):
        page = open_page(example)
        agency = next(each for each in example.gold.entities if each.label == "AGENCY")
        page.select(agency)
        page.choose(CHINESE["judiciary"])
        page.save()
        assert page.pulled(example) != example.gold
        page.open()
        page.select(agency)
        page.choose(CHINESE[agency.kind])
        page.save()
        assert page.pulled(example) == example.gold


def test_the_mouse_marks_what_the_offsets_say(open_page):
    """Astral characters, a tab, a full-width space, and two marks that touch."""
    example = make_example(
        "\u3000𠀀县司法局县公安局😀受理\t5件。",
        ("𠀀县司法局", "AGENCY", "government"),
        ("县公安局", "AGENCY", "government"),
        role="work",
        topic="disputes",
    )
    page = open_page(example, annotated=False)
    page.choose(CHINESE["work"])
    page.choose(CHINESE["disputes"])
    for each in example.gold.entities:
        page.mark(each, hotkey="1")
        page.select(each)
        page.choose(CHINESE[each.kind])
    page.save()
    assert page.pulled(example) == example.gold


def test_a_suggestion_is_what_an_annotator_starts_from(open_page, example):
    spans = [(each.start, each.end, each.label) for each in example.gold.entities]
    result = to_prediction(example.segment.text, spans, "work", None)
    page = open_page(example, Suggestion("rules 1", 0.5, result), annotated=False)
    assert page.spans() == [(start, end, CHINESE[label]) for start, end, label in spans]
    assert page.chosen() == [CHINESE["work"]]
