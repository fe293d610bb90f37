"""The heads by themselves: what they score, and what they learn from."""

import math

import pytest
import torch

from fazhi.baselines._inference import IGNORED
from fazhi.baselines._inference._entities import SpanDecoder, TagDecoder
from fazhi.baselines._neural._facts import FactHead, _distances
from fazhi.baselines._neural._pointing import SpanHead, _log_of_one_and, _rotate
from fazhi.baselines._neural._sections import SectionHead
from fazhi.baselines._neural._tagging import CrfHead, SoftmaxHead
from fazhi.corpus import BIO_TAGS, ROLE_NAMES

WIDTH = len(BIO_TAGS)
O, B, I = BIO_TAGS.index("O"), BIO_TAGS.index("B-AGENCY"), BIO_TAGS.index("I-AGENCY")  # noqa: E741


def full(length: int) -> torch.Tensor:
    return torch.ones(1, length, dtype=torch.bool)


class TestTagging:
    @pytest.mark.parametrize("kind", [SoftmaxHead, CrfHead, SpanHead])
    def test_padding_changes_nothing(self, kind):
        torch.manual_seed(0)
        head = kind(WIDTH, 0.0).eval()
        read = torch.randn(1, 6, WIDTH) * 3
        padded = torch.cat([read, torch.randn(1, 3, WIDTH) * 9], dim=1)
        mask = torch.arange(9).unsqueeze(0) < 6
        tags = torch.tensor([[O, B, I, O, B, O]])
        more = torch.cat([tags, torch.full((1, 3), IGNORED)], dim=1)
        decode = SpanDecoder() if kind is SpanHead else TagDecoder()
        (alone,), (found,) = (
            decode(head.scores(states, real).detach().numpy(), real.numpy())
            for states, real in ((read, full(6)), (padded, mask))
        )
        assert alone
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
