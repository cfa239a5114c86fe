"""One module for each kind of label file. A reader turns the file into rows, as a stream."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import IO, Any, Protocol

from labelapp.imports import lines
from labelapp.imports.errors import ImportStopped
from labelapp.imports.formats.csv import CsvReader
from labelapp.imports.formats.jsonl import JsonLinesReader
from labelapp.imports.rows import Bad, Row


class Reader(Protocol):
    """A label file being read.

    `columns` says what each header was taken for; where headers only turn up with the rows, it grows
    while they are read. `facts` describes the file for a person.
    """

    kind: str
    columns: dict[str, str]
    facts: dict[str, Any]

    def rows(self) -> Iterator[Row | Bad]: ...

    def cells(self, raw: Any) -> list[str]: ...


@contextmanager
def opened(file: IO[bytes], name: str, taken_for: Mapping[str, str]) -> Iterator[Reader]:
    """A reader for a label file: JSON Lines when it begins with a brace, else CSV.

    Args:
        file: the content, seekable.
        name: its name, which tells gzip by its ending.
        taken_for: what a person said that headers stand for.

    Raises (also while rows are read):
        ImportStopped: the file as a whole cannot be read.
    """
    _, encoding = lines.encoding_of(file, name)
    with lines.opened(file, name) as found:
        first = next((line for line in found if line.text is None or line.text.strip()), None)
        if first is None:
            raise ImportStopped("empty_file", "The label file is empty.")
        start = (first.text or "").lstrip()
        if start.startswith("["):
            raise ImportStopped(
                "json_array", "This is one JSON document. Write one JSON object on each line."
            )
        kind = JsonLinesReader if start.startswith("{") else CsvReader
        reader: Reader = kind(chain([first], found), taken_for)
        reader.facts = {"encoding": encoding, **reader.facts}
        yield reader
