"""No Django here. What a training run keeps on disk, so that it can be killed at any moment.

`checkpoint.pt` holds everything needed to go on; it is written beside and then moved into place, so
that there is always a whole one. `log.csv` has a row every few steps.
"""

import copy
import csv
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

FIELDS = ("step", "phase", "size", "rate", "loss", "crops_per_second", "seconds", "macro")


class Averaged:
    """A running mean of a network's weights (exponential; also of its normalisation statistics)."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self.decay = decay
        self.updates = 0

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        """The first updates count more, so that the start is soon forgotten."""
        self.updates += 1
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        for kept, new in zip(self.tensors(self.network), self.tensors(network), strict=True):
            if kept.is_floating_point():
                kept.lerp_(new, 1 - decay)
            else:
                kept.copy_(new)

    @staticmethod
    def tensors(network: nn.Module) -> list[Tensor]:
        return [*network.parameters(), *network.buffers()]


def write_checkpoint(path: Path, content: Mapping[str, object]) -> None:
    beside = path.with_suffix(".part")
    torch.save(dict(content), beside)
    beside.replace(path)


def read_checkpoint(path: Path) -> dict[str, object] | None:
    """What `write_checkpoint` wrote, or None when there is nothing yet."""
    if not path.exists():
        return None
    content: dict[str, object] = torch.load(path, weights_only=True, map_location="cpu")
    return content


def load_grown(network: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Take `weights`; only a refinement that the run had not begun with may be missing.

    Raises RuntimeError for any other difference.
    """
    missing, unexpected = network.load_state_dict(dict(weights), strict=False)
    strange = [name for name in missing if not name.startswith("refinement.")] + unexpected
    if strange:
        raise RuntimeError(f"The checkpoint does not fit the network: {', '.join(strange[:5])}")


def append_row(path: Path, row: Mapping[str, object]) -> None:
    new = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, FIELDS)
        if new:
            writer.writeheader()
        writer.writerow({name: row.get(name, "") for name in FIELDS})
