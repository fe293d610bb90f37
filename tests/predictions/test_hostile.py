"""Whatever is handed in: a reading or one of fazhi's errors, and what is accepted is sound."""

import copy
import json
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi._paths import room
from fazhi.corpus import spans_to_tags
from fazhi.errors import FazhiError
from fazhi.predictions import (
    Policy,
    accept,
    check_predictions,
    read_bio,
    read_submission,
    write_predictions,
)
from makers import make_example

SEGMENTS = [
    make_example("县司法局受理5件。", name="made-2020-s001").segment,
    make_example("二是 学法3次。", name="made-2020-s002").segment,
]
VALUE = {"low": 5.0, "high": 5.0, "unit": "件", "approximate": False}
FACT = {"metric": {"start": 6, "end": 8}, "indicator": {"start": 4, "end": 6}, "value": VALUE}
GOOD = [
    {
        "id": "made-2020-s001",
        "entities": [
            {"start": 0, "end": 4, "label": "AGENCY", "score": 0.5},
            {"start": 6, "end": 8, "label": "METRIC", "score": 0.9},
        ],
        "role": "work",
        "topic": "disputes",
        "facts": [FACT],
        "facts_on_gold": [FACT],
    },
    {
        "id": "made-2020-s002",
        "entities": [],
        "role": "other",
        "facts": [],
        "facts_on_gold": [],
    },
]
POLICIES = [
    Policy(overlaps, repair, allow_missing)
    for overlaps in ("refuse", "first", "longest", "score")
    for repair in ("error", "conlleval", "discard")
    for allow_missing in (False, True)
]


def flat(spans) -> bool:
    ordered = sorted(spans)
    return all(one[1] <= other[0] for one, other in pairwise(ordered))


def check_sound(prediction, segment):
    """What everything behind the border relies on."""
    length = len(segment.text)
    assert prediction.id == segment.id
    places = [(each.start, each.end) for each in prediction.entities or ()]
    assert flat(places)
    metrics = {
        place
        for place, each in zip(places, prediction.entities or (), strict=True)
        if each.label == "METRIC"
    }
    for facts in (prediction.facts or (), prediction.facts_on_gold or ()):
        stated = [(each.metric.start, each.metric.end) for each in facts]
        assert flat(stated)
        named = [(each.indicator.start, each.indicator.end) for each in facts if each.indicator]
        places += stated + named
        for each in facts:
            if each.indicator:
                both = [(each.metric.start, each.metric.end)]
                assert flat([*both, (each.indicator.start, each.indicator.end)])
    assert {(each.metric.start, each.metric.end) for each in prediction.facts or ()} <= metrics
    assert all(0 <= start < end <= length for start, end in places)


def check_reading(read, path, segments, policy) -> bool:
    """Reads; whether it was accepted. Anything but a reading or an error of fazhi is raised."""
    try:
        reading = read(path, segments, policy)
    except FazhiError as error:
        refusal = str(error)
        reading = None
    if reading is None:
        assert refusal.isprintable()
        return False
    assert all(str(each).isprintable() for each in reading.problems)
    if reading.problems:
        assert reading.predictions == ()
        with pytest.raises(FazhiError):
            accept(reading, path)
        return False
    assert policy.allow_missing or not reading.missing
    assert policy.overlaps != "refuse" or read is read_bio or not reading.resolved
    assert policy.repair != "error" or not reading.illegal
    for prediction, segment in zip(reading.predictions, segments, strict=True):
        check_sound(prediction, segment)
    if not reading.missing:
        check_written_again(reading, path, segments)
    return True


def check_written_again(reading, path, segments):
    """What was accepted is accepted as it is by the strictest reader, and stays the same."""
    again = path.with_name("again.jsonl")
    write_predictions(again, reading.predictions)
    assert check_predictions(again, segments).predictions == reading.predictions


def nodes(value):
    """Each (holder, key) inside a value of JSON."""
    for key, inside in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(inside, dict | list):
            yield from nodes(inside)


def nested(depth):
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


hostile = st.sampled_from(
    [
        *(None, True, -1, 0, 1, 2, 3, 4, 5, 7, 8, 9, 10**4000, 2**63, 0.5, 1e308, -0.0),
        *(float("nan"), float("inf"), "", "5", "\ud800", "\x1b[2J", "长" * 100, "a\u2028b", "\0"),
        *("LEGAL", "METRIC", "plan", "made-2020-s001", "made-2020-s002", "id", "score"),
        *([], {}, [{}], nested(50), {"start": 0, "end": 1}, {"start": 6, "end": 8}, VALUE),
        *(GOOD[0], FACT, [FACT], {"start": 3, "end": 7, "label": "METRIC", "score": 0.7}),
    ]
)


@st.composite
def mutated(draw):
    """The bytes of a submission that was good before some of its parts were changed."""
    lines = copy.deepcopy(GOOD)
    for _ in range(draw(st.integers(0, 4))):
        places = list(nodes(lines))
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        new = copy.deepcopy(draw(hostile))
        change = draw(st.sampled_from(["replace", "remove", "add"]))
        if change == "remove":
            del holder[key]
        elif change == "replace":
            holder[key] = new
        elif isinstance(holder, list):
            holder.insert(key, draw(st.sampled_from([new, copy.deepcopy(holder[key])])))
        else:
            holder[new if isinstance(new, str) else "colour"] = 1
    text = "".join(f"{json.dumps(line)}\n" for line in draw(st.permutations(lines)))
    data = text.encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16"])))
    return data[: draw(st.sampled_from([None, None, None, -1, -2, -20]))]


@settings(max_examples=600)
@given(mutated(), st.sampled_from(POLICIES))
def test_a_changed_submission_is_sound_or_refused(tmp_path_factory, data, policy):
    path = tmp_path_factory.mktemp("hostile") / "p.jsonl"
    path.write_bytes(data)
    check_reading(check_predictions, path, SEGMENTS, policy)


SCRAPS = [
    *(
        b"\0",
        b"\x1b[2J",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\r\n",
        b"\n",
        b"\n\n",
        b"\t",
        b" ",
        b"\xe3\x80\x80",
    ),
    *(b"NaN", b"-1", b"1e999", b"9" * 5000, b'"\\ud800"', b"[" * 5000, b'{"id":', b"null", b","),
    *(b"O", b"o", b"B-LEGAL", b"I-METRIC", b"# id = x\n", b"[UNK]\tO\n", "县\tI-AGENCY\n".encode()),
    *(b'{"start": 0, "end": 2, "label": "LEGAL"}, ', b'"role": "work", ', b"}", b"]", b'"'),
]


def scrambled(data: bytes, draw: random.Random) -> bytes:
    """Bytes with one or two pieces changed, each where it is or for a scrap."""
    for _ in range(draw.randint(1, 2)):
        start = draw.randrange(len(data) + 1)
        end = min(len(data), start + draw.choice([0, 1, 1, 2, 10, 200]))
        piece = data[start:end]
        new = draw.choice(
            [
                b"",
                piece * 2,
                bytes(draw.randrange(256) for _ in piece),
                bytes(48 + draw.randrange(10) if 48 <= each < 58 else each for each in piece),
                draw.choice(SCRAPS),
            ]
        )
        data = data[:start] + new + data[end:]
        data = data if draw.random() < 0.95 else data[:start]
    return data


@pytest.fixture(scope="module")
def published(gold):
    """A published submission of 20 segments, in both formats, and the segments."""
    segments = [each.segment for each in gold if each.segment.report == "guangshan-2023"][:20]
    path = room("baselines") / "results" / "crf" / "fixed.jsonl"
    lines = b"".join(path.read_bytes().splitlines(keepends=True)[:20])
    examples = {each.segment.id: each for each in gold}
    tagged = ""
    for segment in segments:
        tags = spans_to_tags(examples[segment.id].gold.entities, len(segment.text))
        rows = zip(segment.text, tags, strict=True)
        tagged += f"# id = {segment.id}\n" + "".join(f"{c}\t{tag}\n" for c, tag in rows) + "\n"
    return segments, lines, tagged.encode()


def outcomes(data, read, path, segments, times) -> list[bool]:
    """Whether each of many scrambled copies was accepted."""
    draw = random.Random(2024)
    found = []
    for _ in range(times):
        path.write_bytes(scrambled(data, draw))
        found.append(check_reading(read, path, segments, draw.choice(POLICIES)))
    return found


def test_a_published_submission_with_bytes_changed_is_sound_or_refused(published, tmp_path):
    segments, lines, _ = published
    found = outcomes(lines, check_predictions, tmp_path / "p", segments, 3000)
    assert 150 < sum(found) < 2850  # some are accepted, some are not


def test_tagged_text_with_bytes_changed_is_sound_or_refused(published, tmp_path):
    segments, _, tagged = published
    found = outcomes(tagged, read_bio, tmp_path / "p", segments, 400)
    assert 20 < sum(found) < 380


def test_bytes_at_random_are_refused(published, tmp_path):
    segments, lines, tagged = published
    draw = random.Random(7)
    for _ in range(300):
        size = draw.choice([0, 1, 2, 10, 300])
        pieces = [draw.randbytes(size), draw.choice(SCRAPS), draw.choice([lines, tagged])[:size]]
        draw.shuffle(pieces)
        (tmp_path / "p").write_bytes(b"".join(pieces[: draw.randint(0, 3)]))
        assert not check_reading(read_submission, tmp_path / "p", segments, Policy())


class TestBounds:
    """What would take long or much memory is refused before it does."""

    @pytest.mark.parametrize(
        "line",
        [
            '{"id": "made-2020-s001", "entities": [' + "{}, " * 200_000 + "{}]}",
            '{"id": "made-2020-s001", "entities": ' + "[" * 400_000 + "]" * 400_000 + "}",
            "{" + ", ".join(f'"{number}": 1' for number in range(60_000)) + "}",
            '{"id": "' + "长" * 300_000 + '"}',
            '{"id": ' + "9" * 900_000 + "}",
            '{"id": "made-2020-s001", "role": "work"}\n' * 20_000,
            '{"id": "made-2020-s001", "entities": ['
            + ", ".join(['{"start": 0, "end": 9, "label": "LEGAL"}'] * 5000)
            + "]}",
            "{}\n" * 20_000,
            "# id = x\n" * 20_000,
            "县 I-LEGAL\n\n" * 20_000,
            "县 O\n" * 200_000,
        ],
        ids=lambda line: line[:20].strip(),
    )
    def test_no_more_than_a_thousand_short_problems_are_kept(self, tmp_path, line):
        path = tmp_path / "p"
        path.write_text(line, encoding="utf-8")
        reading = read_submission(path, SEGMENTS)
        assert 0 < len(reading.problems) <= 1000
        assert max(len(str(each)) for each in reading.problems) < 500
        with pytest.raises(FazhiError) as caught:
            accept(reading, path)
        assert len(str(caught.value)) < 10_000
