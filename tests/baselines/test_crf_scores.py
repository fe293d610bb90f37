"""The weights of a CRF, read from its file: they give what CRFsuite itself gives."""

from itertools import pairwise, product

import numpy as np
import pycrfsuite
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fazhi._paths import room
from fazhi.baselines import fit_model
from fazhi.baselines._crf_scores import CrfScores
from fazhi.baselines._features import features
from fazhi.baselines._inference._chain import Chain
from fazhi.corpus import BIO_TAGS, load_examples, tags_to_spans
from makers import make_example

PARAMS = {"c1": 0.1, "c2": 0.01, "max_iterations": 30}
EXAMPLES = [
    make_example("县司局", ("县司局", "AGENCY", "government"), name="made-2020-s001"),
    make_example("办5件", ("5件", "METRIC", "count"), name="made-2020-s002"),
]


@pytest.fixture(scope="module")
def weights():
    """Of a CRF that has learned from two texts."""
    return fit_model("crf", EXAMPLES, PARAMS, 0).files()["model.crfsuite"]


@pytest.mark.parametrize("text", ["县司局", "办5件", "县5员"])
def test_the_probability_of_every_tag_sequence_is_that_of_crfsuite(weights, text):
    crf, tagger = CrfScores(weights), pycrfsuite.Tagger()
    tagger.open_inmemory(weights)
    segment = make_example(text, name="made-2020-s009").segment
    tagger.set(features(segment))
    # a sequence's score is the sum of its emissions and transitions; tags that were not learned
    # from have no place in the file, and CRFsuite gives no probability to them
    known = [BIO_TAGS.index(tag) for tag in tagger.labels()]
    emissions, steps = crf.emissions(segment), crf.transitions
    paths = list(product(known, repeat=3))
    scores = [
        sum(emissions[place, tag] for place, tag in enumerate(path))
        + sum(steps[pair] for pair in pairwise(path))
        for path in paths
    ]
    shares = np.exp(scores) / np.exp(scores).sum()
    due = [tagger.probability([BIO_TAGS[tag] for tag in path]) for path in paths]
    assert shares == pytest.approx(due, abs=1e-5)
    assert max(due) > 0.1


def test_real_segments_are_tagged_as_crfsuite_tags_them():
    examples = load_examples(room("corpus"), ["train"])
    segments = [each.segment for each in load_examples(room("corpus"), ["validation"])]
    model = fit_model("crf", examples, {**PARAMS, "max_iterations": 60}, 0)
    crf = CrfScores(model.files()["model.crfsuite"])
    chain = Chain(BIO_TAGS, crf.transitions, np.zeros(len(BIO_TAGS)))
    found = []
    for segment in segments:
        mask = np.ones((1, len(segment.text)), bool)
        (path,) = chain.best(crf.emissions(segment)[None], mask)
        found.append(tags_to_spans([BIO_TAGS[tag] for tag in path]))
    due = [
        [(each.start, each.end, each.label) for each in said.entities]
        for said in model.predict(segments)
    ]
    assert [[tuple(span) for span in spans] for spans in found] == due
    assert sum(map(len, due)) > 20


@given(text=st.text(alphabet="县司局办5件_=:\U00020000 \t年《》一A％", min_size=1, max_size=12))
@example(text="_")
def test_scores_are_the_sums_of_the_weights_of_the_features(weights, text):
    crf, tagger = CrfScores(weights), pycrfsuite.Tagger()
    tagger.open_inmemory(weights)
    known = tagger.info().state_features
    segment = make_example(text, name="made-2020-s009").segment
    due = [
        [sum(known.get((name, tag), 0.0) for name in row) for tag in BIO_TAGS]
        for row in features(segment)
    ]
    assert crf.emissions(segment) == pytest.approx(np.array(due), abs=1e-5)


@pytest.mark.parametrize("kept", [0, 7, 48, -1])
def test_a_file_that_was_cut_is_refused(weights, kept):
    """CRFsuite would end the process."""
    with pytest.raises(ValueError, match="the file of CRFsuite is damaged"):
        CrfScores(weights[:kept])


def test_a_character_of_which_nothing_is_known_scores_nothing_for_itself(weights):
    crf = CrfScores(weights)
    one, other = (
        crf.emissions(make_example(text, name="made-2020-s009").segment)
        for text in ("丙丁", "戊己")
    )
    assert np.array_equal(one, other)
