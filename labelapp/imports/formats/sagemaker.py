"""Lines of SageMaker manifests: `source-ref`, a label attribute and its `-metadata`."""

from typing import Any, NamedTuple

from labelapp.imports.formats.columns import box_region

_SUFFIX = "-metadata"


class Said(NamedTuple):
    """One label of a manifest line."""

    label_class: Any
    confidence: Any
    region: dict[str, Any] | None


def attributes(record: dict[str, Any]) -> list[str]:
    """The label attributes of a line; empty when the line is of no manifest."""
    return [
        key.removesuffix(_SUFFIX)
        for key, value in record.items()
        if key.endswith(_SUFFIX) and isinstance(value, dict) and key.removesuffix(_SUFFIX) in record
    ]


def labels(record: dict[str, Any]) -> list[Said] | None:
    """What a manifest line says of its picture; None when it is no manifest line.

    Read are classification (one class), multi-label classification and bounding boxes.

    Raises:
        BadBox: a box is not four numbers.
    """
    found = attributes(record)
    if "source-ref" not in record or not found:
        return None
    return [said for name in found for said in _labels(record[name], record[name + _SUFFIX])]


def _labels(value: Any, metadata: dict[str, Any]) -> list[Said]:
    if isinstance(value, dict) and isinstance(value.get("annotations"), list):
        return _boxes(value["annotations"], metadata)
    class_map = metadata.get("class-map")
    if isinstance(class_map, dict):
        sure = metadata.get("confidence-map")
        sure = sure if isinstance(sure, dict) else {}
        return [Said(name, sure.get(key, ""), None) for key, name in class_map.items()]
    return [Said(metadata.get("class-name", ""), metadata.get("confidence", ""), None)]


def _boxes(annotations: list[Any], metadata: dict[str, Any]) -> list[Said]:
    names = metadata.get("class-map")
    names = names if isinstance(names, dict) else {}
    objects = metadata.get("objects")
    objects = objects if isinstance(objects, list) else []
    said = []
    for at, one in enumerate(annotations):
        if not isinstance(one, dict):
            continue
        sure = objects[at] if at < len(objects) and isinstance(objects[at], dict) else {}
        box = box_region(one.get(side) for side in ("left", "top", "width", "height"))
        said.append(Said(names.get(str(one.get("class_id")), ""), sure.get("confidence", ""), box))
    return said
