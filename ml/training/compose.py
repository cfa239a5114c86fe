"""No Django here. Cut-outs pasted over photographs: the object behind and the object before, on purpose.

What the front object covers leaves the mask of the hidden one, as a person would outline it.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.networks.prompts import Mask
from ml.training.colours import recoloured
from ml.training.manifest import Picture

LEAST_LEFT = 0.35  # of the hidden object's area must stay visible
TRIES = 4


@dataclass(frozen=True)
class Cutout:
    """An object without its surroundings. colours: (h, w, 3); mask: (h, w) bool."""

    colours: Picture
    mask: Mask


def cut_out(picture: Picture, box: tuple[int, int, int, int], mask: Mask) -> Cutout:
    x, y, width, height = box
    return Cutout(picture[y : y + height, x : x + width].copy(), mask)


def pasted(
    picture: Picture, mask: Mask, cutout: Cutout, random: np.random.Generator
) -> tuple[Picture, Mask]:
    """`cutout` laid over `picture` at the edge of the object `mask`; both (H, W[, 3]).

    Answers the picture and the mask to outline: mostly what is left of the hidden object, else the
    front one. Where no place was found, both as they came.
    """
    for _ in range(TRIES):
        front, alpha = placed(mask, cutout, random)
        covered = alpha >= 0.5
        left = mask & ~covered
        shadowed = mask.sum() - left.sum()
        if shadowed < 0.03 * mask.sum() or left.sum() < LEAST_LEFT * mask.sum():
            continue
        weight = alpha[:, :, None]
        mixed = (picture * (1 - weight) + front * weight + 0.5).astype(np.uint8)
        takes_front = random.random() < 0.35 and touches_no_edge(covered)
        return mixed, covered if takes_front else left
    return picture, mask


def touches_no_edge(mask: Mask) -> bool:
    return not (mask[0].any() or mask[-1].any() or mask[:, 0].any() or mask[:, -1].any())


def placed(
    mask: Mask, cutout: Cutout, random: np.random.Generator
) -> tuple[Picture, NDArray[np.float32]]:
    """The cut-out scaled, turned and moved onto a canvas like `mask`: colours, and alpha in [0, 1]."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    side = max(np.ptp(rows), np.ptp(columns)) + 1
    height, width = cutout.mask.shape
    scale = random.uniform(0.4, 1.3) * side / max(height, width)
    angle = np.deg2rad(random.normal(0, 20))
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turn = turn @ np.diag([random.choice([-1.0, 1.0]), 1.0])
    corner = int(random.integers(4))
    goal = np.array(
        [
            columns[0] if corner % 2 else columns[-1],
            rows[0] if corner // 2 else rows[-1],
        ],
        dtype=np.float64,
    )
    middle = np.array([np.mean(columns), np.mean(rows)])
    goal += (middle - goal) * random.uniform(0, 0.8, 2)
    matrix = np.concatenate([turn, (goal - turn @ [width / 2, height / 2])[:, None]], 1)
    canvas = (mask.shape[1], mask.shape[0])
    flags = cv2.INTER_AREA if scale < 0.7 else cv2.INTER_LINEAR
    colours = recoloured(cutout.colours, random) if random.random() < 0.5 else cutout.colours
    front = cv2.warpAffine(colours, matrix, canvas, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    alpha = cv2.warpAffine(cutout.mask.astype(np.float32), matrix, canvas, flags=cv2.INTER_LINEAR)
    if random.random() < 0.7:
        alpha = cv2.GaussianBlur(alpha, (3, 3), 0)
    return front.astype(np.uint8, copy=False), alpha.astype(np.float32, copy=False)
