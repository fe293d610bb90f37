"""How far two layers agree: counted by hand, against other tools, and whatever the layers are."""

import krippendorff
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from fazhi.annotation import Agreement, agreement
from fazhi.corpus import (
    ENTITY_LABELS,
    ROLE_NAMES,
    TOPIC_NAMES,
    Annotation,
    Entity,
    Fact,
    Span,
    kinds_of,
    parse_value,
)
from fazhi.errors import MismatchError

KINDS = {"AGENCY": "party", "LEGAL": "law", "METRIC": "count"}


def entity(start: int, end: int, label: str = "AGENCY", kind: str | None = None) -> Entity:
    text = "字" * (end - start)
    return Entity(start=start, end=end, label=label, kind=kind or KINDS[label], text=text)


def span(start: int, end: int) -> Span:
    return Span(start=start, end=end, text="字" * (end - start))


def annotate(*entities, facts=(), name="s1", role="work", topic="general") -> Annotation:
    return Annotation(id=name, entities=entities, facts=facts, role=role, topic=topic)


def label(names, *, topic=False) -> list[Annotation]:
    """A report with these topics, or else these roles, one segment each."""
    if topic:
        return [annotate(name=f"s{i}", topic=each) for i, each in enumerate(names)]
    bare = ("title", "preamble", "other")
    return [
        annotate(name=f"s{i}", role=each, topic=None if each in bare else "general")
        for i, each in enumerate(names)
    ]


def compare(left: Annotation, right: Annotation) -> Agreement:
    """The agreement on a single segment."""
    return agreement({"r": [left]}, {"r": [right]})


def figures(found: Agreement) -> dict[str, object]:
    """Every figure of an agreement, by its place in the record."""
    places = {"boundary": found.entities.boundary}
    rows = {"pooled": found.entities.pooled, **found.entities.per_type}
    rows |= {"role": found.role, "topic": found.topic, "facts": found.facts}
    for row, record in rows.items():
        for field in type(record).model_fields:
            if field != "metrics":
                places[f"{row} {field}"] = getattr(record, field)
    return places


class TestSpans:
    # left:  AGENCY 0-2, LEGAL 4-8, METRIC 10-12, METRIC 12-14
    # right: AGENCY 0-2 of another kind, LEGAL 5-9, METRIC 10-14, LEGAL 20-22, AGENCY 30-31
    FOUND = compare(
        annotate(
            entity(0, 2), entity(4, 8, "LEGAL"), entity(10, 12, "METRIC"), entity(12, 14, "METRIC")
        ),
        annotate(
            entity(0, 2, "AGENCY", "government"),
            entity(5, 9, "LEGAL"),
            entity(10, 14, "METRIC"),
            entity(20, 22, "LEGAL"),
            entity(30, 31, "AGENCY"),
        ),
    ).entities

    def test_exact(self):
        # only the AGENCY 0-2 is the same: 2 * 1 / (4 + 5)
        assert self.FOUND.pooled.exact.value == pytest.approx(2 / 9)
        assert (self.FOUND.pooled.exact.left, self.FOUND.pooled.exact.right) == (4, 5)

    def test_kind(self):
        # it is of another kind: none
        assert self.FOUND.pooled.kind.value == 0

    def test_overlap(self):
        # all four of left overlap one of their type; of right the first three of five do:
        # the harmonic mean of 1 and 3/5 is 2 * 0.6 / 1.6
        assert self.FOUND.pooled.overlap.value == pytest.approx(3 / 4)

    def test_per_type(self):
        # METRIC: two of two and one of one overlap; AGENCY: one of one and one of two
        assert self.FOUND.per_type["METRIC"].overlap.value == 1
        assert self.FOUND.per_type["METRIC"].exact.value == 0
        assert self.FOUND.per_type["AGENCY"].exact.value == pytest.approx(2 / 3)
        assert list(self.FOUND.per_type) == list(ENTITY_LABELS)

    def test_boundary_ignores_the_type(self):
        found = compare(annotate(entity(0, 2), entity(3, 4)), annotate(entity(0, 2, "LEGAL")))
        assert found.entities.pooled.exact.value == 0
        assert found.entities.boundary.value == pytest.approx(2 * 1 / 3)

    def test_spans_that_touch_do_not_overlap(self):
        # 0-2 touches 2-4; one of two is found on either side
        found = compare(annotate(entity(0, 2), entity(6, 8)), annotate(entity(2, 4), entity(6, 8)))
        assert found.entities.pooled.overlap.value == pytest.approx(1 / 2)

    def test_spans_of_other_types_do_not_overlap(self):
        found = compare(annotate(entity(0, 2)), annotate(entity(0, 2, "LEGAL")))
        assert found.entities.pooled.overlap.value == 0

    def test_spans_of_one_side_alone_agree_in_nothing(self):
        found = compare(annotate(entity(0, 2)), annotate())
        assert found.entities.pooled.exact.value == found.entities.pooled.overlap.value == 0

    def test_without_any_span_it_is_undefined(self):
        found = compare(annotate(), annotate())
        assert found.entities.pooled.exact.value is None
        assert found.entities.boundary.value is None

    def test_the_segments_of_all_reports_are_pooled(self):
        # one of one and one of three found: 2 * 2 / (2 + 4), not the mean of 1 and 1/2
        left = {"r": [annotate(entity(0, 1))], "q": [annotate(entity(0, 1))]}
        right = left | {"q": [annotate(entity(0, 1), entity(2, 3), entity(4, 5))]}
        assert agreement(left, right).entities.pooled.exact.value == pytest.approx(4 / 6)


class TestLabels:
    def test_roles_by_hand(self):
        # the 4 segments: work-work, work-plan, plan-plan, plan-plan. Observed 3/4; expected by
        # kappa (2 * 1 + 2 * 3) / 16 = 1/2, so kappa is (3/4 - 1/2) / (1/2) = 1/2.
        # alpha: of 8 labels 3 are work and 5 plan; 1 - 7 * 2 / (64 - 9 - 25) = 1 - 14/30
        found = agreement(
            {"r": label(["work", "work", "plan", "plan"])},
            {"r": label(["work", "plan", "plan", "plan"])},
        ).role
        assert found.observed.value == pytest.approx(3 / 4)
        assert found.kappa.value == pytest.approx(1 / 2)
        assert found.alpha.value == pytest.approx(16 / 30)
        assert (found.kappa.left, found.kappa.right) == (4, 4)

    def test_topics_count_where_both_sides_have_one(self):
        # the third segment is a preamble on the one side, and so without a topic
        found = agreement(
            {"r": [*label(["digital", "general"], topic=True), annotate(name="s2")]},
            {
                "r": [
                    *label(["digital", "disputes"], topic=True),
                    annotate(name="s2", role="preamble", topic=None),
                ]
            },
        )
        assert found.topic.observed.value == pytest.approx(1 / 2)
        assert found.topic.observed.left == 2
        assert found.role.observed.value == pytest.approx(2 / 3)

    def test_one_label_throughout_leaves_nothing_to_correct_for(self):
        found = agreement({"r": label(["work"] * 3)}, {"r": label(["work"] * 3)})
        assert found.role.observed.value == 1
        assert found.role.kappa.value is None
        assert found.role.alpha.value is None

    @given(st.lists(st.tuples(*2 * [st.sampled_from(ROLE_NAMES[:4])]), min_size=1, max_size=30))
    def test_roles_agree_with_other_tools(self, drawn):
        left, right = map(list, zip(*drawn, strict=True))
        assume(len({*left, *right}) > 1)
        found = agreement({"r": label(left)}, {"r": label(right)}).role
        self.check(found, left, right)

    @given(st.lists(st.tuples(*2 * [st.sampled_from(TOPIC_NAMES)]), min_size=1, max_size=60))
    def test_topics_agree_with_other_tools(self, drawn):
        left, right = map(list, zip(*drawn, strict=True))
        assume(len({*left, *right}) > 1)
        found = agreement({"r": label(left, topic=True)}, {"r": label(right, topic=True)}).topic
        self.check(found, left, right)

    def check(self, found, left, right):
        names = sorted({*left, *right})
        codes = [[names.index(name) for name in side] for side in (left, right)]
        assert found.kappa.value == pytest.approx(cohen_kappa_score(left, right), abs=1e-12)
        alpha = krippendorff.alpha(codes, level_of_measurement="nominal")
        assert found.alpha.value == pytest.approx(alpha, abs=1e-12)


class TestFacts:
    METRICS = (entity(10, 12, "METRIC"), entity(20, 22, "METRIC"), entity(30, 32, "METRIC"))

    def side(self, *facts, metrics=METRICS):
        """A segment with facts given as (metric, indicator or None, value)."""
        return annotate(
            *metrics,
            facts=tuple(
                Fact(
                    metric=span(metric.start, metric.end),
                    indicator=indicator and span(*indicator),
                    value=parse_value(value),
                )
                for metric, indicator, value in facts
            ),
        )

    def found(self):
        first, second, third = self.METRICS
        return compare(
            self.side((first, (0, 4), "71 件"), (second, None, "5 次"), (third, (6, 9), "98.. %")),
            self.side((first, (2, 4), "71 件"), (second, None, "~5 次"), (third, None, "98 %")),
        ).facts

    def test_indicators(self):
        # the same in one of three: the second, which neither side names
        assert self.found().indicator.value == pytest.approx(1 / 3)

    def test_characters_of_indicators(self):
        # shared 2; left 4 + 0 + 3, right 2 + 0 + 0: 2 * 2 / (7 + 2)
        found = self.found().characters
        assert found.value == pytest.approx(4 / 9)
        assert (found.left, found.right) == (7, 2)

    def test_values(self):
        # the same in one of three; the bounds alone in two: `about` is no bound
        assert self.found().value.value == pytest.approx(1 / 3)
        assert self.found().bounds.value == pytest.approx(2 / 3)

    def test_facts_count_where_both_sides_have_the_metric_and_a_fact(self):
        # both have the first and second METRIC, and facts of the first: the third is the
        # left's alone, and the right gives no fact of the second
        first, second, third = self.METRICS
        found = compare(
            self.side((first, None, "1 件"), (second, None, "2 件"), (third, None, "3 件")),
            self.side((first, None, "1 件"), metrics=(first, second)),
        ).facts
        assert found.metrics == 2
        assert (found.value.left, found.value.right) == (1, 1)
        assert found.value.value == 1

    def test_without_facts_it_is_undefined(self):
        found = compare(self.side(), self.side()).facts
        assert found.metrics == 3
        assert found.indicator.value is found.characters.value is found.value.value is None


class TestIntervals:
    def test_a_single_report_has_none(self):
        assert compare(annotate(entity(0, 1)), annotate()).entities.pooled.exact.interval is None

    def test_reports_are_resampled(self):
        # the F1 of the two reports is 1 and 0, each with one span on either side: resamples
        # give 0, 1/2, 1, and with two reports the interval reaches the outermost
        left = {"q": [annotate(entity(0, 1))], "r": [annotate(entity(0, 1))]}
        right = left | {"r": [annotate(entity(2, 3))]}
        found = agreement(left, right).entities.pooled.exact
        assert found.value == pytest.approx(1 / 2)
        assert (found.interval.low, found.interval.high) == (0, 1)
        assert (found.interval.documents, found.interval.resamples) == (2, None)

    def test_a_report_without_spans_of_the_type_is_not_resampled(self):
        left = {
            "p": [annotate(entity(0, 1))],
            "q": [annotate(entity(0, 1))],
            "r": [annotate(entity(0, 1, "LEGAL"))],
        }
        found = agreement(left, left).entities
        assert found.pooled.exact.interval.documents == 3
        assert found.per_type["AGENCY"].exact.interval.documents == 2
        assert found.per_type["LEGAL"].exact.interval is None


@st.composite
def annotations(draw, name: str):
    cuts = sorted(draw(st.sets(st.integers(0, 16), max_size=8)))
    entities, facts = [], []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        kind = draw(st.sampled_from(ENTITY_LABELS))
        entities.append(entity(start, end, kind, draw(st.sampled_from(kinds_of(kind)))))
        if kind == "METRIC" and draw(st.booleans()):
            indicator = draw(st.sampled_from([None, span(20, 23), span(22, 26)]))
            value = parse_value(draw(st.sampled_from(["1 件", "~1 件", "2.. 件"])))
            facts.append(Fact(metric=span(start, end), indicator=indicator, value=value))
    role = draw(st.sampled_from(["work", "plan", "preamble"]))
    topic = None if role == "preamble" else draw(st.sampled_from(TOPIC_NAMES[:3]))
    return annotate(*entities, facts=tuple(facts), name=name, role=role, topic=topic)


@st.composite
def layers(draw, number: int):
    """Layers of the same one to three reports of one to three segments."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    return [
        {
            f"r{report}": [draw(annotations(f"r{report}-s{segment}")) for segment in range(size)]
            for report, size in enumerate(sizes)
        }
        for _ in range(number)
    ]


class TestWhateverTheLayers:
    @given(layers(1))
    def test_a_layer_agrees_with_itself(self, drawn):
        for place, figure in figures(agreement(*drawn, *drawn)).items():
            assert figure.value in (1, None), place
            if figure.interval:
                assert (figure.interval.low, figure.interval.high) == (1, 1), place

    @given(layers(2))
    def test_the_order_of_the_layers_makes_no_difference(self, drawn):
        left, right = drawn
        there, back = figures(agreement(left, right)), figures(agreement(right, left))
        for place, figure in there.items():
            assert figure.value == back[place].value, place
            assert figure.interval == back[place].interval, place
            assert (figure.left, figure.right) == (back[place].right, back[place].left)

    @given(layers(2))
    def test_the_order_of_the_reports_makes_no_difference(self, drawn):
        left, right = drawn
        assert agreement(dict(reversed(left.items())), right) == agreement(left, right)

    @given(layers(2))
    def test_a_stricter_figure_is_no_greater(self, drawn):
        found = agreement(*drawn).entities
        for row in (found.pooled, *found.per_type.values()):
            if row.exact.value is not None:
                assert row.kind.value <= row.exact.value <= row.overlap.value
        if found.boundary.value is not None:
            assert found.pooled.exact.value <= found.boundary.value

    @given(layers(2))
    def test_it_is_read_back_from_json(self, drawn):
        found = agreement(*drawn, names=("a", "b"))
        assert Agreement.model_validate_json(found.model_dump_json()) == found


def test_layers_that_have_nothing_in_common_agree_in_nothing():
    left, right = (
        {r: [annotate(entity(start, start + 1), role=role)] for r in ("q", "r")}
        for start, role in ((0, "work"), (5, "plan"))
    )
    found = agreement(left, right)
    for figure in (found.entities.pooled.overlap, found.entities.boundary, found.role.observed):
        assert figure.value == figure.interval.low == figure.interval.high == 0
    # two annotators who never agree, each with one label: expected by chance 0, kappa 0;
    # alpha 1 - (4 - 1) * 4 / (16 - 4 - 4) = -1/2
    assert found.role.kappa.value == 0
    assert found.role.alpha.value == pytest.approx(-1 / 2)


def test_it_says_what_was_compared():
    layer = {"r": [annotate(name="s1"), annotate(name="s2")], "q": [annotate(name="s3")]}
    found = agreement(layer, layer, names=("a", "b"))
    assert (found.left, found.right) == ("a", "b")
    assert found.reports == ("q", "r")
    assert found.segments == 3


class TestMismatch:
    LEFT = {"q": [annotate(name="s1")], "r": [annotate(name="s2"), annotate(name="s3")]}

    @pytest.mark.parametrize(
        ("right", "named"),
        [
            ({"q": LEFT["q"]}, "reports: number 2 is 'r' in the one and None in the other"),
            (
                LEFT | {"r": LEFT["r"][::-1]},
                "segments of 'r': number 1 is 's2' in the one and 's3' in the other",
            ),
            (LEFT | {"r": LEFT["r"][:1]}, "segments of 'r': number 2 is 's3' in the one and None"),
        ],
    )
    def test_the_first_difference_is_named(self, right, named):
        with pytest.raises(MismatchError) as caught:
            agreement(self.LEFT, right, names=("a", "b"))
        assert named in str(caught.value)
        assert "the layers 'a' and 'b'" in str(caught.value)
