"""COCO instances: one JSON document, masks as they are kept (RLE), boxes where a label has no mask."""

from collections.abc import Iterator
from typing import Any

from qa.exports.copying import Snapshot
from qa.exports.output import Output, json_bytes
from qa.exports.shapes import ClassNumber, Shape, Shapes, classes_of, shapes_of


def write(view: Snapshot, shapes: Shapes, out: Output) -> None:
    """Write the document, list by list; no list is in memory.

    Raises UnusableMask.
    """
    classes = classes_of(view, shapes)
    ((title,),) = view.fetch(shapes.title(), shapes.parameters())
    out.write(b'{"info":' + json_bytes({"description": title}) + b',"licenses":[],"categories":')
    out.write(json_bytes([{"id": one.number, "name": one.name} for one in classes.values()]))
    out.write(b',"images":[')
    for number, (ref, width, height) in _pictures(view, shapes):
        _entry(out, number, {"id": number, "file_name": ref, "width": width, "height": height})
    out.write(b'],"annotations":[')
    pictures = _pictures(view, shapes)
    picture, ref = 0, None
    number = 0
    for shape in shapes_of(view, shapes):
        if shape.label_class is None:
            continue
        while ref != shape.ref:  # both come in the same order
            picture, (ref, *_) = next(pictures)
        number += 1
        _entry(out, number, _annotation(number, picture, shape, classes[shape.label_class]))
        out.step()
    out.write(b"]}")


def _pictures(view: Snapshot, shapes: Shapes) -> Iterator[tuple[int, tuple[Any, ...]]]:
    return enumerate(view.stream(shapes.pictures(), shapes.parameters()), start=1)


def _entry(out: Output, number: int, value: dict[str, Any]) -> None:
    out.write((b"" if number == 1 else b",") + json_bytes(value))


def _annotation(number: int, picture: int, shape: Shape, of: ClassNumber) -> dict[str, Any]:
    return {
        "id": number,
        "image_id": picture,
        "category_id": of.number,
        "segmentation": shape.mask or [],
        "area": shape.area,
        "bbox": shape.bbox,
        "iscrowd": int(shape.crowd),
        **({} if shape.confidence is None else {"score": shape.confidence}),
        "attributes": shape.facts,
    }
