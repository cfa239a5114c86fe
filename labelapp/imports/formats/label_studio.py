"""Label Studio's JSON export: tasks with what people annotated and models predicted.

Coordinates are percent of the picture's sides. A field is a control of the labelling screen (its
`from_name`); what a model said in it is a field of its own.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any
from urllib.parse import unquote

from labelapp.geometry import brush
from labelapp.geometry.rle import BrokenRleError, encode
from labelapp.imports.finding import PICTURE_ENDINGS
from labelapp.imports.formats.columns import EXTRA, IGNORE, PICTURE, role_of
from labelapp.imports.formats.fields import FieldsReader, Statement, scalars
from labelapp.imports.formats.masks import checked_size
from labelapp.imports.formats.outlines import BadAnnotation, Size, box_inside, filled, pixels

CHOICES = "choices"
_UPLOADED = re.compile(r"(?:https?://[^/]+)?(?:/[^?#]*)?/data/upload/(?:\d+/)?([^/?#]+)")
_LOCAL = re.compile(r"(?:https?://[^/]+)?(?:/[^?#]*)?/data/local-files/?\?(?:[^#]*&)?d=([^&#]+)")
# What Label Studio puts before the name of a file that was uploaded.
_MARKED = re.compile(r"[0-9a-f]{8}-(.+)")
_DETAIL = (PICTURE, EXTRA, IGNORE)
_BOX = ("x", "y", "width", "height")
# Regions without a class of their own: the item of the same id that names the class has them too.
_BARE = frozenset({"rectangle", "polygon", "brush", "ellipse", "keypoint", "vector", "bitmask"})


class LabelStudioReader(FieldsReader):
    """Rows of an export: one for each class of each result of the field that is taken."""

    kind = "label_studio"
    unit = "task"
    no_rows = "The export holds no tasks."
    list_name = ""
    score_name = "score"
    plain_kinds = frozenset({CHOICES})
    kinds = frozenset({CHOICES, "labels", "rectanglelabels", "polygonlabels", "brushlabels"})

    def __init__(self, file: IO[bytes], name: str, taken_for: Mapping[str, str]) -> None:
        super().__init__(file, name, taken_for)
        self._pictured: dict[str, bool] = {}
        self._predicted: set[str] = set()
        # Hashes, so that a million uploads stay small.
        self._seen: set[int] = set()
        self._twice: set[int] = set()

    def details(self, entry: dict[str, Any]) -> dict[str, Any]:
        data = entry.get("data")
        return scalars({f"data.{n}": v for n, v in data.items()}) if isinstance(data, dict) else {}

    def roles_of_detail(self, header: str) -> Sequence[str]:
        return _DETAIL

    def see_picture(self, details: dict[str, Any]) -> None:
        for header, value in details.items():
            path = self.path_of(value)
            is_one = path.lower().endswith(PICTURE_ENDINGS)
            self._pictured[header] = self._pictured.get(header, False) or is_one
            if (plain := _unmarked(path)) is not None:
                into = self._twice if hash(plain) in self._seen else self._seen
                into.add(hash(plain))

    def likely_picture(self) -> str:
        """What is named as in a table of labels; else the one detail that holds pictures' paths."""
        named = [h for h in self._pictured if role_of(h.removeprefix("data."))[0] == PICTURE]
        if named:
            return min(named, key=lambda header: role_of(header.removeprefix("data."))[1])
        pictured = [header for header, is_one in self._pictured.items() if is_one]
        found = pictured or list(self._pictured)
        return found[0] if len(found) == 1 else ""

    def path_of(self, value: Any) -> str:
        return path_of(super().path_of(value))

    def also_named(self, path: str) -> str | None:
        """The name that an uploaded file had, unless two of the file's pictures had it."""
        plain = _unmarked(path)
        return None if plain is None or hash(plain) in self._twice else plain

    def statements(self, entry: dict[str, Any]) -> Iterator[Statement]:
        for by in _objects(entry.get("annotations") or entry.get("completions")):
            if by.get("was_cancelled") is not True:
                yield from self._results(entry, by, "", None)
        for by in _objects(entry.get("predictions")):
            model = by.get("model_version") or "prediction"
            for one in self._results(entry, by, f" ({model})", by.get("score")):
                self._predicted.add(one.field)
                yield one

    def _results(
        self, entry: dict[str, Any], by: dict[str, Any], mark: str, score: Any
    ) -> Iterator[Statement]:
        who = by.get("completed_by")
        who = who.get("email") or who.get("id") if isinstance(who, dict) else who
        extra = {"task": entry.get("id"), "completed_by": who}
        for result in _objects(by.get("result")):
            kind, name, value = result.get("type"), result.get("from_name"), result.get("value")
            if not (isinstance(kind, str) and isinstance(name, str) and isinstance(value, dict)):
                continue
            if kind in _BARE:
                continue
            own = result.get("score")
            more = {**extra, "result": result.get("id")}
            yield Statement(
                field=f"{name}{mark}",
                kind=kind,
                words=value.get(kind),
                score=score if own is None else own,
                said=result,
                size=_size(result),
                extra={name: given for name, given in more.items() if given is not None},
                where=f"task id {entry.get('id')}, result {result.get('id')}",
            )

    def skipped(self, entry: dict[str, Any]) -> Iterator[str]:
        if self.part() in self._predicted:
            return
        for by in _objects(entry.get("annotations") or entry.get("completions")):
            if by.get("was_cancelled") is True:
                yield f"the task was skipped by its annotator (task id {entry.get('id')})"

    def region(self, one: Statement) -> dict[str, Any] | None:
        value = one.said["value"]
        if one.said.get("image_rotation"):
            why = f"the picture was turned by {one.said['image_rotation']} degrees when it was labelled"
            raise BadAnnotation("picture_turned", why)
        if "rle" in value:
            return _painted(value["rle"], _known(one))
        if "points" in value:
            return _polygon(value["points"], _known(one))
        if all(side in value for side in _BOX):
            return _rectangle(value, _known(one))
        if one.kind == CHOICES and "x" not in value:
            return None
        raise BadAnnotation("unknown_shape", "the region is no rectangle, polygon or brush mask")

    def outline_words(self, one: Statement) -> str:
        value = one.said["value"]
        if "rle" in value:
            return "mask"
        if "points" in value:
            return "polygon"
        return "box" if "width" in value else ""


def path_of(value: str) -> str:
    """The path of a picture that a task names: of Label Studio's own addresses what they lead to.

    >>> path_of("/data/upload/3/1f2e3d4c-crab.jpg")
    '1f2e3d4c-crab.jpg'
    >>> path_of("/data/local-files/?d=crabs/crab%201.jpg")
    'crabs/crab 1.jpg'
    >>> path_of("s3://crabs/1.jpg")
    's3://crabs/1.jpg'
    """
    found = _UPLOADED.fullmatch(value) or _LOCAL.match(value)
    return unquote(found[1]) if found else value


def _unmarked(path: str) -> str | None:
    found = _MARKED.fullmatch(path)
    return found[1] if found else None


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _size(result: dict[str, Any]) -> Size | None:
    return checked_size(result.get("original_height"), result.get("original_width"))


def _known(one: Statement) -> Size:
    if one.size is None:
        raise BadAnnotation("no_size", "the result does not say how large the picture is")
    return one.size


def _rectangle(value: dict[str, Any], size: Size) -> dict[str, Any]:
    """A box; one that was turned is a polygon, and becomes a mask."""
    height, width = size
    x, wide = (pixels(value[side], 100, width) for side in ("x", "width"))
    y, tall = (pixels(value[side], 100, height) for side in ("y", "height"))
    turn = math.radians(pixels(value.get("rotation") or 0, 1, 1))
    region = box_inside((x, y, wide, tall), None if turn else size)
    if not turn:
        return region
    # Clockwise about the corner that was at the top left.
    across = wide * math.cos(turn), wide * math.sin(turn)
    down = -tall * math.sin(turn), tall * math.cos(turn)
    corners = [(0.0, 0.0), across, (across[0] + down[0], across[1] + down[1]), down]
    return filled([[(x + right, y + below) for right, below in corners]], size)


def _polygon(points: Any, size: Size) -> dict[str, Any]:
    places = points if isinstance(points, list) else []
    if len(places) < 3 or not all(isinstance(one, list) and len(one) == 2 for one in places):
        raise BadAnnotation(
            "bad_polygon", "the polygon is not three points or more, x and y of each"
        )
    height, width = size
    return filled([[(pixels(x, 100, width), pixels(y, 100, height)) for x, y in places]], size)


def _painted(code: Any, size: Size) -> dict[str, Any]:
    try:
        mask = brush.mask_of(bytes(code if isinstance(code, list) else ()), size)
    except (TypeError, ValueError) as error:
        why = (
            str(error) if isinstance(error, BrokenRleError) else "The code is not a list of bytes."
        )
        text = f"{why[0].lower()}{why[1:].removesuffix('.')}"
        raise BadAnnotation("bad_mask", f"the mask does not add up: {text}") from error
    if not mask.any():
        raise BadAnnotation("bad_mask", "nothing is painted in the mask")
    return {"mask": dict(encode(mask))}
