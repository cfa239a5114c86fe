"""Objects with an outline, picture by picture, whoever drew them: what the formats of masks are made of."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from labelapp.geometry.rle import BrokenRleError, Rle, area, bounds
from qa.exports.copying import Snapshot
from qa.exports.errors import UnusableMask


class ClassNumber(NamedTuple):
    """A class and its number in every format of masks, from 1; 0 is the background."""

    number: int
    id: UUID
    name: str


class Shape(NamedTuple):
    """An object on a picture, or a picture without one (`label_class` and `mask` None).

    `layer` tells apart the work of several people on one picture, else it is empty. `facts` is what the
    formats tell of the object besides; `by_hand` whether a person drew or judged it, `at` when.
    """

    ref: str
    width: int | None
    height: int | None
    layer: str
    label_class: UUID | None
    mask: Rle | None
    box: list[float] | None
    confidence: float | None
    crowd: bool
    facts: dict[str, Any]
    by_hand: bool
    at: datetime | None

    @property
    def bbox(self) -> list[float]:
        """x, y, width, height. Raises UnusableMask."""
        if self.mask is None:
            return self.box or []
        try:
            return list(bounds(self.mask))
        except BrokenRleError as error:
            raise UnusableMask(f"A mask on “{self.ref}” does not add up: {error}") from error

    @property
    def area(self) -> float:
        """In pixels."""
        if self.mask is None:
            return self.bbox[2] * self.bbox[3]
        return area(self.mask)


class Shapes(Protocol):
    """A source of objects. The queries are told their values by `parameters`."""

    def title(self) -> str:
        """One row: the name of the job or dataset."""

    def classes(self) -> str:
        """`ClassNumber` rows, by number."""

    def objects(self) -> str:
        """`Shape` rows, by picture and layer, the lowest first."""

    def pictures(self) -> str:
        """Path, width and height of each picture that a COCO file lists, in the order of `objects`."""

    def parameters(self) -> dict[str, Any]: ...


def classes_of(view: Snapshot, shapes: Shapes) -> dict[UUID, ClassNumber]:
    """The classes of a source by id, in the order of their numbers."""
    rows = view.fetch(shapes.classes(), shapes.parameters())
    return {UUID(str(row[1])): ClassNumber(row[0], UUID(str(row[1])), row[2]) for row in rows}


def shapes_of(view: Snapshot, shapes: Shapes) -> Iterator[Shape]:
    """The objects one by one; few of them are in memory at once."""
    for row in view.stream(shapes.objects(), shapes.parameters()):
        shape = Shape(*row)
        yield shape._replace(
            label_class=UUID(str(shape.label_class)) if shape.label_class else None,
            mask=_read(shape.mask),
            box=_read(shape.box),
            facts=_read(shape.facts),
        )


def _read(value: Any) -> Any:
    """A value of the database's own JSON kind, which Django leaves as text."""
    return json.loads(value) if isinstance(value, str) else value


def layers_of(view: Snapshot, shapes: Shapes) -> Iterator[list[Shape]]:
    """The objects of one picture and layer at a time; an empty picture has one without a mask."""
    for _, layer in groupby(shapes_of(view, shapes), key=lambda shape: (shape.ref, shape.layer)):
        yield list(layer)
