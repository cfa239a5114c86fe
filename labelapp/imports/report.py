"""What an import tells a person: before it is written, and after."""

import tempfile
from collections import Counter
from typing import Any, cast

from django.core.files import File
from django.core.files.storage import storages
from django.db import connection

from labelapp.catalog.intake import Taken
from labelapp.imports import loader, pictures
from labelapp.imports.asking import Plan
from labelapp.imports.formats import Reader
from labelapp.imports.models import NO_COUNTS, Import
from labelapp.imports.rows import presentable
from labelapp.imports.scale import Scale
from labelapp.imports.survey import FIRST_PROBLEMS, Survey, preview, problem_rows, random_rows

# As many classes as a screen lists; the rest is in their number.
_MOST_CLASSES = 500
_PER_PICTURE = """
SELECT count(*) FROM (
    SELECT FROM staged_label WHERE class_no IS NOT NULL
    GROUP BY ref HAVING count(DISTINCT class_no) > 1
) AS several
"""
_WITHOUT = "SELECT count(*) FROM staged_label WHERE class_no IS NOT NULL AND confidence IS NULL"
# A line may hold several labels; while one of them is taken, the line is not said to be left out.
_REASONS = """
SELECT line, min(reason) FROM refused
WHERE line = ANY(%(lines)s) AND line > 0
    AND line NOT IN (SELECT line FROM staged_label WHERE line = ANY(%(lines)s))
GROUP BY line
"""
# A file of fewer numbers than this says nothing about where it was cut.
_ENOUGH = 20
_CUT_AT = 0.2
# So many unused pictures are named, the rest only counted.
_NAMED = 3


def likely_scale(found: Survey) -> Scale:
    """The scale to count with while a person has not said which it is."""
    is_fraction = found.readings.numbers and not found.readings.above_one
    return Scale.FRACTION if is_fraction else Scale.PERCENT


def of_survey(work: Import, reader: Reader, found: Survey, made: Plan) -> dict[str, Any]:
    """What the first pass found, as fields of the import."""
    return {
        "source": _source(work, reader),
        "facts": {
            **reader.facts,
            "kind": reader.kind,
            "rows": found.rows,
            # The database keeps the keys of `columns` in an order of its own.
            "headers": list(reader.columns),
            "kept": True,
            "roles": reader.facts.get("roles", {}),
            "random": random_rows(reader, found, made.scale),
        },
        "columns": dict(reader.columns),
        "confidence_scale": made.scale,
        "confidence": _confidence(found, made.scale),
        "classes": _classes(found.classes, made),
        "preview": preview(reader, found, made.scale),
        "problems": problem_rows(reader, found.problems),
        "questions": made.questions,
        "skips": [{"code": code, "rows": n, "reason": ""} for code, n in found.skips.most_common()],
        "notices": [],
        "rejected_file": "",
    }


def _source(work: Import, reader: Reader) -> str:
    """Who says this. Nobody having named it, it is the file, and which part of it where it has several:
    what a model said in one field is not what people said in another."""
    own = work.file_name
    if work.source not in {own, *(f"{own}: {header}"[:300] for header in reader.columns)}:
        return work.source
    return f"{own}: {reader.part()}"[:300] if reader.part() else own


def _confidence(found: Survey, scale: Scale | None) -> dict[str, Any]:
    readings = found.readings
    return {
        "numbers": readings.numbers,
        "missing": readings.missing,
        "lowest": None if readings.lowest is None else str(readings.lowest),
        "highest": None if readings.highest is None else str(readings.highest),
        "histogram": readings.histogram(scale or likely_scale(found)),
    }


def _classes(counted: Counter[str], made: Plan) -> list[dict[str, Any]]:
    """The classes of the file, the largest first, each with what it becomes."""
    return [
        {"name": name, "rows": rows, "becomes": made.classes.get(name)}
        for name, rows in counted.most_common(_MOST_CLASSES)
    ]


def asking_counts(found: Survey) -> dict[str, int]:
    """The counts of an import that waits for answers: nothing was looked up yet."""
    return {**NO_COUNTS, "rows": found.rows, "rejected": sum(found.skips.values())}


def of_staging(work: Import, found: Survey, taken: Taken) -> dict[str, Any]:
    """What the second pass took and did not take, as fields of the import."""
    return {
        "counts": {
            "rows": found.rows,
            "labels": taken.labels,
            "images": taken.images,
            "unchanged": taken.unchanged,
            "updated": taken.updated,
            "rejected": loader.refused_count(),
        },
        "skips": loader.skips(),
        "problems": _problems(work),
        "preview": _marked(work.preview),
        "facts": {**work.facts, "random": _marked(work.facts["random"])},
        "notices": _notices(work, found),
        "rejected_file": _rejected_file(work),
    }


def _problems(work: Import) -> list[dict[str, Any]]:
    """The first rejected rows; those that the first pass rejected have their cells."""
    cells = {(one["line"], one["reason"]): one["cells"] for one in work.problems if one["line"]}
    return [
        {
            "line": bad.line or None,
            "entry": bad.entry,
            "cells": cells.get((bad.line, bad.reason), []),
            "code": bad.code,
            "reason": bad.reason,
        }
        for bad in loader.first_refused(FIRST_PROBLEMS)
    ]


def _marked(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The preview, with why a row of it is not taken."""
    with connection.cursor() as cursor:
        cursor.execute(_REASONS, {"lines": [row["line"] for row in shown]})
        reasons = dict(cursor.fetchall())
    return [{**row, "problem": reasons.get(row["line"], row["problem"])} for row in shown]


def _notices(work: Import, found: Survey) -> list[dict[str, Any]]:
    """What is worth knowing and stops nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_PER_PICTURE)
        several = cursor.fetchone()[0]
        cursor.execute(_WITHOUT)
        without = cursor.fetchone()[0]
    same, contents = pictures.twins()
    candidates = [
        ("several_labels", several, f"{several:,} pictures have several labels; all are kept."),
        (
            "no_confidence",
            without,
            f"{without:,} labels have no confidence; they are kept without.",
        ),
        (
            "same_content",
            same,
            f"{same:,} pictures show {contents:,} contents under several paths.",
        ),
        *_left_out(work.facts.get("left_out", [])),
        *_unused(found.unused),
        *_cut(work, found),
    ]
    return [{"code": code, "count": n, "text": text} for code, n, text in candidates if n]


def _left_out(kinds: list[str]) -> list[tuple[str, int, str]]:
    """Labels of kinds that no label here can hold."""
    text = f"Left out, being of kinds that are not taken: {', '.join(kinds)}."
    return [("other_kinds", len(kinds), text)]


def _unused(names: list[str]) -> list[tuple[str, int, str]]:
    """Pictures in the zip without a row: a label file that is not whole, or of another zip."""
    if not names:
        return []
    what = (
        "1 picture in the zip is" if len(names) == 1 else f"{len(names):,} pictures in the zip are"
    )
    first = ", ".join(presentable(name) for name in names[:_NAMED])
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return [("unused_pictures", len(names), f"{what} used by no row: {first}{more}.")]


def _cut(work: Import, found: Survey) -> list[tuple[str, int, str]]:
    """A file without low confidences was probably cut there."""
    lowest, numbers = found.readings.lowest, found.readings.numbers
    if lowest is None or numbers < _ENOUGH:
        return []
    top = 100 if work.confidence_scale == Scale.PERCENT else 1
    if float(lowest) < _CUT_AT * top:
        return []
    text = f"Nothing lies below {lowest}. An analysis will say nothing about lower confidences."
    return [("nothing_below", numbers, text)]


def _rejected_file(work: Import) -> str:
    """Store the list of what was not taken; its name in the `uploads` storage, empty for none."""
    if not loader.refused_count():
        return ""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as text:
        loader.export_refused(cast("Any", text))
        text.flush()
        name = f"imports/{work.pk}/rejected-{work.attempts}.csv"
        return storages["uploads"].save(name, File(cast("Any", text.buffer)))
