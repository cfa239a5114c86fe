"""No Django here. Crops stacked for the network, and its own mistakes corrected by simulated clicks."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from ml.networks.crops import CHANNELS, CLICK_SPREAD, Planes, bumps, colour_planes, prompt_planes
from ml.networks.prompts import Points
from ml.training.data import Crop
from ml.training.simulate import corrective_click

NOWHERE = np.zeros((0, 2))
POSITIVE, NEGATIVE, PREVIOUS = 4, 5, 6


@dataclass(frozen=True)
class Batch:
    """inputs: (B, 7, S, S) without clicks; truth: (B, 1, S, S) of 0 and 1."""

    inputs: Tensor
    truth: Tensor


def make_batch(crops: list[Crop]) -> Batch:
    size = crops[0].truth.shape[0]
    inputs = np.empty((len(crops), CHANNELS, size, size), np.float32)
    for row, crop in zip(inputs, crops, strict=True):
        row[:3] = colour_planes(crop.colours)
        empty = np.zeros((size, size), np.float32)
        row[3:] = prompt_planes(crop.points, NOWHERE, NOWHERE, empty, size)
    truth = np.stack([crop.truth for crop in crops])[:, None].astype(np.float32)
    return Batch(
        torch.from_numpy(inputs).to(memory_format=torch.channels_last), torch.from_numpy(truth)
    )


@torch.no_grad()
def with_own_mistakes(network: nn.Module, batch: Batch, rounds: int) -> Tensor:
    """The inputs after `rounds` of: the network answers, a person clicks on its largest mistake.

    Clicks and the mask so far are in the channels that they have at inference.
    """
    inputs = batch.inputs
    if rounds == 0:
        return inputs
    inputs = inputs.clone()
    for _ in range(rounds):
        masks = (network(inputs) > 0)[:, 0].numpy()
        for row, mask, truth in zip(inputs, masks, batch.truth[:, 0].numpy(), strict=True):
            add_click(row, mask, truth > 0.5)
    return inputs


def add_click(row: Tensor, mask: np.ndarray, truth: np.ndarray) -> None:
    """Write the next click on `mask` into the planes of one input, and `mask` as the one so far."""
    click = corrective_click(mask, truth)
    row[PREVIOUS] = torch.from_numpy(mask.astype(np.float32))
    if click is None:
        return
    place: Points = np.array([[click.x, click.y]])
    bump: Planes = bumps(place, mask.shape[0], CLICK_SPREAD)
    channel = POSITIVE if click.positive else NEGATIVE
    row[channel] = torch.maximum(row[channel], torch.from_numpy(bump))
