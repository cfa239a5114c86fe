"""No Django here. Judge a segmenter on the sets of a manifest, baselines beside it:

    python -m ml.training.evaluate --data ../shared/data/masks --split val --segmenter dextr-lite

prints JSON. Points are simulated (`--noise` pixels), then corrected by up to `--clicks` clicks, each
in the middle of the largest mistake. Means over sets stand in `macro`, so that a large easy set does
not hide a hard one. `clicks_85` and `clicks_90` are clicks beyond the four points until that IoU, the
most that were tried where it was never reached.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from ml.networks.crops import Picture
from ml.networks.prompts import Mask, Prompt, canonical
from ml.networks.registry import WEIGHTS, open_segmenter, statuses
from ml.networks.segmenters.grabcut import Shape
from ml.networks.segmenters.protocol import Segmenter
from ml.training import measures
from ml.training.manifest import BrokenManifestError, PhotoSet, read_manifest
from ml.training.simulate import CAREFUL, corrective_click, extreme_points

SEED = 3
Say = Callable[[str], None]


@dataclass(frozen=True)
class Settings:
    noise: float = CAREFUL
    clicks: int = 10
    limit: int | None = None


@dataclass(frozen=True)
class Result:
    """One object: the four-point mask's measures, the IoU after 0..n clicks, and the first wait."""

    image: int
    boundary: float
    consistent: bool
    ious: list[float]
    milliseconds: float


def judged(
    segmenter: Segmenter, picture: Picture, truth: Mask, image: int, settings: Settings, seed: int
) -> Result:
    """One object, pointed at and then corrected."""
    random = np.random.default_rng((SEED, seed))
    prompt = Prompt(canonical(extreme_points(truth, settings.noise, random)))
    begun = time.perf_counter()
    mask = segmenter.predict(picture, prompt).mask
    waited = (time.perf_counter() - begun) * 1000
    first = mask
    ious = [measures.iou(mask, truth)]
    for _ in range(settings.clicks):
        click = corrective_click(mask, truth)
        if click is not None:
            prompt = prompt.with_click(click, mask)
            mask = segmenter.predict(picture, prompt).mask
        ious.append(measures.iou(mask, truth))
    boundary = measures.boundary_f(first, truth)
    return Result(image, boundary, measures.consistent(first, prompt), ious, waited)


def judge_set(segmenter: Segmenter, group: PhotoSet, settings: Settings) -> list[Result]:
    """Every object of a set, or `limit` of them spread evenly over it."""
    places = [(image, thing) for image, photo in enumerate(group.photos) for thing in photo.things]
    if settings.limit is not None and settings.limit < len(places):
        chosen = np.linspace(0, len(places) - 1, settings.limit).astype(int)
        places = [places[number] for number in chosen]
    results, open_image, picture = [], -1, np.zeros((1, 1, 3), np.uint8)
    for number, (image, thing) in enumerate(places):
        if image != open_image:
            open_image, picture = image, group.photos[image].load()
            segmenter.warm(picture)
        results.append(judged(segmenter, picture, thing.mask(), image, settings, number))
    return results


def clicks_until(results: list[Result], goal: float) -> float:
    """Mean number of clicks until an IoU of `goal`; the most tried where it was not reached."""
    counts = [
        next(
            (number for number, value in enumerate(result.ious) if value >= goal),
            len(result.ious) - 1,
        )
        for result in results
    ]
    return float(np.mean(counts))


def summed_up(name: str, results: list[Result]) -> dict[str, Any]:
    """The row of one set."""
    ious = np.array([result.ious for result in results])
    waits = np.array([result.milliseconds for result in results])
    return {
        "name": name,
        "objects": len(results),
        "iou": round(float(ious[:, 0].mean()), 4),
        "iou_interval": measures.interval(
            ious[:, 0], np.array([result.image for result in results])
        ),
        "share_90": round(float((ious[:, 0] >= 0.9).mean()), 4),
        "boundary_f": round(float(np.mean([result.boundary for result in results])), 4),
        "consistency": round(float(np.mean([result.consistent for result in results])), 4),
        "clicks_85": round(clicks_until(results, 0.85), 3),
        "clicks_90": round(clicks_until(results, 0.90), 3),
        "iou_after_clicks": [round(float(value), 4) for value in ious.mean(0)],
        "p50_ms": round(float(np.quantile(waits, 0.5)), 2),
        "p95_ms": round(float(np.quantile(waits, 0.95)), 2),
    }


def mean_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The mean over sets of every measure; objects are added up."""
    means: dict[str, Any] = {"name": "macro", "objects": sum(row["objects"] for row in rows)}
    for key in rows[0]:
        if key not in means:
            mean = np.mean([row[key] for row in rows], axis=0)
            means[key] = (
                [round(float(part), 4) for part in mean] if mean.ndim else round(float(mean), 4)
            )
    return means


def judge(
    segmenter: Segmenter, sets: list[PhotoSet], settings: Settings, say: Say
) -> dict[str, Any]:
    """`sets` and `macro` for one segmenter."""
    rows = []
    for group in sets:
        rows.append(summed_up(group.name, judge_set(segmenter, group, settings)))
        say(
            f"{segmenter.name} {group.name}: IoU {rows[-1]['iou']:.3f} of {rows[-1]['objects']} objects"
        )
    return {"sets": rows, "macro": mean_of(rows)}


def report(
    segmenter: Segmenter,
    others: list[Segmenter],
    split: str,
    sets: list[PhotoSet],
    settings: Settings,
    say: Say,
) -> dict[str, Any]:
    """What the program prints. The others are not corrected by clicks: only their first mask counts."""
    without_clicks = Settings(settings.noise, 0, settings.limit)
    own = judge(segmenter, sets, settings, say)
    beside = {other.name: judge(other, sets, without_clicks, say) for other in others}
    return {
        "segmenter": segmenter.name,
        "split": split,
        "noise": settings.noise,
        **own,
        "baselines": beside,
    }


def everything_else(name: str, weights: Path, threads: int) -> list[Segmenter]:
    """The simple shapes, and every other segmenter whose files are there."""
    there = [state.entry.name for state in statuses(weights) if state.usable]
    opened = [open_segmenter(other, weights, threads=threads) for other in there if other != name]
    return [Shape("box"), Shape("ellipse"), *opened]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with manifest.json")
    parser.add_argument("--split", required=True)
    parser.add_argument("--segmenter", required=True)
    parser.add_argument("--noise", type=float, default=CAREFUL, help="pixels, standard deviation")
    parser.add_argument("--clicks", type=int, default=10)
    parser.add_argument("--limit", type=int, help="at most so many objects of each set")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of the weight files")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="without the baselines")
    return parser.parse_args()


def main() -> None:
    chosen = arguments()
    cv2.setNumThreads(chosen.threads)
    settings = Settings(chosen.noise, chosen.clicks, chosen.limit)
    try:
        sets = read_manifest(chosen.data, chosen.split)
        segmenter = open_segmenter(chosen.segmenter, chosen.weights, threads=chosen.threads)
        others = (
            [] if chosen.alone else everything_else(segmenter.name, chosen.weights, chosen.threads)
        )
    except (BrokenManifestError, LookupError, ValueError) as error:
        sys.exit(str(error))

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)  # noqa: T201

    print(json.dumps(report(segmenter, others, chosen.split, sets, settings, say), indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
