"""Pictures without a label file: a folder for each class, or just pictures."""

from collections.abc import Iterator, Sequence
from typing import Any

from labelapp.imports.finding import PICTURE_ENDINGS
from labelapp.imports.formats.reader import Reader
from labelapp.imports.rows import Bad, Row


class FolderReader(Reader):
    """Rows made of the paths of a folder, zip or bucket.

    When every picture lies in a folder, and there are two folders or more, the folder that holds a
    picture is its class; else the pictures come without labels.
    """

    kind = "folder"

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        holders = {_holder(name) for name in names if name.lower().endswith(PICTURE_ENDINGS)}
        self._has_classes = "" not in holders and len(holders) > 1
        self.columns: dict[str, str] = {}
        self.facts: dict[str, Any] = {
            "layout": "folder for each class" if self._has_classes else "pictures"
        }

    def needed(self) -> tuple[str, ...]:
        return ()

    def cells(self, raw: Any) -> list[str]:
        return []

    def rows(self) -> Iterator[Row | Bad]:
        for name in self._names:
            yield Row(0, name, _holder(name) if self._has_classes else None)


def _holder(name: str) -> str:
    """The name of the folder that holds a file, empty at the top."""
    return name.replace("\\", "/").rpartition("/")[0].rpartition("/")[2].strip()
