"""Thumbnails: taking a picture in, against decoding, shrinking and encoding it alone."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from PIL import Image

from benchmarks.figures import Figure, Sense, percentile
from benchmarks.installation import Installation
from labelapp.catalog import pictures

SIZES = {"12-megapixel": (4000, 3000), "2-megapixel": (1600, 1250)}
TIMES = 9


def measure(running: Installation, rows: int) -> list[Figure]:
    figures = []
    for name, (width, height) in SIZES.items():
        picture = photo(width, height)
        alone, ours = _compared(partial(_alone, picture), partial(pictures.read, picture))
        figures += [
            Figure(
                name=f"{name} JPEG, decode + resize + encode alone", value=1000 * alone, unit="ms"
            ),
            Figure(
                name=f"{name} JPEG, alone / taken in",
                value=alone / ours,
                unit="x",
                limit=0.7,
                aim=0.9,
                sense=Sense.AT_LEAST,
            ),
        ]
    return figures


def _compared(*works: Callable[[], object]) -> list[float]:
    """Processor seconds of each, the median of several, taken in turns."""
    seen: list[list[float]] = [[] for _ in works]
    for _ in range(TIMES):
        for work, times in zip(works, seen, strict=True):
            began = time.process_time()
            work()
            times.append(time.process_time() - began)
    return [percentile(times, 0.5) for times in seen]


def _alone(data: bytes) -> bytes:
    """The floor: JPEG decoded at a fraction of its size, shrunk, written as WebP."""
    side = pictures.THUMBNAIL_SIDE
    with Image.open(io.BytesIO(data)) as image:
        image.draft(None, (2 * side, 2 * side))
        image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
        out = io.BytesIO()
        image.save(out, "WEBP", quality=80, method=2)
        return out.getvalue()


def photo(width: int, height: int, seed: int = 7) -> bytes:
    """A JPEG with shapes, shades and grain, so that it compresses like a photograph."""
    draw = np.random.default_rng(seed)
    coarse = draw.integers(0, 255, (height // 100 + 1, width // 100 + 1, 3), dtype=np.uint8)
    smooth = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    grain = draw.normal(0, 6, (height, width, 1))
    pixels = np.clip(np.asarray(smooth) + grain, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=90)
    return out.getvalue()
