"""COCO instances: one JSON document with pictures, categories and annotations, read as a stream.

The lists may stand in any order, so a first reading keeps the pictures (on the disk) and the categories,
a second one takes the annotations. Each annotation becomes one row, numbered from 1 by its place in the
list; a picture without any becomes a picture without a label.
"""

from collections.abc import Iterator
from contextlib import closing
from typing import IO, Any

from labelapp.imports import lines
from labelapp.imports.documents import Document
from labelapp.imports.errors import ImportStopped
from labelapp.imports.formats.coco_tables import Categories, Known, Pictures
from labelapp.imports.formats.columns import CLASS, CONFIDENCE, EXTRA, PICTURE
from labelapp.imports.formats.masks import BadMask, mask_region
from labelapp.imports.formats.outlines import BadAnnotation, box_inside, filled, score_text
from labelapp.imports.formats.reader import Reader
from labelapp.imports.rows import Bad, Row, presentable

LISTS = ("images", "annotations", "categories")
_READ = {"image_id", "category_id", "segmentation", "bbox", "area", "iscrowd", "score"}


class CocoReader(Reader):
    """Rows of a COCO file."""

    kind = "coco"
    unit = "annotation"
    no_rows = "The COCO file lists neither annotations nor pictures."

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name = file, name
        self.columns: dict[str, str] = {"file_name": PICTURE, "category": CLASS, "outline": EXTRA}
        self.facts: dict[str, Any] = {"roles": {name: [] for name in self.columns}}

    def cells(self, raw: Any) -> list[str]:
        return [presentable(str(raw.get(name, "")), 200) for name in self.columns] if raw else []

    def rows(self) -> Iterator[Row | Bad]:
        """Every annotation, then every picture that has none."""
        with closing(Pictures()) as pictures:
            categories = self._tables(pictures)
            with lines.text_of(self._file, self._name) as text:
                annotations = (one for name, one in Document(text).entries() if name == LISTS[1])
                for number, annotation in enumerate(annotations, start=1):
                    yield self._row(number, annotation, pictures, categories)
            yield from pictures.unused()

    def _tables(self, pictures: Pictures) -> Categories:
        """Fill in the pictures and read the categories.

        Raises:
            ImportStopped: one of the lists is missing.
        """
        categories = Categories()
        with lines.text_of(self._file, self._name) as text:
            document = Document(text)
            for name, entry in document.entries():
                if name == "images":
                    pictures.add(entry)
                elif name == "categories":
                    categories.add(entry)
                elif name == "annotations" and document.lists.issuperset(LISTS):
                    break
        needed = ["images", *(["categories"] if "annotations" in document.lists else [])]
        for name in needed:
            if name not in document.lists:
                raise ImportStopped(
                    "coco_incomplete",
                    f"The COCO file has no list “{name}”, which its annotations point to.",
                )
        return categories

    def _row(
        self, number: int, annotation: Any, pictures: Pictures, categories: Categories
    ) -> Row | Bad:
        if not isinstance(annotation, dict):
            return Bad(number, "bad_annotation", "the annotation is no JSON object")
        raw = {"outline": outline_words(annotation)}
        try:
            picture = pictures.of(annotation.get("image_id"))
            raw["file_name"] = picture.file_name
            raw["category"] = categories.of(annotation.get("category_id"))
            score = self._score(annotation)
            raw["score"] = score
            region = region_of(annotation, picture)
        except BadAnnotation as error:
            return Bad(number, error.code, _with_id(str(error), annotation), raw=raw)
        extra = {name: value for name, value in annotation.items() if name not in _READ}
        if annotation.get("iscrowd") == 1:
            extra["iscrowd"] = 1
        return Row(number, picture.file_name, raw["category"], score, region, extra or None, raw)

    def _score(self, annotation: dict[str, Any]) -> str:
        score = score_text(annotation.get("score"))
        if score:
            self.columns.setdefault("score", CONFIDENCE)
            self.facts["roles"].setdefault("score", [])
        return score


def region_of(annotation: dict[str, Any], picture: Known) -> dict[str, Any]:
    """The mask of an annotation, else its box.

    Raises:
        BadAnnotation
    """
    outline = annotation.get("segmentation")
    try:
        if isinstance(outline, dict):
            region = mask_region(outline)
            return _of_the_size(region, picture)
        if outline:
            return _filled(outline, picture)
        return _box(annotation.get("bbox"), picture)
    except BadMask as error:
        raise BadAnnotation("bad_mask", str(error)) from error


def _of_the_size(region: dict[str, Any], picture: Known) -> dict[str, Any]:
    height, width = region["mask"]["size"]
    if picture.size not in {None, (height, width)}:
        tall, wide = picture.size or (0, 0)
        raise BadAnnotation(
            "mask_of_another_size",
            f"the mask is {height} x {width}, the file says {tall} x {wide} of the picture",
        )
    return region


def _filled(outline: Any, picture: Known) -> dict[str, Any]:
    if picture.size is None:
        raise BadAnnotation("bad_polygon", "the file does not say how large the picture is")
    if not isinstance(outline, list) or not all(isinstance(one, list) for one in outline):
        raise BadAnnotation("bad_polygon", "the outline is neither a mask nor a list of polygons")
    for polygon in outline:
        if len(polygon) < 6 or len(polygon) % 2:
            raise BadAnnotation(
                "bad_polygon",
                f"a polygon has {len(polygon)} numbers; it needs three points or more, x and y of each",
            )
    corners = [list(zip(one[::2], one[1::2], strict=True)) for one in outline]
    return filled(corners, picture.size)


def _box(bbox: Any, picture: Known) -> dict[str, Any]:
    if bbox is None or bbox == []:
        raise BadAnnotation("no_outline", "the annotation has neither an outline nor a box")
    return box_inside(bbox if isinstance(bbox, list) else (), picture.size)


def outline_words(annotation: dict[str, Any]) -> str:
    """What an annotation is outlined by, in a few words for the preview."""
    outline = annotation.get("segmentation")
    if isinstance(outline, dict):
        return "crowd mask" if annotation.get("iscrowd") else "mask"
    if isinstance(outline, list) and outline:
        return "polygon" if len(outline) == 1 else f"{len(outline)} polygons"
    return f"box {annotation['bbox']}" if annotation.get("bbox") else ""


def _with_id(reason: str, annotation: dict[str, Any]) -> str:
    own = annotation.get("id")
    return f"{reason} (annotation id {own})" if type(own) is int else reason
