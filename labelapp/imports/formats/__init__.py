"""One module for each kind of label file. A reader turns the file into rows, as a stream."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from typing import IO, Any

from labelapp.imports import lines
from labelapp.imports.documents import Document
from labelapp.imports.errors import ImportStopped
from labelapp.imports.formats.coco import LISTS, CocoReader
from labelapp.imports.formats.csv import CsvReader
from labelapp.imports.formats.fiftyone import FiftyOneReader
from labelapp.imports.formats.jsonl import JsonLinesReader
from labelapp.imports.formats.label_studio import LabelStudioReader
from labelapp.imports.formats.reader import Reader

__all__ = ["Reader", "opened"]

_SAMPLES = FiftyOneReader.list_name
_TASK = {"annotations", "completions", "predictions"}
# A row of Label Studio's short export has these, and the answers without their coordinates' meaning.
_SHORT_TASK = {"annotation_id", "annotator"}


@contextmanager
def opened(file: IO[bytes], name: str, taken_for: Mapping[str, str]) -> Iterator[Reader]:
    """A reader for a label file: that of the tool whose document it is, JSON Lines when it begins with a
    brace, else CSV.

    Args:
        file: the content, seekable.
        name: its name, which tells gzip by its ending.
        taken_for: what a person said that headers stand for.

    Raises (also while rows are read):
        ImportStopped: the file as a whole cannot be read.
    """
    _, encoding = lines.encoding_of(file, name)
    start = _start(file, name)
    document = _document(file, name, start, taken_for)
    if document is not None:
        document.facts = {"encoding": encoding, **document.facts}
        yield document
        return
    kind = JsonLinesReader if start == "{" else CsvReader
    with lines.opened(file, name) as found:
        reader: Reader = kind(chain([_first(found)], found), taken_for)
        reader.facts = {"encoding": encoding, **reader.facts}
        yield reader


def _document(
    file: IO[bytes], name: str, start: str, taken_for: Mapping[str, str]
) -> Reader | None:
    """A reader of the whole document that a file is; None where it is none.

    Raises:
        ImportStopped: it is one JSON document, and of a kind that is not read.
    """
    if start == "[":
        _check_tasks(file, name)
        return LabelStudioReader(file, name, taken_for)
    if start != "{":
        return None
    with lines.opened(file, name) as found:
        line = (_first(found).text or "").strip()
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        lists = _lists(file, name, is_document=line == "{")
    else:
        held = {one for one in LISTS if isinstance(record.get(one), list)}
        lists = held if len(held) > 1 else _samples(record)
    if lists.intersection(LISTS):
        return CocoReader(file, name)
    return FiftyOneReader(file, name, taken_for) if lists else None


def _samples(record: dict[str, Any]) -> set[str]:
    """Whether a document is FiftyOne's: the name of its list, where the first sample names its file."""
    samples = record.get(_SAMPLES)
    if not isinstance(samples, list):
        return set()
    is_one = _is_sample(samples[0]) if samples else "sample_fields" in record
    return {_SAMPLES} if is_one else set()


def _is_sample(entry: Any) -> bool:
    return isinstance(entry, dict) and "filepath" in entry


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


def _lists(file: IO[bytes], name: str, *, is_document: bool) -> set[str]:
    """Those lists of COCO or FiftyOne that begin in the first document of a file, which is read up to
    the first entry of one of them."""
    known = {*LISTS, _SAMPLES}
    with lines.text_of(file, name) as text:
        document = Document(text)
        try:
            for one, entry in document.entries():
                if one in LISTS or (one == _SAMPLES and _is_sample(entry)):
                    return {one}
        except ImportStopped:
            if is_document and not document.lists & known:
                raise
    if is_document and not document.lists & known:
        raise ImportStopped(
            "json_document",
            "This is one JSON document without the lists “images”, “annotations” and “categories” of a"
            " COCO file, or the “samples” of a FiftyOne dataset. For JSON Lines, write one JSON object on"
            " each line.",
        )
    return document.lists & known


def _check_tasks(file: IO[bytes], name: str) -> None:
    """Raises ImportStopped where a JSON list is not one of Label Studio's tasks."""
    entry: Any = None
    is_empty = False
    with suppress(ImportStopped), lines.text_of(file, name) as text:
        _, entry = next(Document(text).entries(), ("", None))
        is_empty = entry is None
    keys = entry.keys() if isinstance(entry, dict) else set()
    if (
        is_empty
        or (isinstance(entry, dict) and isinstance(entry.get("data"), dict))
        or keys & _TASK
    ):
        return
    if {"image_id", "category_id"} <= keys:
        raise ImportStopped(
            "coco_results",
            "This is a list of COCO results, which names pictures and categories by number alone. Put it"
            " as “annotations” into the COCO file that has their “images” and “categories”.",
        )
    if keys & _SHORT_TASK:
        raise ImportStopped(
            "label_studio_short",
            "This is Label Studio's short export (JSON-MIN). Export as JSON instead, which says what each"
            " answer is.",
        )
    raise ImportStopped(
        "json_array",
        "This is one JSON document. Write one JSON object on each line; lists are taken where they are the"
        " tasks of a Label Studio export.",
    )
