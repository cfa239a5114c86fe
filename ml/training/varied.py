"""No Django here. A picture as it might have been taken too: another crop, its mirror image, other light.

Modestly, since a colour or a detail may be what a class is told by: crops of at least 0.6 of the picture
(C. Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, take 0.08), and light, contrast and colours
within a fifth.
"""

import numpy as np

from ml.networks.classifiers.frame import Frame, Framing
from ml.networks.classifiers.squares import framed, middle
from ml.networks.crops import Picture

LEAST = 0.6  # of the picture's area
MOST_SQUEEZED = 1.2
MOST_LIGHT = 0.2
LARGER = LEAST**-0.5  # a picture is decoded so much larger that a crop of it fills the square


def varied(picture: Picture, frame: Frame, draw: np.random.Generator) -> Picture:
    """The square (S, S, 3) of a part of a picture (H, W, 3), perhaps mirrored, in another light."""
    if frame.framing is Framing.CROP:
        picture = middle(picture)
    part = cropped(picture, draw)
    if draw.random() < 0.5:
        part = part[:, ::-1]
    return lit(framed(np.ascontiguousarray(part), frame), draw)


def cropped(picture: Picture, draw: np.random.Generator) -> Picture:
    """A rectangle of at least `LEAST` of its area, somewhere, nearly of its shape."""
    height, width = picture.shape[:2]
    side = np.sqrt(draw.uniform(LEAST, 1))
    squeeze = MOST_SQUEEZED ** draw.uniform(-0.5, 0.5)
    high = min(height, max(1, round(height * side * squeeze)))
    wide = min(width, max(1, round(width * side / squeeze)))
    top = int(draw.integers(height - high + 1))
    left = int(draw.integers(width - wide + 1))
    return picture[top : top + high, left : left + wide]


def lit(picture: Picture, draw: np.random.Generator) -> Picture:
    """Brighter or darker, flatter or harder, paler or more colourful."""
    light, contrast, colour = draw.uniform(1 - MOST_LIGHT, 1 + MOST_LIGHT, 3).astype(np.float32)
    values = picture.astype(np.float32) * light
    mean = values.mean()
    values = mean + (values - mean) * contrast
    grey = values.mean(2, keepdims=True)
    return np.asarray(np.clip(grey + (values - grey) * colour, 0, 255), np.uint8)
