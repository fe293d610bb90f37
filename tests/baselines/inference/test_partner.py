"""A logarithmic opinion pool: weighted means of scores, one row per segment."""

import numpy as np
import pytest

from fazhi.baselines import fit_model
from fazhi.baselines._crf_scores import CrfScores
from fazhi.baselines._inference import Partner, Scores
from fazhi.corpus import BIO_TAGS
from makers import make_example

TAGS = len(BIO_TAGS)
EXAMPLES = [
    make_example("县司法局", ("县司法局", "AGENCY", "government"), name="made-2020-s001"),
    make_example("5件", ("5件", "METRIC", "count"), name="made-2020-s002"),
]
SEGMENTS = [each.segment for each in EXAMPLES]


@pytest.fixture(scope="module")
def partner():
    model = fit_model("crf", EXAMPLES, {"c1": 0.0, "c2": 0.01, "max_iterations": 20}, 0)
    return Partner(CrfScores(model.files()["model.crfsuite"]), share=0.25)


def test_each_has_its_share_of_the_scores_of_a_tag(partner):
    mask = np.array([[True] * 4, [True] * 2 + [False] * 2])
    pooled = partner.scores(Scores(mask, np.full((2, 4, TAGS), 4.0)), SEGMENTS).entities
    for row, segment in zip(pooled, SEGMENTS, strict=True):
        length = len(segment.text)
        due = 0.75 * 4.0 + 0.25 * partner.crf.emissions(segment)
        assert row[:length] == pytest.approx(due)
        assert np.all(row[length:] == 3.0)  # padding: nothing is added


def test_what_it_is_given_is_left_as_it_is(partner):
    scores = Scores(np.ones((1, 4), bool), np.zeros((1, 4, TAGS)))
    partner.scores(scores, SEGMENTS[:1])
    assert not scores.entities.any()


def test_each_has_its_share_of_the_chain(partner):
    pooled = partner.chain({"transitions": np.full((TAGS, TAGS), 8.0), "first": np.full(TAGS, 2.0)})
    # a quarter of the CRF's transitions, three quarters of 8; the first tag is the network's alone
    assert pooled["transitions"] == pytest.approx(6.0 + 0.25 * partner.crf.transitions)
    assert np.all(pooled["first"] == 1.5)


def test_without_entities_there_is_nothing_to_pool(partner):
    scores = Scores(np.ones((1, 4), bool))
    assert partner.scores(scores, SEGMENTS[:1]) is scores
