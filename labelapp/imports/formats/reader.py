"""What every reader of a label file answers."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from labelapp.imports.formats.columns import REQUIRED
from labelapp.imports.rows import Bad, Row


class Reader(ABC):
    """A label file being read.

    `columns` says what each header was taken for; where headers only turn up with the rows, it grows
    while they are read. `facts` describes the file for a person; its `roles` say which roles a header
    may have, where not every one.
    """

    kind: str
    # What a row's number counts.
    unit = "line"
    # What is said of a file without any row.
    no_rows = "The label file has a header and no rows."
    columns: dict[str, str]
    facts: dict[str, Any]

    @abstractmethod
    def rows(self) -> Iterator[Row | Bad]:
        """Every row of the file, from its beginning."""

    @abstractmethod
    def cells(self, raw: Any) -> list[str]:
        """What a row says, in the order of the columns, cut to what a preview shows."""

    def needed(self) -> tuple[str, ...]:
        """The roles that columns must have, for rows to mean anything."""
        return REQUIRED

    def question(self, role: str) -> str:
        """What is asked when no column was taken for a role."""
        return f"No column was taken for the {role}. Which one is it?"

    def part(self) -> str:
        """The part of the file that is read, where it has several; known once it was read."""
        return ""

    def also_named(self, path: str) -> str | None:
        """Another name under which the picture of a path may lie; known once the file was read."""
        return None
