"""The report page in a browser: nothing is loaded, filters, keys, address, colours."""

import json
import os
from urllib.parse import quote

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from browser import set_screen, start_browser
from fazhi._paths import room
from fazhi.cli._splits import gold_version
from fazhi.cli._verdict import interval_note
from fazhi.corpus import load_examples
from fazhi.eval import Run, make_result, report_page
from fazhi.predictions import PredictedEntity, Prediction, read_predictions
from makers import make_example

NOTE = "Intervals are over segments within 2 reports."
CONTRASTS = """
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
const over = (...colours) => {
  for (const each of colours) {
    canvas.fillStyle = each;
    canvas.fillRect(0, 0, 1, 1);
  }
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
};
const luminance = (colour) => {
  const [r, g, b] = colour
    .map((each) => each / 255)
    .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const grounds = (node) =>
  node ? [...grounds(node.parentElement), getComputedStyle(node).backgroundColor] : [];
const found = [];
const measure = (node, pseudo) => {
  const style = getComputedStyle(node, pseudo);
  const ground = [...grounds(node), style.backgroundColor];
  const pair = [over(...ground), over(...ground, style.color)].map(luminance);
  const [dark, light] = pair.sort((a, b) => a - b);
  const name = `${node.tagName} ${node.className} ${pseudo ?? ''}`;
  found.push([name, (light + 0.05) / (dark + 0.05)]);
};
for (const node of document.body.querySelectorAll('*')) {
  const text = [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
  if (!text || !node.checkVisibility() || ['SCRIPT', 'STYLE'].includes(node.tagName)) continue;
  measure(node);
  if (node.dataset.tag) measure(node, '::after');
}
return found;
"""
"""The contrast of every text with its ground, by the definition of WCAG 2."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The folder of the pages."""
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def submission():
    """The test split, with entities of one baseline and sections of another."""
    examples = load_examples(room("corpus"), ["test"])
    segments = [each.segment for each in examples]
    entities, sections = (
        read_predictions(room("baselines") / name / "fixed.jsonl", segments)
        for name in ("mixtures/crf@real", "results/tfidf-svm")
    )
    said = [
        left.model_copy(update={"role": right.role, "topic": right.topic})
        for left, right in zip(entities, sections, strict=True)
    ]
    return examples, said


@pytest.fixture(scope="module")
def report(pages, submission):
    """The file of its page."""
    examples, said = submission
    run = Run(system="crf + tfidf-svm", protocol="test")
    result = make_result(run, examples, said, gold_version())
    path = pages / "report.html"
    path.write_text(report_page(result, examples, said, interval_note(result)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    browser = start_browser(tmp_path_factory.mktemp("chromium"), browser="ALL", performance="ALL")
    yield browser
    browser.quit()


class Reader:
    """Somebody who reads the page, with a mouse and a keyboard."""

    def __init__(self, browser, path):
        self.browser, self.path = browser, path

    def open(self, hash_: str = "") -> None:
        """Opens the page anew."""
        set_screen(self.browser, 1200, 900)
        self.browser.get("about:blank")
        self.browser.get(self.path.as_uri() + hash_)

    def choose(self, field: str, value: str) -> None:
        Select(self.browser.find_element(By.NAME, field)).select_by_value(value)

    def press(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()

    def shown(self) -> list[str]:
        return self.script(
            "return [...document.querySelectorAll('article')]"
            ".filter((each) => each.checkVisibility()).map((each) => each.id)"
        )

    def count(self) -> str:
        return self.script("return document.querySelector('output').value")

    def asked(self) -> list[str]:
        return self.script("return [...document.forms[0].elements].map((each) => each.value)")[:4]

    def hash(self) -> str:
        return self.script("return location.hash")

    def focus(self) -> str:
        """The id or the name of what has the focus; empty where nothing has."""
        return self.script("return document.activeElement.id || document.activeElement.name || ''")

    def script(self, code: str, *arguments):
        return self.browser.execute_script(code, *arguments)


@pytest.fixture
def reader(chromium, report):
    reader = Reader(chromium, report)
    reader.open()
    return reader


def requests(browser) -> list[str]:
    """The addresses that were asked for since the last look."""
    messages = [json.loads(each["message"])["message"] for each in browser.get_log("performance")]
    return [
        each["params"]["request"]["url"]
        for each in messages
        if each["method"] == "Network.requestWillBeSent"
    ]


class TestThePageAlone:
    def test_asks_for_nothing_but_itself_and_says_nothing_to_the_console(self, chromium, report):
        reader = Reader(chromium, report)
        chromium.get_log("browser")
        requests(chromium)
        reader.open("#error=any")
        reader.press("j", "/", "县", Keys.ENTER, Keys.ESCAPE, Keys.ESCAPE)
        assert [each for each in requests(chromium) if each[:5] not in ("about", "data:")] == [
            report.as_uri()
        ]
        assert chromium.get_log("browser") == []

    def test_runs_nothing_that_a_submission_smuggles_in(self, chromium, pages):
        hostile = "</script><script>document.title='x'</script><img src=x onerror=document.title=1>"
        example = make_example(hostile, ("script", "AGENCY", "party"))
        whole = PredictedEntity(start=0, end=len(hostile), label="AGENCY")
        said = [Prediction(id=example.segment.id, entities=(whole,))]
        result = make_result(Run(system=hostile, protocol="p"), [example], said, "1.0.0")
        path = pages / "hostile.html"
        path.write_text(report_page(result, [example], said, NOTE), encoding="utf-8")
        chromium.get_log("browser")
        reader = Reader(chromium, path)
        reader.open()
        assert chromium.title == f"{hostile}, p: fazhi"
        assert reader.count() == "1 of 1 segments"
        assert chromium.find_element(By.TAG_NAME, "h1").text == hostile
        assert chromium.get_log("browser") == []

    def test_a_script_that_is_put_into_it_is_not_run(self, chromium, report, pages):
        """What the policy is for, should something slip through the templates."""
        path = pages / "injected.html"
        source = report.read_text("utf-8")
        injected = "<script>document.title='x'</script><img src=x onerror=\"document.title='y'\">"
        path.write_text(source.replace("<main>", f"<main>{injected}"), encoding="utf-8")
        Reader(chromium, path).open()
        assert chromium.title == "crf + tfidf-svm, test: fazhi"
        assert sum("Content Security" in each["message"] for each in chromium.get_log("browser"))


class TestFilters:
    def test_all_segments_are_shown_at_first(self, reader, submission):
        assert reader.count() == "138 of 138 segments"
        assert reader.shown() == [each.segment.id for each in submission[0]]

    def test_by_report(self, reader, submission):
        reader.choose("report", "xinxiang-2023")
        own = [e.segment.id for e in submission[0] if e.segment.report == "xinxiang-2023"]
        assert reader.shown() == own
        assert reader.count() == f"{len(own)} of 138 segments"

    def test_by_a_wrong_role_and_a_wrong_topic(self, reader, submission):
        for task in ("role", "topic"):
            reader.choose("error", task)
            wrong = [
                example.segment.id
                for example, said in zip(*submission, strict=True)
                if getattr(example.gold, task) not in (None, getattr(said, task))
            ]
            assert wrong
            assert reader.shown() == wrong

    def test_by_type(self, reader, submission):
        reader.choose("type", "LEGAL")
        assert reader.shown() == [
            example.segment.id
            for example, said in zip(*submission, strict=True)
            if "LEGAL" in {each.label for each in (*example.gold.entities, *said.entities)}
        ]

    def test_an_error_and_a_type_ask_for_errors_of_that_type(self, reader):
        reader.choose("error", "missed")
        all_missed = reader.shown()
        reader.choose("type", "METRIC")
        missed = self.with_tag(reader, "METRIC −")  # noqa: RUF001
        assert reader.shown() == missed
        assert 0 < len(missed) < len(all_missed)
        reader.choose("error", "any")
        assert set(missed) < set(reader.shown())

    def with_tag(self, reader, tag):
        """The segments that have such a mark, shown or not."""
        marks = f"return [...document.querySelectorAll('article:has([data-tag=\"{tag}\"])')]"
        return reader.script(f"{marks}.map((each) => each.id)")

    def test_by_text_whatever_the_width_of_its_characters(self, reader, submission):
        reader.browser.find_element(By.NAME, "text").send_keys("２０２３年度")
        wanted = [e.segment.id for e in submission[0] if "2023年度" in e.segment.text]
        assert wanted
        assert reader.shown() == wanted

    def test_all_of_them_combine_and_a_button_takes_them_back(self, reader, submission):
        reader.choose("error", "any")
        reader.choose("type", "AGENCY")
        reader.choose("report", "guangshan-2023")
        before = reader.shown()
        reader.browser.find_element(By.NAME, "text").send_keys("县委")
        texts = {each.segment.id: each.segment.text for each in submission[0]}
        assert reader.shown() == [each for each in before if "县委" in texts[each]]
        assert 0 < len(reader.shown()) < len(before) < 50
        reader.browser.find_element(By.CSS_SELECTOR, "form button").click()
        assert reader.count() == "138 of 138 segments"
        assert reader.asked() == ["", "", "", ""]
        assert reader.hash() == ""

    def test_a_text_that_is_nowhere_leaves_none(self, reader):
        reader.browser.find_element(By.NAME, "text").send_keys("不在")
        assert reader.shown() == []
        assert reader.count() == "0 of 138 segments"
        reader.press(Keys.ESCAPE, "j", "k")
        assert reader.focus() == ""


class TestTheAddress:
    STATE = f"#error=any&type=AGENCY&report=guangshan-2023&text={quote('县委')}"

    def test_holds_what_is_asked_for(self, reader):
        reader.choose("error", "any")
        reader.choose("type", "AGENCY")
        reader.choose("report", "guangshan-2023")
        reader.browser.find_element(By.NAME, "text").send_keys("县委")
        assert reader.hash() == self.STATE

    def test_restores_it(self, reader):
        reader.open(self.STATE)
        assert reader.asked() == ["any", "AGENCY", "guangshan-2023", "县委"]
        assert reader.count() == f"{len(reader.shown())} of 138 segments"
        assert 0 < len(reader.shown()) < 50

    def test_a_choice_that_there_is_none_of_is_no_choice(self, reader):
        reader.open("#error=nothing&more=1&text=%E0%A4%A")
        assert reader.asked()[:3] == ["", "", ""]

    def test_a_number_in_the_table_of_errors_leads_to_its_segments(self, reader):
        row = "//tr[contains(th, 'wrong ends') and not(contains(th, 'type'))]"
        reader.browser.find_element(By.XPATH, f"{row}/td[1]/a").click()
        assert reader.asked()[:2] == ["boundary", "AGENCY"]
        assert reader.script("return document.forms[0].getBoundingClientRect().top < innerHeight")

    def test_a_segment_has_an_address(self, reader):
        reader.open("#xinxiang-2023-s005")
        assert reader.focus() == "xinxiang-2023-s005"
        assert reader.script("return document.activeElement.getBoundingClientRect().top") > 0
        assert reader.count() == "138 of 138 segments"

    def test_a_segment_that_is_filtered_out_is_shown_when_it_is_asked_for(self, reader):
        reader.choose("report", "guangshan-2023")
        reader.script("location.hash = '#xinxiang-2023-s005'")
        reader.browser.execute_async_script("setTimeout(arguments[0], 50)")
        assert reader.focus() == "xinxiang-2023-s005"
        assert reader.count() == "138 of 138 segments"


class TestKeys:
    def test_j_and_k_go_through_the_segments_that_are_shown(self, reader):
        reader.choose("error", "role")
        reader.press(Keys.ESCAPE)
        first, second, *_ = reader.shown()
        places = []
        for key in "jjkk":
            reader.press(key)
            places.append(reader.focus())
        # there is none before the first
        assert places == [first, second, first, first]

    @pytest.mark.parametrize("width", [780, 1000, 1200])
    def test_a_segment_that_is_gone_back_to_can_be_seen_below_the_filters(self, reader, width):
        reader.open("#guangshan-2023-s030")
        set_screen(reader.browser, width, 900)
        for _ in range(3):
            reader.press("k")
            top, bottom = reader.script(
                "const box = (each) => each.getBoundingClientRect();"
                "return [box(document.activeElement).top, box(document.forms[0]).bottom]"
            )
            assert top >= bottom

    def test_tab_goes_to_the_entities_of_a_segment(self, reader):
        reader.choose("error", "boundary")
        reader.press(Keys.ESCAPE, "j", Keys.TAB, Keys.TAB)
        said = reader.script("return document.activeElement.getAttribute('aria-label')")
        assert said.startswith("AGENCY, ")
        told = reader.script("return getComputedStyle(document.activeElement, '::before').content")
        assert told == f'"{said}"'

    def test_a_stroke_goes_to_the_text_and_escape_comes_back(self, reader):
        reader.press("j", "j", "/")
        assert reader.focus() == "text"
        reader.press("j", "k", "/")
        assert reader.asked()[3] == "jk/"
        reader.press(Keys.ESCAPE)
        assert reader.focus() != "text"
        assert reader.asked()[3] == "jk/"
        reader.press(Keys.ESCAPE)
        assert reader.asked()[3] == ""
        assert reader.count() == "138 of 138 segments"

    def test_they_can_be_turned_off(self, reader):
        reader.browser.find_element(By.CSS_SELECTOR, "#part-keys input").click()
        reader.press("j")
        assert reader.focus() == ""

    def test_keys_of_the_browser_itself_are_left_alone(self, reader):
        ActionChains(reader.browser).key_down(Keys.CONTROL).send_keys("j").key_up(
            Keys.CONTROL
        ).perform()
        assert not reader.focus().startswith("guangshan")

    def test_an_entity_that_is_pointed_at_shows_its_answer(self, reader):
        answered = "return document.querySelectorAll('mark.answer').length"
        mark = reader.browser.find_element(By.CSS_SELECTOR, "article mark[data-pair]")
        ActionChains(reader.browser).move_to_element(mark).perform()
        assert reader.script(answered) == 2
        ActionChains(reader.browser).move_to_element(
            reader.browser.find_element(By.TAG_NAME, "output")
        ).perform()
        assert reader.script(answered) == 0


class TestLooks:
    def take(self, reader, picture: str) -> None:
        reader.open("#error=boundary")
        set_screen(reader.browser, 1340, 2280)
        reader.script("scrollTo(0, 0)")
        reader.browser.save_screenshot(picture)

    def colours(self, browser, scheme: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_every_text_stands_out_from_its_ground(self, reader, scheme):
        self.colours(reader.browser, scheme)
        reader.script("document.querySelector('details').open = true")
        reader.script("document.querySelector('article mark').focus()")
        contrasts = reader.script(CONTRASTS)
        self.colours(reader.browser, "light")
        assert len(contrasts) > 1000
        assert any("::after" in name for name, _ in contrasts)
        assert {name: value for name, value in contrasts if value < 4.5} == {}

    @pytest.mark.parametrize("width", [320, 700, 1200])
    def test_no_width_makes_the_page_scroll_sideways(self, reader, width):
        set_screen(reader.browser, width, 900)
        assert reader.script("return document.documentElement.scrollWidth") <= width

    def test_the_two_sides_stand_beside_each_other_where_there_is_room(self, reader):
        tops = (
            "return [...document.querySelectorAll('article .sides')[0].children]"
            ".map((each) => each.getBoundingClientRect().top)"
        )
        left, right = reader.script(tops)
        assert left == right
        set_screen(reader.browser, 500, 900)
        above, below = reader.script(tops)
        assert above < below
        # FAZHI_PICTURE=eval/report-page.png makes the picture of the documentation
        if picture := os.environ.get("FAZHI_PICTURE"):
            self.take(reader, picture)
