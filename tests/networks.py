"""Small networks of random numbers, exported as the shipped one is."""

from pathlib import Path

import torch

from ml.networks.segmenters.crop import Look
from ml.networks.segmenters.dextr import DextrLite, LiteShape
from ml.training.export import export

SMALL = LiteShape("lite0", (32, 24, 16, 16, 8), fine=4)
LOOKS = (Look(32), Look(64, mirrored=True))


def export_small_lite(folder: Path) -> None:
    """Write `dextr-lite` with its card; its masks mean nothing, but are never empty."""
    torch.manual_seed(0)
    network = DextrLite(SMALL)
    network(torch.randn(4, 7, 64, 64))  # statistics that are not the ones it was born with
    torch.nn.init.normal_(network.refinement.finish.weight)  # type: ignore[union-attr]
    export(network.state_dict(), SMALL, LOOKS, folder)
