"""No Django here. A quick look at the validation sets while training goes on: raw network, no finish."""

from pathlib import Path

import numpy as np
import torch
from torch import nn

from ml.networks.crops import network_input, shrunk, window_of
from ml.networks.prompts import Prompt, canonical
from ml.training.data import Example, load_examples, surroundings
from ml.training.manifest import read_manifest
from ml.training.simulate import CAREFUL, extreme_points

BATCH = 8


class Watch:
    """Up to `objects` of each validation set, always the same ones, with the same points."""

    def __init__(self, folder: Path, objects: int, split: str = "val") -> None:
        self.sets = {
            group.name: self.some(load_examples(group), objects)
            for group in read_manifest(folder, split)
        }

    @staticmethod
    def some(examples: list[Example], objects: int) -> list[Example]:
        chosen = np.linspace(0, len(examples) - 1, min(objects, len(examples))).astype(int)
        return [examples[number] for number in chosen]

    def look(self, network: nn.Module, size: int, noise: float = CAREFUL) -> dict[str, float]:
        """Mean IoU in the crop for each set, points `noise` pixels off, and "macro", their mean."""
        means = {
            name: self.mean_iou(network, kept, size, noise) for name, kept in self.sets.items()
        }
        return {**means, "macro": float(np.mean(list(means.values())))}

    @torch.no_grad()
    def mean_iou(
        self, network: nn.Module, examples: list[Example], size: int, noise: float
    ) -> float:
        found = []
        for start in range(0, len(examples), BATCH):
            inputs, truths = zip(
                *[seen(example, size, noise) for example in examples[start : start + BATCH]],
                strict=True,
            )
            masks = network(torch.from_numpy(np.stack(inputs)))[:, 0].numpy() > 0
            found += [
                (mask & truth).sum() / max(1, (mask | truth).sum())
                for mask, truth in zip(masks, truths, strict=True)
            ]
        return float(np.mean(found))


def seen(example: Example, size: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Network input and truth of one object, pointed at with points `noise` pixels off."""
    picture, mask = surroundings(example)
    points = canonical(extreme_points(mask, noise, np.random.default_rng(example.box)))
    window = window_of(points)
    truth = shrunk(mask.astype(np.uint8) * 255, window.to_input(size), size) >= 128
    return network_input(picture, Prompt(points), window, size), truth
