"""What a version's card and a training's screen say of it, from pure numbers: JSON of reports."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.training.calibrate import (
    Bin,
    Calibration,
    Numbers,
    bins,
    confidences,
    debiased_squared_error,
)
from ml.training.compare import Difference, Paired, Report, Share, by_class, compared

Classes = NDArray[np.integer]


def share(one: Share) -> dict[str, Any]:
    return {"value": one.value, "interval": one.interval, "good": one.good, "total": one.total}


def calibration(found: Calibration) -> dict[str, Any]:
    """As `ModelVersion.calibration` holds it."""
    note = "" if found.fitted else "Too few held-out pictures to fit a temperature; it is 1."
    return {**asdict(found), "note": note}


def metrics(
    report: Report, classes: Sequence[dict[str, Any]], learned_from: Sequence[int]
) -> dict[str, Any]:
    """As `ModelVersion.metrics` holds it; classes are {id, name} in the order of the report's."""
    return {
        "held_out": report.accuracy.total,
        "accuracy": share(report.accuracy),
        "macro_recall": report.macro_recall,
        "classes": [
            {
                "label_class": known,
                "precision": share(one.precision),
                "recall": share(one.recall),
                "learned_from": count,
            }
            for known, one, count in zip(classes, report.classes, learned_from, strict=True)
        ],
        "confusion": report.confusion.tolist(),
    }


def reliability(logits: Numbers, targets: Classes, temperature: float) -> dict[str, Any]:
    """Bins of confidence beside the share that is right, before and after calibration, and what the
    confidences are off by after it (squared, less what chance alone makes of it)."""
    after = confidences(logits / temperature, targets)
    return {
        "before": _bins(bins(*confidences(logits, targets))),
        "after": _bins(bins(*after)),
        "debiased_squared_error": debiased_squared_error(*after),
    }


def _bins(found: Sequence[Bin]) -> list[dict[str, Any]]:
    return [asdict(one) for one in found]


def comparison(
    new: Classes, before: Classes, right: Classes, classes: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Two versions' classes for the same pictures, (N,) each, beside the right ones: in all, and for each of
    the `classes` ({id, name}) that there are pictures of."""
    found: Difference = compared(before == right, new == right)
    good = int((before == right).sum())
    return {
        **asdict(found),
        "verdict": found.verdict,
        "accuracy_before": share(Share(good, found.pictures)),
        "classes": [
            {"label_class": known, **_paired(one)}
            for known, one in zip(
                classes, by_class(before == right, new == right, right, len(classes)), strict=True
            )
            if one.pictures
        ],
    }


def _paired(one: Paired) -> dict[str, Any]:
    return {
        **asdict(one),
        "before": share(one.before),
        "now": share(one.now),
        "gain": one.gain,
        "interval": one.interval,
        "verdict": one.verdict,
    }
