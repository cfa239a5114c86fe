"""Masks that a check found wrong go on to be corrected: how the editor finds them (ADR 9)."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from labelapp.catalog.contents import size_of
from labelapp.geometry.outlines import extremes
from labelapp.geometry.rle import BrokenRleError, Rle, area, bounds
from qa.jobs.models import Job
from qa.segmentation.models import GivenMask, PictureItem

# Steps of what a picture came with stand before all of the editor's own.
MOST_OBJECTS = 1000


def given_outlines(job: Job, picture: PictureItem, classes: Iterable[UUID]) -> list[dict[str, Any]]:
    """The masks that a picture came with, as objects of a document that nobody saved yet: those found
    right below and locked, those to be corrected above. None is accepted, so none counts as drawn.

    A mask that is not of this picture's size, or whose code is broken, is left out: it could not be saved.

    Raises:
        PictureErased, PictureUnreadable
    """
    given = GivenMask.objects.filter(picture=picture).select_related("label")
    known = set(classes)
    check = job.from_job.name if job.from_job else ""
    found: list[dict[str, Any]] = []
    for one in given.order_by("-right", "pk"):
        mask = one.label.region["mask"]
        if mask["size"] != list(size_of(picture.image)):
            continue
        try:
            found.append(_outline(one, mask, order=len(found), known=known, check=check))
        except BrokenRleError:
            continue
    return found


def _outline(
    given: GivenMask, mask: Rle, *, order: int, known: set[UUID], check: str
) -> dict[str, Any]:
    """Raises BrokenRleError."""
    label = given.label
    of_class = str(label.label_class_id) if label.label_class_id in known else None
    looks = {"name": "", "hidden": False, "locked": given.right, "accepted": False}
    step = {
        "id": f"given-{label.pk}",
        "n": order - MOST_OBJECTS,
        "kind": "given",
        "note": check,
        "object": str(label.pk),
        "at": 0,
        "ms": None,
        "pixels": None,
        "set": {"labelClass": of_class, **looks, **_as_answered(mask)},
    }
    return {
        "id": str(label.pk),
        "label_class": of_class,
        "mask": mask,
        "bbox": list(bounds(mask)),
        "area": area(mask),
        "order": order,
        "source": "import",
        **looks,
        "history": [step],
    }


def _as_answered(mask: Rle) -> dict[str, Any]:
    """The mask as if the model had answered its four outermost points with it: those can be dragged, a
    click builds on them, and whatever the model says next takes its place."""
    points = [{"x": x, "y": y} for x, y in extremes(mask)]
    key = json.dumps([points, [], None], separators=(",", ":"))
    answer = {"key": key, "request": "", "mask": mask["counts"], "score": None}
    return {"points": points, "answer": answer}
