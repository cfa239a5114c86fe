"""The formats of label files: how PostgreSQL writes rows in each. A new one is a file beside these."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from qa.exports.formats import csv, jsonl


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A way to write rows.

    `copy(rows, guard)` returns the `COPY ... TO STDOUT` of the ordered query `rows`; with `guard`,
    text that a spreadsheet would run as a formula is written so that it does not. Without it, the
    format is of outlined objects (`qa.exports.outlines`). `nests` says that a value may be a list or
    an object.
    """

    name: str
    media_type: str
    copy: Callable[[str, bool], str] | None
    nests: bool = False

    @property
    def file_name(self) -> str:
        """The name a browser saves the file under."""
        return f"labels.{self.name}" if self.copy else f"{self.name}.json"


FORMATS = MappingProxyType(
    {
        "csv": FileFormat("csv", "text/csv; charset=utf-8", csv.copy),
        "jsonl": FileFormat("jsonl", "application/jsonl", jsonl.copy, nests=True),
        "coco": FileFormat("coco", "application/json", None, nests=True),
    }
)
