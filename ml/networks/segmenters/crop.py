"""No Django here. A segmenter made of a network that sees the window round the points."""

from typing import Protocol

import numpy as np

from ml.networks.crops import CHANNELS, SHIPPED, Framing, Picture, Planes, network_input, window_of
from ml.networks.finish import finished
from ml.networks.prompts import Prompt

from .protocol import Answer


class Network(Protocol):
    """What computes logits: torch, onnxruntime, or a test's own."""

    size: int  # side of the input

    def logits(self, inputs: Planes) -> Planes:
        """(B, 7, S, S) to (B, S, S); above zero is object."""


class CropSegmenter:
    """Window, network, finish."""

    def __init__(self, name: str, network: Network, framing: Framing = SHIPPED) -> None:
        self.name = name
        self.network = network
        self.framing = framing

    def warm(self, image: Picture) -> None:
        """The first run of a network is slow; later there is nothing that depends on the picture."""
        size = self.network.size
        self.network.logits(np.zeros((1, CHANNELS, size, size), np.float32))

    def predict(self, image: Picture, prompt: Prompt) -> Answer:
        return self.predict_many([(image, prompt)])[0]

    def predict_many(self, asked: list[tuple[Picture, Prompt]]) -> list[Answer]:
        """Answers to prompts that wait together, in one batch."""
        windows = [window_of(prompt.points, self.framing) for _, prompt in asked]
        inputs = [
            network_input(image, prompt, window, self.network.size)
            for (image, prompt), window in zip(asked, windows, strict=True)
        ]
        answers = self.network.logits(np.stack(inputs))
        return [
            Answer(*finished(image, prompt, window, logits))
            for (image, prompt), window, logits in zip(asked, windows, answers, strict=True)
        ]
