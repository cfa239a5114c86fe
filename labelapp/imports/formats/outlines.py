"""Outlines as regions: boxes and polygons, held against the size of their picture."""

from collections.abc import Iterable, Sequence
from typing import Any

from labelapp.geometry.polygons import BadPolygonError, runs_of
from labelapp.imports.formats.columns import BadBox, box_region, finite
from labelapp.imports.formats.masks import of_runs

# Height and width in pixels.
Size = tuple[int, int]


class BadAnnotation(ValueError):
    """Why an annotation is not taken."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def box_inside(values: Iterable[Any], size: Size | None) -> dict[str, Any]:
    """The region of a box: x, y, width and height in pixels.

    Raises:
        BadAnnotation: it is none, or lies outside its picture.
    """
    try:
        region = box_region(values)
    except BadBox as error:
        raise BadAnnotation("bad_box", str(error)) from error
    if region is None:
        raise BadAnnotation("bad_box", "the box is not four numbers")
    if size is not None:
        (height, width), (x, y, wide, tall) = size, region["box"]
        if x >= width or y >= height or x + wide <= 0 or y + tall <= 0:
            raise BadAnnotation("box_outside", "the box lies outside the picture")
    return region


def filled(polygons: Iterable[Sequence[Any]], size: Size) -> dict[str, Any]:
    """The mask of polygons, each a list of (x, y), as COCO's own tools fill them.

    Raises:
        BadAnnotation
    """
    try:
        runs = runs_of(polygons, size)
    except BadPolygonError as error:
        text = str(error).removesuffix(".")
        raise BadAnnotation("bad_polygon", f"{text[0].lower()}{text[1:]}") from error
    if runs.size < 2:
        raise BadAnnotation("bad_polygon", "the polygon holds no pixel of the picture")
    return of_runs(runs, size)


def pixels(number: Any, whole: float, side: int) -> float:
    """A share of a side in pixels, to a millionth: what was a whole pixel is one again.

    >>> pixels(14.0625, 100, 640), pixels(0.1 + 0.2, 1, 10)
    (90.0, 3.0)

    Raises:
        BadAnnotation: it is no number.
    """
    share = finite(number)
    if share is None:
        raise BadAnnotation("bad_outline", "a coordinate is not a number")
    return round(share / whole * side, 6)


def score_text(score: Any) -> str:
    """A confidence as text. The shortest text of a double is the decimal that was written.

    Raises:
        BadAnnotation: it is no number.
    """
    if score is None:
        return ""
    if isinstance(score, bool) or not isinstance(score, str | int | float):
        raise BadAnnotation("bad_confidence", "the score is not a number")
    return score.strip() if isinstance(score, str) else repr(score)
