"""No Django here. Segment Anything (Kirillov et al. 2023) from four points, through its own package.

The picture is embedded once (`warm`); each prompt then takes the box of the points, the points, the
clicks and the mask so far. On two CPU cores ViT-B takes half a minute to embed a picture, so this is
for workers with a GPU.
"""

import sys
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from types import ModuleType
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from ml.networks.crops import Picture, Planes, clicked
from ml.networks.finish import chances, expected_overlap, kept_promise
from ml.networks.prompts import Mask, Prompt
from ml.networks.reach import distance_to

from .protocol import Answer
from .torchvision_parts import stand_in

KEPT_PICTURES = 4
LOGIT = 8.0  # how sure the mask so far is, in the units of SAM's low-resolution masks


def segment_anything() -> ModuleType:
    """The package, importable with torchvision or without (a stand-in for the few parts it uses)."""
    stand_in(sys.modules)
    import segment_anything as package

    module: ModuleType = package
    return module


@dataclass(frozen=True)
class Embedded:
    """What SAM keeps of a picture."""

    features: torch.Tensor
    original: tuple[int, int]
    resized: tuple[int, int]


class Sam:
    """A `segment_anything.modeling.Sam` as a segmenter; embeddings of the last pictures are kept.

    SAM has one current picture, so threads that share it take turns.
    """

    def __init__(self, name: str, model: Any, device: str = "cpu") -> None:
        self.name = name
        self.predictor = segment_anything().SamPredictor(model.eval().to(device))
        self.embedded: OrderedDict[tuple[int, ...], Embedded] = OrderedDict()
        self.turn = Lock()

    def warm(self, image: Picture) -> None:
        """Embed `image` unless that was done lately."""
        with self.turn:
            self.look_at(image)

    def predict(self, image: Picture, prompt: Prompt) -> Answer:
        with self.turn:
            self.look_at(image)
            logits = self.logits(prompt)
        chance = chances(logits)
        mask = kept_promise(chance, prompt)
        return Answer(mask, expected_overlap(chance, mask))

    def look_at(self, image: Picture) -> None:
        """Make `image` the current one; embed it unless that was done lately."""
        key = (id(image), *image.shape, hash(image[::16, ::16].tobytes()))
        if key not in self.embedded:
            with autocast(self.predictor.device):
                self.predictor.set_image(image)
            self.embedded[key] = Embedded(
                self.predictor.features, self.predictor.original_size, self.predictor.input_size
            )
            while len(self.embedded) > KEPT_PICTURES:
                self.embedded.popitem(last=False)
        self.embedded.move_to_end(key)
        kept = self.embedded[key]
        self.predictor.features = kept.features
        self.predictor.original_size, self.predictor.input_size = kept.original, kept.resized
        self.predictor.is_image_set = True

    def logits(self, prompt: Prompt) -> Planes:
        """(H, W) of the current picture: of SAM's three answers the one that fits the points best."""
        places, kinds = marks(prompt)
        with autocast(self.predictor.device):
            found, scores, _ = self.predictor.predict(
                point_coords=places,
                point_labels=kinds,
                box=np.array(prompt.box),
                mask_input=self.mask_so_far(prompt),
                multimask_output=True,
                return_logits=True,
            )
        best: Planes = found[best_of(found, scores, prompt)].astype(np.float32)
        return best

    def mask_so_far(self, prompt: Prompt) -> Planes | None:
        """(1, 256, 256) logits of the mask so far, in SAM's padded square; None without one."""
        if prompt.previous is None:
            return None
        side = self.predictor.model.image_encoder.img_size
        small = self.predictor.model.prompt_encoder.mask_input_size
        height, width = self.predictor.input_size
        plane = np.zeros((side, side), np.float32)
        plane[:height, :width] = cv2.resize(
            prompt.previous.astype(np.float32), (width, height), interpolation=cv2.INTER_AREA
        )
        shares = np.asarray(cv2.resize(plane, small[::-1], interpolation=cv2.INTER_AREA))
        return ((2 * shares - 1) * LOGIT)[None].astype(np.float32)


def autocast(device: torch.device) -> torch.autocast:
    return torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda")


def marks(prompt: Prompt) -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    """Places (N, 2) and kinds (N): the extreme points and positive clicks 1, negative clicks 0."""
    positive, negative = (clicked(prompt.clicks, positive=kind) for kind in (True, False))
    places = np.concatenate([prompt.points, positive, negative])
    kinds = np.array([1] * (4 + len(positive)) + [0] * len(negative))
    return places, kinds


def best_of(logits: Planes, scores: NDArray[np.float32], prompt: Prompt) -> int:
    """Which of SAM's answers agrees best with the four points; ties go to its own score.

    logits: (3, H, W). Agreement: how far the points are from the mask and the mask from the box, as a
    share of the box's side.
    """
    costs = [
        disagreement(plane > 0, prompt) - 0.1 * float(score)
        for plane, score in zip(logits, scores, strict=True)
    ]
    return int(np.argmin(costs))


def disagreement(mask: Mask, prompt: Prompt) -> float:
    """0 for a mask that touches all points and fills no more than the box; grows with each miss."""
    rows, columns = np.nonzero(mask)
    if rows.size == 0:
        return float("inf")
    left, top, right, bottom = prompt.box
    sides = np.abs(
        [columns.min() - left, columns.max() + 1 - right, rows.min() - top, rows.max() + 1 - bottom]
    )
    gaps = [distance_to(rows, columns, x, y) for x, y in prompt.points]
    return float((sides.mean() + np.mean(gaps)) / prompt.side)
