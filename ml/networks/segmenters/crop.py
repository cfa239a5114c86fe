"""No Django here. A segmenter made of a network that sees the window round the points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from ml.networks.crops import (
    CHANNELS,
    SHIPPED,
    CloseUp,
    Framing,
    Picture,
    Planes,
    close_up,
    network_input,
)
from ml.networks.finish import finished
from ml.networks.prompts import Mask, Prompt

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
    """Window, network, finish. Several `looks` at a crop are averaged; by default there is one.

    batch: prompts of one run of the network; more than one pays where it computes in parallel.
    """

    def __init__(
        self,
        name: str,
        network: Network,
        framing: Framing = SHIPPED,
        looks: Sequence[Look] = (),
        batch: int = 8,
    ) -> None:
        self.name = name
        self.network = network
        self.framing = framing
        self.looks = tuple(looks) or (Look(network.size),)
        self.batch = batch

    def warm(self, image: Picture) -> None:
        """The first run of a network is slow; later there is nothing that depends on the picture."""
        for look in self.looks:
            self.network.logits(np.zeros((1, CHANNELS, look.size, look.size), np.float32))

    def predict(self, image: Picture, prompt: Prompt) -> Answer:
        (answer,) = self.predict_many([(image, prompt)])
        return answer

    def predict_many(self, asked: Sequence[tuple[Picture, Prompt]]) -> Iterator[Answer]:
        """Answers to prompts that wait together, in their order, `batch` to a run of the network.

        Each is finished when it is asked for: the first need not wait for the others.
        """
        for first in range(0, len(asked), self.batch):
            together = asked[first : first + self.batch]
            near = [close_up(image, prompt, self.framing) for image, prompt in together]
            for (image, prompt), seen, logits in zip(
                together, near, self.logits(near), strict=True
            ):
                mask = begun(image, prompt)
                yield Answer(mask, finished(mask, seen, logits))

    def logits(self, near: Sequence[CloseUp]) -> Planes:
        """(B, S, S): the mean of all looks, at the side of the largest."""
        side = max(look.size for look in self.looks)
        answers = [sized(self.look_at(near, look), side) for look in self.looks]
        return np.asarray(np.mean(answers, axis=0), np.float32)

    def look_at(self, near: Sequence[CloseUp], look: Look) -> Planes:
        """(B, S, S) of one look, the right way round again."""
        inputs = np.stack(
            [network_input(one.picture, one.prompt, one.window, look.size) for one in near]
        )
        if not look.mirrored:
            return self.network.logits(inputs)
        return self.network.logits(inputs[..., ::-1].copy())[..., ::-1]


def begun(image: Picture, prompt: Prompt) -> Mask:
    """(H, W): the mask so far, which is written over; nothing where there is none."""
    if prompt.previous is not None:
        return prompt.previous.copy()
    return np.zeros(image.shape[:2], dtype=np.bool_)


def sized(logits: Planes, side: int) -> Planes:
    """`logits` (B, S, S) at another side, bicubic."""
    if logits.shape[-1] == side:
        return logits
    enlarged = [cv2.resize(plane, (side, side), interpolation=cv2.INTER_CUBIC) for plane in logits]
    return np.stack(enlarged).astype(np.float32, copy=False)
