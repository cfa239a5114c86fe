"""FiftyOne's dataset JSON: samples with labels in named fields.

Coordinates are shares of the picture's sides, so boxes and masks need the `metadata` of their sample.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import IO, Any

from labelapp.geometry.rle import encode
from labelapp.imports.finding import normal
from labelapp.imports.formats.columns import EXTRA, IGNORE
from labelapp.imports.formats.fields import FieldsReader, Statement, scalars
from labelapp.imports.formats.masks import checked_size
from labelapp.imports.formats.outlines import BadAnnotation, Size, box_inside, filled, pixels
from labelapp.imports.formats.packed import BadArrayError, mask_of, pasted

_PATH, _SCORE = "filepath", "confidence"
# A kind of field, the list in it (none for a single label), and the kind of the labels.
_LISTS = {
    "Classification": (None, "Classification"),
    "Classifications": ("classifications", "Classification"),
    "Detection": (None, "Detection"),
    "Detections": ("detections", "Detection"),
    "Polyline": (None, "Polyline"),
    "Polylines": ("polylines", "Polyline"),
}
_NOT_TAKEN = frozenset(
    {
        "Keypoint", "Keypoints", "Segmentation", "Heatmap", "Regression", "TemporalDetection",
        "TemporalDetections", "GeoLocation", "GeoLocations",
    }
)  # fmt: skip
_HIDDEN = frozenset({"_cls", "label", _SCORE, "id"})


class FiftyOneReader(FieldsReader):
    """Rows of a dataset: one for each label of the field that is taken."""

    kind = "fiftyone"
    unit = "sample"
    no_rows = "The dataset holds no samples."
    list_name = "samples"
    score_name = _SCORE
    plain_kinds = frozenset({"Classification"})
    kinds = frozenset({"Classification", "Detection", "Polyline"})

    def __init__(self, file: IO[bytes], name: str, taken_for: Mapping[str, str]) -> None:
        super().__init__(file, name, taken_for)
        self._folder: list[str] | None = None

    def details(self, entry: dict[str, Any]) -> dict[str, Any]:
        own = {name: value for name, value in entry.items() if not name.startswith("_")}
        own.setdefault(_PATH, "")
        return scalars(own)

    def roles_of_detail(self, header: str) -> Sequence[str]:
        return () if header == _PATH else (EXTRA, IGNORE)

    def see_picture(self, details: dict[str, Any]) -> None:
        """Keep the folder that all pictures are in."""
        folder = normal(self.path_of(details.get(_PATH))).split("/")[:-1]
        if self._folder is None:
            self._folder = folder
        else:
            pairs = takewhile(
                lambda both: both[0] == both[1], zip(self._folder, folder, strict=False)
            )
            self._folder = [one for one, _ in pairs]

    def likely_picture(self) -> str:
        return _PATH if _PATH in self._details else ""

    def also_named(self, path: str) -> str | None:
        """The path below the folder that all pictures are in: files name where they lay elsewhere."""
        folder = "/".join([*(self._folder or ()), ""])
        plain = normal(path)
        return plain[len(folder) :] if folder and plain.startswith(folder) else None

    def statements(self, entry: dict[str, Any]) -> Iterator[Statement]:
        about = entry.get("metadata")
        about = about if isinstance(about, dict) else {}
        size = checked_size(about.get("height"), about.get("width"))
        for field, value in entry.items():
            kind = value.get("_cls") if isinstance(value, dict) else None
            if not isinstance(kind, str):
                continue
            if kind in _LISTS:
                inner, of_label = _LISTS[kind]
                labels = [value] if inner is None else value.get(inner)
                for label in labels if isinstance(labels, list) else ():
                    yield _statement(field, of_label, label, size)
            elif kind in _NOT_TAKEN:
                yield _statement(field, kind, value, size)

    def region(self, one: Statement) -> dict[str, Any] | None:
        if one.kind == "Classification":
            return None
        if one.size is None:
            raise BadAnnotation(
                "no_size",
                "the sample does not say how large the picture is; compute its metadata before the export",
            )
        if one.kind == "Polyline":
            return _polygons(one.said, one.size)
        return _detected(one.said, one.size)

    def outline_words(self, one: Statement) -> str:
        if one.kind == "Polyline":
            return "polygon"
        if one.kind == "Detection":
            return "mask" if one.said.get("mask") is not None else "box"
        return ""


def _statement(field: str, kind: str, label: Any, size: Size | None) -> Statement:
    said = label if isinstance(label, dict) else {}
    own = said.get("_id", said.get("id"))
    own = own.get("$oid") if isinstance(own, dict) else own
    extra = scalars(said, _HIDDEN)
    if isinstance(tags := said.get("tags"), list) and tags:
        extra["tags"] = tags
    if isinstance(own, str):
        extra["id"] = own
    where = f"{field}, id {own}" if own else field
    return Statement(field, kind, said.get("label"), said.get(_SCORE), said, size, extra, where)


def _detected(said: dict[str, Any], size: Size) -> dict[str, Any]:
    given = said.get("bounding_box")
    if not isinstance(given, list) or len(given) != 4:
        raise BadAnnotation("bad_box", "the box is not four numbers")
    height, width = size
    sides = (width, height, width, height)
    box = [pixels(one, 1, side) for one, side in zip(given, sides, strict=True)]
    region = box_inside(box, size)
    if said.get("mask") is None:
        if said.get("mask_path"):
            why = "the mask lies in a file of its own (mask_path), which is not sent"
            raise BadAnnotation("mask_elsewhere", why)
        return region
    try:
        mask = pasted(mask_of(said["mask"]), box, size)
    except BadArrayError as error:
        raise BadAnnotation("bad_mask", str(error)) from error
    if not mask.any():
        raise BadAnnotation("bad_mask", "the mask holds no pixel of the picture")
    return {"mask": dict(encode(mask))}


def _polygons(said: dict[str, Any], size: Size) -> dict[str, Any]:
    shapes = said.get("points")
    if not (said.get("closed") or said.get("filled")):
        raise BadAnnotation("unknown_shape", "the line is open: it encloses nothing")
    if not isinstance(shapes, list) or not shapes:
        raise BadAnnotation("bad_polygon", "the outline is not a list of polygons")
    height, width = size
    polygons = []
    for shape in shapes:
        if not isinstance(shape, list) or not all(
            isinstance(place, list) and len(place) == 2 for place in shape
        ):
            raise BadAnnotation("bad_polygon", "a polygon is not a list of [x, y]")
        polygons.append([(pixels(x, 1, width), pixels(y, 1, height)) for x, y in shape])
    return filled(polygons, size)
