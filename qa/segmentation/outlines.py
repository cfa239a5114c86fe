"""Objects as a client sends them, checked and in the form in which they are kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from labelapp.geometry.rle import BrokenRleError, Rle, area, bounds
from qa.segmentation.errors import (
    BadObjects,
    BrokenMask,
    MaskOfAnotherSize,
    ObjectTwice,
    UnknownClass,
)

Outline = dict[str, Any]


def checked_outlines(
    given: Sequence[Outline], *, size: tuple[int, int], classes: Mapping[str, UUID]
) -> list[Outline]:
    """The objects of a document, in their order, boxes and areas computed from the masks.

    size: height and width of the picture; classes: the job's, by id and by name.

    Raises:
        ObjectTwice, UnknownClass, BrokenMask, MaskOfAnotherSize
    """
    seen: set[str] = set()
    kept = []
    for place, outline in enumerate(given):
        if outline["id"] in seen:
            raise _refused(ObjectTwice, place, f"There are two objects {outline['id']!r}.")
        seen.add(outline["id"])
        kept.append(
            {**outline, **_class_of(outline, place, classes), **_mask_of(outline, place, size)}
        )
    return sorted(kept, key=lambda one: one["order"])


def drawn_by_class(outlines: Sequence[Outline]) -> dict[str, int]:
    """How many objects are done, by the id of their class: with a mask, and accepted."""
    return dict(Counter(one["label_class"] for one in outlines if is_done(one)))


def is_done(outline: Outline) -> bool:
    """Whether an object counts: it has a class and a mask, and was accepted."""
    return bool(outline["mask"] and outline["accepted"] and outline["label_class"])


def _class_of(outline: Outline, place: int, classes: Mapping[str, UUID]) -> Outline:
    name = outline["label_class"]
    if name is None:
        return {"label_class": None}
    if name not in classes:
        raise _refused(UnknownClass, place, f"This job does not ask for {name!r}.")
    return {"label_class": str(classes[name])}


def _mask_of(outline: Outline, place: int, size: tuple[int, int]) -> Outline:
    """The mask stays as it came, to the letter: no pixel of it changes."""
    mask = outline["mask"]
    if mask is None:
        return {"mask": None, "bbox": None, "area": 0}
    rle: Rle = {"size": list(mask["size"]), "counts": mask["counts"]}
    if tuple(rle["size"]) != size:
        sides = " x ".join(map(str, rle["size"]))
        raise _refused(
            MaskOfAnotherSize, place, f"The mask is {sides}, the picture {size[0]} x {size[1]}."
        )
    try:
        return {"mask": rle, "bbox": list(bounds(rle)), "area": area(rle)}
    except BrokenRleError as error:
        raise _refused(BrokenMask, place, str(error)) from error


def _refused(kind: type[BadObjects], place: int, why: str) -> BadObjects:
    return kind(why, errors={f"objects.{place}": [why]})
