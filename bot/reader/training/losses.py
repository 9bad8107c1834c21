"""What training makes small: cross-entropy of the gold places, in a window and among the windows of a question."""

import torch
from torch import Tensor
from torch.nn import functional

from bot.reader.training.batching import Batch
from bot.reader.training.network import ReaderNetwork

NOTHING_WEIGHT = 0.5
SHARED_WEIGHT = 0.5


def loss_of(network: ReaderNetwork, batch: Batch, *, grouped: bool) -> Tensor:
    """The loss on a batch, a single number; `grouped` adds the softmax that a question's windows share."""
    scores = network(batch.numbers, batch.kinds, batch.lengths)
    loss = (own_loss(scores.start, batch.start) + own_loss(scores.end, batch.end)) / 2
    unanswered = (~batch.answered).float()
    loss = loss + NOTHING_WEIGHT * functional.binary_cross_entropy_with_logits(scores.nothing, unanswered)
    if grouped:
        shared = shared_loss(scores.start, batch.start, batch) + shared_loss(scores.end, batch.end, batch)
        loss = loss + SHARED_WEIGHT * shared
    return loss


def own_loss(scores: Tensor, gold: Tensor) -> Tensor:
    """Cross-entropy of the gold places, any of them, under the softmax of each window, `[CLS]` being "none".

    `scores` and `gold` have shape (b, n); every row has a gold place.
    """
    return (torch.logsumexp(scores, dim=-1) - _log_sum(scores, gold)).mean()


def shared_loss(scores: Tensor, gold: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy of the gold places under one softmax over all windows of a group, `[CLS]` left out.

    Shared normalisation (Clark and Gardner, 2018), so that scores of different passages compare. Only
    groups of several windows with an answered one count; 0 where there are none.
    """
    count = int(batch.groups[-1]) + 1
    members = functional.one_hot(batch.groups, count).bool().t()
    useful = (members & batch.answered).any(dim=1) & (members.sum(dim=1) > 1)
    if not bool(useful.any()):
        return scores.new_zeros(())
    members = members[useful]
    everything = torch.logsumexp(scores[:, 1:], dim=-1).expand(len(members), -1)
    right = _log_sum(scores, gold & batch.answered[:, None]).expand(len(members), -1)
    return (_log_sum(everything, members) - _log_sum(right, members & batch.answered)).mean()


def _log_sum(scores: Tensor, chosen: Tensor) -> Tensor:
    """log(sum(exp)) over the chosen places of each row; -inf for a row without any."""
    return torch.logsumexp(scores.masked_fill(~chosen, float("-inf")), dim=-1)
