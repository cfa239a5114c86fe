"""What a header is taken for."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

PICTURE, CLASS, CONFIDENCE, EXTRA, IGNORE = "picture", "class", "confidence", "extra", "ignore"
# By precedence: where a file has two of them, the first in this order is taken.
_NAMES = {
    PICTURE: (
        "image", "image_local_path", "image_path", "path", "file", "filename", "file_name",
        "s3_image_url", "image_url", "uri", "source-ref",
    ),
    CLASS: ("label", "class", "class_name", "category", "label_class"),
    CONFIDENCE: ("confidence", "score", "probability", "conf"),
}  # fmt: skip
BOX = ("x", "y", "width", "height")
CORNERS = ("xmin", "ymin", "xmax", "ymax")
ROLES = (PICTURE, CLASS, CONFIDENCE, *BOX, *CORNERS, EXTRA, IGNORE)
REQUIRED = (PICTURE, CLASS)


def plain(header: str) -> str:
    """A header without regard to case, spaces and underscores."""
    return "".join(header.casefold().replace("_", " ").split())


_PRECEDENCE = {
    plain(name): (role, place) for role, names in _NAMES.items() for place, name in enumerate(names)
} | {name: (name, 0) for name in (*BOX, *CORNERS)}


def role_of(header: str) -> tuple[str, int]:
    """What a header is taken for by its name, and its precedence among those of that role."""
    return _PRECEDENCE.get(plain(header), (EXTRA, 0))


def recognise(headers: Iterable[str], taken_for: Mapping[str, str]) -> dict[str, str]:
    """What each header stands for; what a person said goes first, each role is given once.

    >>> recognise(["path", "image", "Label", "camera"], {})
    {'path': 'extra', 'image': 'picture', 'Label': 'class', 'camera': 'extra'}
    """
    columns = {header: taken_for.get(header, "") for header in headers}
    given = {role for role in columns.values() if role}
    open_headers = [header for header, role in columns.items() if not role]
    for header in sorted(open_headers, key=lambda one: role_of(one)[1]):
        role = role_of(header)[0]
        columns[header] = EXTRA if role in given else role
        given.add(role)
    given -= {EXTRA, IGNORE}
    _need_all_four(columns, given)
    return columns


def _need_all_four(columns: dict[str, str], given: set[str]) -> None:
    """A single `x` or `width` is no box but a detail of the picture."""
    for side in (BOX, CORNERS):
        if not given.issuperset(side):
            for header, role in columns.items():
                if role in side:
                    columns[header] = EXTRA


def finite(value: Any) -> float | None:
    """A number of a document as a float; None for what is none: texts, truths, and what no float can be.

    >>> finite(2), finite("2"), finite(True), finite(10**400)
    (2.0, None, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


class BadBox(ValueError):
    """Why a box cannot be taken."""


def box_region(values: Iterable[Any], *, corners: bool = False) -> dict[str, Any] | None:
    """The region of a box in pixels; None when every value is empty.

    >>> box_region(["1", "2", "4", "6"], corners=True)
    {'box': [1, 2, 3, 4]}

    Raises:
        BadBox: not four finite numbers with a positive width and height.
    """
    found = list(values)
    if all(value is None or value == "" for value in found):
        return None
    try:
        numbers = [float(value) for value in found]
    except (TypeError, ValueError, OverflowError):
        raise BadBox("the box is not four numbers") from None
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        raise BadBox("the box is not four numbers")
    x, y, width, height = numbers
    if corners:
        width, height = width - x, height - y
    if width <= 0 or height <= 0:
        raise BadBox("the box has no width or no height")
    return {"box": [_shortest(number) for number in (x, y, width, height)]}


class BadPoints(ValueError):
    """Why four points cannot be taken."""


def is_four_places(value: Any) -> bool:
    """Whether it is [[x, y], [x, y], [x, y], [x, y]], whatever x and y are."""
    return isinstance(value, list) and [_length(place) for place in value] == [2] * 4


def _length(place: Any) -> int:
    return len(place) if isinstance(place, list) else 0


def points_region(value: Any) -> dict[str, Any]:
    """The region of an object's four outermost points in pixels, with the box that they span. Their
    order says nothing, so they are kept from the top down.

    >>> points_region([[4, 9], [1, 5], [3, 2], [6, 4]])
    {'points': [[3, 2], [6, 4], [1, 5], [4, 9]], 'box': [1, 2, 5, 7]}

    Raises:
        BadPoints: not four places, or they enclose nothing.
    """
    if not is_four_places(value):
        raise BadPoints("the points are not four [x, y]")
    numbers = [part for place in value for part in place]
    if any(finite(number) is None for number in numbers):
        raise BadPoints("the points are not four [x, y]")
    points = sorted(((float(x), float(y)) for x, y in value), key=lambda place: place[::-1])
    xs, ys = zip(*points, strict=True)
    try:
        box = box_region((min(xs), min(ys), max(xs), max(ys)), corners=True)
    except BadBox:
        raise BadPoints("the four points enclose nothing") from None
    return {"points": [[_shortest(x), _shortest(y)] for x, y in points], **(box or {})}


def _shortest(number: float) -> float | int:
    """One number has one spelling, so that the same box twice is the same region."""
    return int(number) if number.is_integer() else number
