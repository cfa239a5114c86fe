"""No Django here. What every segmenter can do, whatever it is made of."""

from dataclasses import dataclass
from typing import Protocol

from ml.networks.crops import Picture
from ml.networks.prompts import Mask, Prompt


@dataclass(frozen=True)
class Answer:
    """mask: (H, W) bool, at the picture's own size. score: in [0, 1], the overlap it expects."""

    mask: Mask
    score: float


class Segmenter(Protocol):
    """Four points to a mask. Not for several threads at once."""

    name: str

    def warm(self, image: Picture) -> None:
        """Do now for `image` (H, W, 3 RGB) what would keep the first prompt waiting."""

    def predict(self, image: Picture, prompt: Prompt) -> Answer:
        """The mask of what `prompt` points at; never empty for a checked prompt."""
