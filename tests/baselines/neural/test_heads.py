"""The heads by themselves: what they score, what they learn from, and what they make of it."""

import math
from itertools import pairwise

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from fazhi.baselines._neural._facts import FactHead, _distances
from fazhi.baselines._neural._pointing import SpanHead, _flat, _log_of_one_and, _rotate
from fazhi.baselines._neural._sections import IGNORED, SectionHead
from fazhi.baselines._neural._tagging import CrfHead, SoftmaxHead
from fazhi.corpus import BIO_TAGS, ROLE_NAMES, TOPIC_NAMES

WIDTH = len(BIO_TAGS)
O, B, I = BIO_TAGS.index("O"), BIO_TAGS.index("B-AGENCY"), BIO_TAGS.index("I-AGENCY")  # noqa: E741


def states(*tags: int, force: float = 9.0) -> torch.Tensor:
    """States from which an identity output reads these tags, (1, L, K)."""
    return torch.nn.functional.one_hot(torch.tensor([tags]), WIDTH) * force


def told(head: SoftmaxHead) -> SoftmaxHead:
    """The head with states as its emissions."""
    with torch.no_grad():
        head.output.weight.copy_(torch.eye(WIDTH))
        head.output.bias.zero_()
    return head.eval()


def full(length: int) -> torch.Tensor:
    return torch.ones(1, length, dtype=torch.bool)


class TestTagging:
    def test_softmax_drops_an_inside_that_continues_nothing(self):
        head = told(SoftmaxHead(WIDTH, 0.0))
        ((found,),) = head.decode(states(O, I, B, I, O), full(5))
        assert found[:3] == (2, 4, "AGENCY")

    def test_the_crf_finds_a_legal_reading_of_it(self):
        head = told(CrfHead(WIDTH, 0.0))
        (found,) = head.decode(states(O, I, B, I, O), full(5))
        assert [each[:3] for each in found] in (
            [(1, 2, "AGENCY"), (2, 4, "AGENCY")],
            [(2, 4, "AGENCY")],
        )

    def test_the_score_is_that_of_the_least_probable_tag(self):
        head = told(SoftmaxHead(WIDTH, 0.0))
        sure, unsure = states(O, B, force=30.0), states(I, O, force=2.0)
        ((found,),) = head.decode(torch.cat([sure, unsure], dim=1), full(4))
        # seven tags, one at 2 and the others at 0: e^2 / (e^2 + 6) = 0.552
        assert found[:3] == (1, 3, "AGENCY")
        assert found.score == pytest.approx(math.exp(2) / (math.exp(2) + 6))

    @pytest.mark.parametrize("kind", [SoftmaxHead, CrfHead, SpanHead])
    def test_padding_changes_nothing(self, kind):
        torch.manual_seed(0)
        head = kind(WIDTH, 0.0).eval()
        read = torch.randn(1, 6, WIDTH) * 3
        padded = torch.cat([read, torch.randn(1, 3, WIDTH) * 9], dim=1)
        mask = torch.arange(9).unsqueeze(0) < 6
        tags = torch.tensor([[O, B, I, O, B, O]])
        more = torch.cat([tags, torch.full((1, 3), IGNORED)], dim=1)
        (alone,), (found,) = head.decode(read, full(6)), head.decode(padded, mask)
        assert [each[:3] for each in found] == [each[:3] for each in alone]
        losses = head.loss(read, tags, full(6)), head.loss(padded, more, mask)
        assert losses[0].item() == pytest.approx(losses[1].item(), rel=1e-5)


class TestSpans:
    def test_the_inner_product_depends_on_how_far_the_ends_are_apart(self):
        torch.manual_seed(0)
        one, other = torch.randn(2, 1, 1, 64)
        first, last = _rotate(one.expand(1, 9, 64)), _rotate(other.expand(1, 9, 64))
        product = (first @ last.transpose(1, 2))[0]
        assert product[0, 2].item() == pytest.approx(product[5, 7].item(), abs=1e-4)
        assert product[0, 2].item() != pytest.approx(product[0, 3].item(), abs=1e-4)

    def test_the_loss_is_that_of_the_paper(self):
        # log(1 + sum of e^s over what is no entity) + log(1 + sum of e^-s over what is one),
        # the mean over three types; the text has two characters, so three spans of each type
        torch.manual_seed(0)
        head = SpanHead(4, 0.0).eval()
        read = torch.randn(1, 2, 4)
        scores = head.scores(read, full(2))[0].tolist()
        total = 0.0
        for label in range(3):
            gold = {(0, 1)} if label == 0 else set()
            spans = [(0, 0), (0, 1), (1, 1)]
            wrong = [math.exp(scores[label][a][b]) for a, b in spans if (a, b) not in gold]
            missed = [math.exp(-scores[label][a][b]) for a, b in gold]
            total += math.log(1 + sum(wrong)) + math.log(1 + sum(missed))
        loss = head.loss(read, torch.tensor([[B, I]]), full(2))
        assert loss.item() == pytest.approx(total / 3, rel=1e-5)

    def test_log_of_one_and(self):
        found = _log_of_one_and(torch.tensor([math.log(2), math.log(3)]))
        assert found.item() == pytest.approx(math.log(6))

    def test_of_spans_that_overlap_the_higher_one_is_kept(self):
        scores = torch.full((3, 5, 5), -1.0)
        scores[0, 0, 2], scores[1, 2, 3], scores[2, 4, 4] = 1.0, 2.0, 0.5
        assert [each[:3] for each in _flat(scores)] == [(2, 4, "LEGAL"), (4, 5, "METRIC")]

    @given(st.integers(0, 10_000))
    def test_what_is_decoded_never_overlaps(self, seed):
        scores = torch.randn(3, 8, 8, generator=torch.Generator().manual_seed(seed))
        scores = scores.masked_fill(~torch.ones(8, 8, dtype=torch.bool).triu(), -1e4)
        found = _flat(scores)
        assert all(one.end <= other.start for one, other in pairwise(found))


class TestSections:
    HEAD = SectionHead(4, 0.0)

    def test_a_segment_without_topic_teaches_its_role_alone(self):
        scores = self.HEAD(torch.ones(2, 4), torch.ones(2, 4), torch.zeros(2, 7))
        role, topic = torch.tensor([1, 2]), torch.tensor([IGNORED, IGNORED])
        alone = torch.nn.functional.cross_entropy(scores[0], role)
        assert self.HEAD.loss(scores, role, topic).item() == pytest.approx(alone.item())

    def test_role_and_topic_are_added(self):
        scores = self.HEAD(torch.ones(2, 4), torch.ones(2, 4), torch.zeros(2, 7))
        role, topic = torch.tensor([1, 2]), torch.tensor([IGNORED, 3])
        each = [
            torch.nn.functional.cross_entropy(scores[0], role),
            torch.nn.functional.cross_entropy(scores[1][1:], topic[1:]),
        ]
        assert self.HEAD.loss(scores, role, topic).item() == pytest.approx(sum(each).item())

    def test_layout_has_no_bearing_on_the_topic(self):
        text, headings = torch.randn(1, 4), torch.randn(1, 4)
        one, other = (self.HEAD(text, headings, torch.full((1, 7), fill)) for fill in (0.0, 1.0))
        assert not torch.allclose(one[0], other[0])
        assert torch.equal(one[1], other[1])

    def test_a_layout_feature_weighs_as_much_as_a_state(self):
        # a state of four entries around 1 has length 2; with equal weights a feature adds 2
        head = SectionHead(4, 0.0)
        torch.nn.init.ones_(head.role.weight)
        nothing = torch.zeros(1, 4)
        one, other = (head(nothing, nothing, torch.eye(7)[:1] * fill)[0] for fill in (0.0, 1.0))
        assert torch.allclose(other - one, torch.full((1, len(ROLE_NAMES)), 2.0))

    def test_the_best_of_each_is_taken(self):
        role, topic = torch.eye(len(ROLE_NAMES))[2:3], torch.eye(len(TOPIC_NAMES))[5:6]
        assert self.HEAD.decode((role, topic)) == [(ROLE_NAMES[2], TOPIC_NAMES[5])]


class TestFacts:
    HEAD = FactHead(4, 0.0).eval()

    def test_distances_are_counted_from_the_nearer_end_of_the_metric(self):
        classes, inside = _distances(torch.tensor([[2, 4]]), 6)
        assert (classes - 32).tolist() == [[-2, -1, 0, 0, 1, 2]]
        assert inside.tolist() == [[False, False, True, True, False, False]]

    def test_from_thirty_two_on_all_distances_are_one(self):
        classes, _ = _distances(torch.tensor([[50, 51]]), 101)
        assert classes[0, 0] == classes[0, 18] != classes[0, 19]
        assert classes[0, 100] == classes[0, 82] != classes[0, 81]

    def test_nothing_inside_the_metric_and_behind_the_text_is_possible(self):
        mask = torch.tensor([[True, True, True, False]])
        scores = self.HEAD(torch.randn(1, 4, 4), torch.tensor([[1, 2]]), mask)
        assert torch.isinf(scores).tolist() == [[[False, False, True, False, True]]] * 2

    @staticmethod
    def decode(first: list[float], last: list[float], metric: tuple[int, int]):
        scores = torch.tensor([[first], [last]], dtype=torch.float32)
        (found,) = TestFacts.HEAD.decode(scores, torch.tensor([metric]))
        return found

    def test_the_best_pair_of_ends_is_taken(self):
        # characters 0 to 3, the metric is 3; 5 + 4 is the best sum of a start and a later end
        assert self.decode([0, 5, 1, 0, -99], [0, 1, 1, 4, -99], (3, 4)) == (0, 3)

    def test_an_end_is_never_before_its_start(self):
        assert self.decode([0, 0, 9, 0, -99], [0, 9, 2, 1, -99], (3, 4)) == (1, 2)

    def test_both_ends_stand_on_one_side_of_the_metric(self):
        # the best ends are 0 and 2, around the metric 1; 2 alone comes second
        never = float("-inf")
        assert self.decode([0, 9, never, 5], [0, 1, never, 9], (1, 2)) == (2, 3)

    def test_none_is_an_answer(self):
        assert self.decode([6, 5, 5, -99], [6, 5, 5, -99], (2, 3)) is None

    def test_a_metric_that_is_the_whole_text_has_no_indicator(self):
        scores = self.HEAD(torch.randn(1, 2, 4), torch.tensor([[0, 2]]), full(2))
        assert self.HEAD.decode(scores, torch.tensor([[0, 2]])) == [None]
