"""No Django here. What a classifier sees of a picture. Says it only, so that listing models loads no OpenCV;
`squares` does it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Framing(StrEnum):
    """How a picture becomes a square: all of it squeezed, its middle, or all of it on a mat."""

    STRETCH = "stretch"
    CROP = "crop"
    PAD = "pad"


@dataclass(frozen=True)
class Frame:
    """size: side of the square in pixels. mean, std: for each of R, G, B, of colours from 0 to 1."""

    size: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    framing: Framing = Framing.STRETCH
