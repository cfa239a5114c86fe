"""No Django here. The few parts of torchvision that the package segment-anything imports.

A CPU build of torch has no torchvision that fits, and the package cannot be imported without one.
Where torchvision is there it is used; else these stand in, under its names.
"""

from collections.abc import MutableMapping
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor


def to_pil_image(picture: NDArray[np.uint8]) -> Image.Image:
    return Image.fromarray(picture)


def resize(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """`size`: height, width."""
    return picture.resize((size[1], size[0]), Image.Resampling.BILINEAR)


def box_area(boxes: Tensor) -> Tensor:
    """(N, 4) as x1, y1, x2, y2 to (N,)."""
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def overlap_with(box: Tensor, others: Tensor) -> Tensor:
    low, high = torch.maximum(box[:2], others[:, :2]), torch.minimum(box[2:], others[:, 2:])
    both = (high - low).clamp_min(0).prod(1)
    return both / (box_area(box[None]) + box_area(others) - both).clamp_min(1e-9)


def batched_nms(boxes: Tensor, scores: Tensor, kinds: Tensor, threshold: float) -> Tensor:
    """Indices of the boxes kept, best first: greedily, within each kind."""
    waiting = scores.argsort(descending=True, stable=True)
    kept = []
    while len(waiting):
        best, rest = waiting[0], waiting[1:]
        kept.append(best)
        rivals = (kinds[rest] == kinds[best]) & (overlap_with(boxes[best], boxes[rest]) > threshold)
        waiting = rest[~rivals]
    return torch.stack(kept) if kept else torch.zeros(0, dtype=torch.long)


PARTS: dict[str, dict[str, object]] = {
    "torchvision": {},
    "torchvision.ops": {},
    "torchvision.ops.boxes": {"batched_nms": batched_nms, "box_area": box_area},
    "torchvision.transforms": {},
    "torchvision.transforms.functional": {"resize": resize, "to_pil_image": to_pil_image},
}


def stand_in(modules: MutableMapping[str, ModuleType]) -> None:
    """Put the parts into `modules` (that is, sys.modules) unless torchvision is installed."""
    if "torchvision" in modules or find_spec("torchvision") is not None:
        return
    for name, parts in PARTS.items():
        module = ModuleType(name)
        module.__spec__ = ModuleSpec(name, None, is_package=True)
        module.__path__ = []
        for part, value in parts.items():
            setattr(module, part, value)
        modules[name] = module
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(modules[parent], child, module)
