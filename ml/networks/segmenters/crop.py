"""No Django here. A segmenter made of a network that sees the window round the points."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from ml.networks.crops import (
    CHANNELS,
    SHIPPED,
    Framing,
    Picture,
    Planes,
    Window,
    network_input,
    window_of,
)
from ml.networks.finish import finished
from ml.networks.prompts import Prompt

from .protocol import Answer


class Network(Protocol):
    """What computes logits: torch, onnxruntime, or a test's own."""

    size: int  # side of the input

    def logits(self, inputs: Planes) -> Planes:
        """(B, 7, S, S) to (B, S, S); above zero is object."""


@dataclass(frozen=True)
class Look:
    """One run of the network on a crop: with which side, and whether on its mirror image."""

    size: int
    mirrored: bool = False


class CropSegmenter:
    """Window, network, finish. Several `looks` at a crop are averaged; by default there is one."""

    def __init__(
        self,
        name: str,
        network: Network,
        framing: Framing = SHIPPED,
        looks: Sequence[Look] = (),
    ) -> None:
        self.name = name
        self.network = network
        self.framing = framing
        self.looks = tuple(looks) or (Look(network.size),)

    def warm(self, image: Picture) -> None:
        """The first run of a network is slow; later there is nothing that depends on the picture."""
        for look in self.looks:
            self.network.logits(np.zeros((1, CHANNELS, look.size, look.size), np.float32))

    def predict(self, image: Picture, prompt: Prompt) -> Answer:
        return self.predict_many([(image, prompt)])[0]

    def predict_many(self, asked: list[tuple[Picture, Prompt]]) -> list[Answer]:
        """Answers to prompts that wait together, in one batch."""
        windows = [window_of(prompt.points, self.framing) for _, prompt in asked]
        return [
            Answer(*finished(image, prompt, window, logits))
            for (image, prompt), window, logits in zip(
                asked, windows, self.answers(asked, windows), strict=True
            )
        ]

    def answers(self, asked: list[tuple[Picture, Prompt]], windows: list[Window]) -> Planes:
        """(B, S, S): the mean of all looks, at the side of the largest."""
        side = max(look.size for look in self.looks)
        seen = [sized(self.logits(look, asked, windows), side) for look in self.looks]
        return np.asarray(np.mean(seen, axis=0), np.float32)

    def logits(
        self, look: Look, asked: list[tuple[Picture, Prompt]], windows: list[Window]
    ) -> Planes:
        """(B, S, S) of one look, the right way round again."""
        inputs = np.stack(
            [
                network_input(image, prompt, window, look.size)
                for (image, prompt), window in zip(asked, windows, strict=True)
            ]
        )
        if not look.mirrored:
            return self.network.logits(inputs)
        return self.network.logits(inputs[..., ::-1].copy())[..., ::-1]


def sized(logits: Planes, side: int) -> Planes:
    """`logits` (B, S, S) at another side, bicubic."""
    if logits.shape[-1] == side:
        return logits
    enlarged = [cv2.resize(plane, (side, side), interpolation=cv2.INTER_CUBIC) for plane in logits]
    return np.stack(enlarged).astype(np.float32, copy=False)
