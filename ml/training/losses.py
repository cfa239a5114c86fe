"""No Django here. What the network is punished for.

All take `logits` (B, 1, H, W) and `truth` (B, 1, H, W) of 0 and 1, and answer one number.
"""

from dataclasses import dataclass

from torch import Tensor
from torch.nn import functional

BAND = 5  # pixels: the width of the boundary band
BAND_WEIGHT = 1.5


def boundary_band(truth: Tensor) -> Tensor:
    """1 within two pixels of the truth's edge, else 0."""
    grown = functional.max_pool2d(truth, BAND, stride=1, padding=BAND // 2)
    eaten = -functional.max_pool2d(-truth, BAND, stride=1, padding=BAND // 2)
    return grown - eaten


def normalized_focal(logits: Tensor, truth: Tensor, gamma: float = 2.0) -> Tensor:
    """Focal loss whose weights sum to one in each crop (RITM, Sofiiuk et al. 2021, eq. 1).

    The normalisation keeps the gradient alive when most pixels are right. Pixels near the edge
    weigh `1 + BAND_WEIGHT`.
    """
    entropy = functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    miss = (1 - (-entropy).exp()).detach() ** gamma
    miss = miss * (1 + BAND_WEIGHT * boundary_band(truth))
    share = miss / miss.sum((1, 2, 3), keepdim=True).clamp_min(1e-6)
    return (share * entropy).sum((1, 2, 3)).mean()


def soft_iou(logits: Tensor, truth: Tensor) -> Tensor:
    """One minus intersection over union, with probabilities in place of decisions."""
    chance = logits.sigmoid()
    both = (chance * truth).sum((1, 2, 3))
    either = (chance + truth - chance * truth).sum((1, 2, 3)).clamp_min(1.0)
    return (1 - both / either).mean()


@dataclass(frozen=True)
class Shares:
    """How much each part of the loss counts."""

    focal: float = 0.3
    iou: float = 1.0
    entropy: float = 0.5


def total(logits: Tensor, truth: Tensor, shares: Shares = Shares()) -> Tensor:
    """What training minimises."""
    entropy = functional.binary_cross_entropy_with_logits(logits, truth)
    return (
        shares.focal * normalized_focal(logits, truth)
        + shares.iou * soft_iou(logits, truth)
        + shares.entropy * entropy
    )
