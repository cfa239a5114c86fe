"""One module for each kind of label file. A reader turns the file into rows, as a stream."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from typing import IO, Any, Protocol

from labelapp.imports import lines
from labelapp.imports.documents import Document
from labelapp.imports.errors import ImportStopped
from labelapp.imports.formats.coco import LISTS, CocoReader
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
    """A reader for a label file: COCO when it is one document with the lists of COCO, JSON Lines when it
    begins with a brace, else CSV.

    Args:
        file: the content, seekable.
        name: its name, which tells gzip by its ending.
        taken_for: what a person said that headers stand for.

    Raises (also while rows are read):
        ImportStopped: the file as a whole cannot be read.
    """
    _, encoding = lines.encoding_of(file, name)
    if is_coco(file, name):
        coco = CocoReader(file, name)
        coco.facts = {"encoding": encoding}
        yield coco
        return
    kind = JsonLinesReader if _start(file, name) == "{" else CsvReader
    with lines.opened(file, name) as found:
        reader: Reader = kind(chain([_first(found)], found), taken_for)
        reader.facts = {"encoding": encoding, **reader.facts}
        yield reader


def is_coco(file: IO[bytes], name: str) -> bool:
    """Whether a label file is one document with a list that COCO has.

    Raises:
        ImportStopped: it is one JSON document, and of another kind.
    """
    start = _start(file, name)
    if start == "[":
        raise _list_of_something(file, name)
    if start != "{":
        return False
    with lines.opened(file, name) as found:
        line = (_first(found).text or "").strip()
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return _has_lists(file, name, is_document=line == "{")
    return sum(isinstance(record.get(one), list) for one in LISTS) > 1


def _start(file: IO[bytes], name: str) -> str:
    """The first character of a file that is no space; empty where only spaces begin it."""
    with lines.text_of(file, name) as text:
        return text.read(1000).lstrip()[:1]


def _first(found: Iterator[lines.Line]) -> lines.Line:
    """The first line that holds something, or is too long to look at."""
    for line in found:
        if line.text is None or line.text.strip():
            return line
    raise ImportStopped("empty_file", "The label file is empty.")


def _has_lists(file: IO[bytes], name: str, *, is_document: bool) -> bool:
    """Whether a list of COCO begins in the first document of a file, which is read up to there."""
    with lines.text_of(file, name) as text:
        document = Document(text)
        try:
            next((True for one, _ in document.entries() if one in LISTS), False)
        except ImportStopped:
            if is_document and not document.lists.intersection(LISTS):
                raise
    if is_document and not document.lists.intersection(LISTS):
        raise ImportStopped(
            "json_document",
            "This is one JSON document without the lists “images”, “annotations” and “categories” of a"
            " COCO file. For JSON Lines, write one JSON object on each line.",
        )
    return bool(document.lists.intersection(LISTS))


def _list_of_something(file: IO[bytes], name: str) -> ImportStopped:
    """The refusal of a file that is a JSON list: results of COCO's, or something else."""
    entry = None
    with suppress(ImportStopped), lines.text_of(file, name) as text:
        _, entry = next(Document(text).entries(), ("", None))
    if isinstance(entry, dict) and {"image_id", "category_id"} <= entry.keys():
        return ImportStopped(
            "coco_results",
            "This is a list of COCO results, which names pictures and categories by number alone. Put it"
            " as “annotations” into the COCO file that has their “images” and “categories”.",
        )
    return ImportStopped(
        "json_array", "This is one JSON document. Write one JSON object on each line."
    )
