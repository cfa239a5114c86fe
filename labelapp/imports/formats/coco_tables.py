"""What the annotations of a COCO file point to: its pictures and its categories, by id."""

import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeGuard

from django.conf import settings

from labelapp.imports.errors import ImportStopped
from labelapp.imports.formats.outlines import BadAnnotation
from labelapp.imports.rows import Bad, Row, is_storable, presentable

_MADE = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -32000;
CREATE TABLE picture (
    id TEXT UNIQUE, file_name TEXT NOT NULL, height INTEGER, width INTEGER, problem TEXT NOT NULL
);
"""


class Known(NamedTuple):
    """A picture of the file. size: height and width, None where it does not say; `problem`: why nothing
    on it can be taken, else empty."""

    file_name: str
    size: tuple[int, int] | None
    problem: str


class Pictures:
    """The pictures of a file by id, in a database on the disk that nobody else sees: a file may name
    more of them than memory should hold."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_MADE)
        self._count = 0
        self._used = bytearray()

    def close(self) -> None:
        self._database.close()

    def add(self, entry: Any) -> None:
        """Note an entry of the list of pictures; what is wrong with it is told with its annotations."""
        self._count += 1
        own, known = _picture(entry, self._count)
        height, width = known.size or (None, None)
        row = (own, known.file_name, height, width, known.problem)
        insert = (
            "INSERT INTO picture VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET problem = ?"
        )
        self._database.execute(insert, (*row, "the file has two pictures of this id"))

    def of(self, image_id: Any) -> Known:
        """The picture of an id, which counts as used.

        Raises:
            BadAnnotation: there is none, or nothing on it can be taken.
        """
        found = self._database.execute(
            "SELECT rowid, file_name, height, width, problem FROM picture WHERE id = ?",
            [id_of(image_id)],
        ).fetchone()
        if found is None:
            raise BadAnnotation(
                "unknown_image", f"no picture of the file has the id {_shown(image_id)}"
            )
        place, file_name, height, width, problem = found
        self._used = self._used or bytearray(self._count + 1)
        self._used[place] = 1
        if problem:
            raise BadAnnotation("bad_image", problem)
        return Known(file_name, None if height is None else (height, width), problem)

    def unused(self) -> Iterator[Row | Bad]:
        """The pictures that no annotation was on, as rows without a label."""
        all_of_them = "SELECT rowid, file_name, problem FROM picture ORDER BY rowid"
        for place, file_name, problem in self._database.execute(all_of_them):
            if self._used and self._used[place]:
                continue
            if problem:
                yield Bad(0, "bad_image", problem, entry=presentable(file_name))
            else:
                yield Row(0, file_name, None, raw={"file_name": file_name})


class Categories:
    """The names of a file's categories by id."""

    def __init__(self) -> None:
        self._names: dict[str, str | None] = {}

    def add(self, entry: Any) -> None:
        """Note an entry of the list of categories.

        Raises:
            ImportStopped: there are more than any dataset takes.
        """
        own = id_of(entry.get("id")) if isinstance(entry, dict) else None
        if own is None:
            return
        name = entry.get("name")
        name = name.strip() if isinstance(name, str) else ""
        self._names[own] = name if self._names.get(own, name) == name else None
        if len(self._names) > settings.MAX_CLASSES_PER_DATASET * 2:
            raise ImportStopped(
                "too_many_classes",
                f"The file names more than {settings.MAX_CLASSES_PER_DATASET * 2:,} categories.",
            )

    def of(self, category_id: Any) -> str:
        """The name of a category.

        Raises:
            BadAnnotation: there is none.
        """
        own, shown = id_of(category_id), _shown(category_id)
        if own is None or own not in self._names:
            raise BadAnnotation("unknown_category", f"no category of the file has the id {shown}")
        name = self._names[own]
        if not name:
            why = "has no name" if name == "" else "has two names"
            raise BadAnnotation("unknown_category", f"the category {shown} {why}")
        return name


def id_of(value: Any) -> str | None:
    """An id as a key: numbers and texts stay apart; None for what is no id.

    >>> id_of(7), id_of(7.0), id_of("7"), id_of(None)
    ('7', '7', '"7"', None)
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if type(value) is int:
        return str(value)
    return f'"{value}"' if isinstance(value, str) and is_storable(value) else None


def _shown(value: Any) -> str:
    return presentable(str(value), 60)


def _picture(entry: Any, number: int) -> tuple[str | None, Known]:
    """The id of an entry of the list of pictures, and what it says."""
    nameless = f"images, entry {number}"
    if not isinstance(entry, dict):
        return None, Known(nameless, None, "the entry is no JSON object")
    own, name = id_of(entry.get("id")), entry.get("file_name")
    if not isinstance(name, str) or not name.strip():
        return own, Known(nameless, None, "the file gives this picture no file_name")
    if not is_storable(name):
        return own, Known(presentable(name), None, "the name of the picture holds what is not text")
    if own is None:
        return None, Known(name, None, "the file gives this picture no id")
    height, width = entry.get("height"), entry.get("width")
    if not (_is_side(height) and _is_side(width)):
        return own, Known(name.strip(), None, "")
    if height * width > settings.MAX_PICTURE_PIXELS:
        return own, Known(name.strip(), None, f"no picture may have {height} x {width} pixels")
    return own, Known(name.strip(), (height, width), "")


def _is_side(value: Any) -> TypeGuard[int]:
    return type(value) is int and value >= 1
