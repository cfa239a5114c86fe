"""What a finished export says of whole pictures: see `labelapp.catalog.truths`."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from labelapp.catalog.models import Dataset, Label
from labelapp.catalog.truths import How, Truth
from qa.exports.errors import ExportNotFound, NotForLearning
from qa.exports.models import Export, Format
from qa.exports.selectors import export_by_id, open_file
from qa.verification.outcome import Outcome
from qa.verification.truths import DOUBTED

_AT_ONCE = 2000


def exported(dataset: Dataset, export_id: UUID) -> Iterator[Truth]:
    """The rows of its file that were confirmed, or that a person named and nobody doubted; the file is as it
    was written.

    Rows whose label is no longer there, or speaks of a part of its picture, are passed over.

    Raises:
        ExportNotFound: there is none of this dataset.
        NotReady: it has no file.
        NotForLearning: of what it is, nothing can be learned about whole pictures.
    """
    export = export_by_id(export_id)
    if export.dataset_id != dataset.pk:
        raise ExportNotFound
    if export.format not in {Format.CSV, Format.JSONL}:
        raise NotForLearning
    told = _rows(export)
    while rows := list(islice(told, _AT_ONCE)):
        known = _labels(dataset, {row["image"] for row in rows})
        for row in rows:
            if found := known.get((row["image"], row["label"], row["source"])):
                yield Truth(*found, How.EXPORTED)


def _rows(export: Export) -> Iterator[dict[str, Any]]:
    """Those that say what is right."""
    with open_file(export) as file:
        lines = io.TextIOWrapper(file, "utf-8", newline="")
        is_csv = export.format == Format.CSV
        for row in csv.DictReader(lines) if is_csv else map(json.loads, lines):
            if "outcome" not in row:
                raise NotForLearning
            told = {name: row[name] or "" for name in ("image", "label", "source")}
            if is_csv and export.filters["guard_formulas"]:
                told = {name: _unguarded(text) for name, text in told.items()}
            named = told["source"].startswith("person:") and row["outcome"] not in DOUBTED
            if row["outcome"] == Outcome.CONFIRMED or named:
                yield told


def _unguarded(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running it."""
    guarded = text[:1] == "'" and text[1:2] in set("=+-@\t\r\n＝＋－＠")
    return text[1:] if guarded else text


def _labels(dataset: Dataset, refs: set[str]) -> dict[tuple[str, str, str], tuple[UUID, UUID]]:
    labels = Label.objects.live().filter(image__dataset=dataset, image__ref__in=refs, region={})
    rows = labels.values_list("image__ref", "label_class__name", "source", "image", "label_class")
    return {(ref, name, source): (image, one) for ref, name, source, image, one in rows}
