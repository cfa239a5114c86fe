"""The first pass over an import: columns, scale, classes, first rows. Nothing is written."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.conf import settings

from labelapp.imports.draw import Draw
from labelapp.imports.errors import ImportStopped
from labelapp.imports.formats import Reader
from labelapp.imports.rows import Bad, Row, presentable, problem_of
from labelapp.imports.scale import Readings, Scale, fraction_of

FIRST_ROWS = 8
FIRST_PROBLEMS = 24
_REPORT_EVERY = 20_000


@dataclass
class Survey:
    """What the first pass found. `first`, `drawn` and `problems` hold rows as the reader gave them;
    the same file has the same rows drawn again.

    `unused` names the pictures of a zip that no row means; it is known once the rows were staged.
    """

    rows: int = 0
    readings: Readings = field(default_factory=Readings)
    classes: Counter[str] = field(default_factory=Counter)
    skips: Counter[str] = field(default_factory=Counter)
    first: list[Row | Bad] = field(default_factory=list)
    drawn: Draw[Row | Bad] = field(default_factory=lambda: Draw(Random(0)))  # noqa: S311 (no secret)
    problems: list[Bad] = field(default_factory=list)
    # The roles that no column was taken for: what is asked, and the headers that may have it.
    missing_roles: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)


def survey(reader: Reader, report: Callable[[int], None]) -> Survey:
    """Read a file once. `report` hears now and then how many rows were read.

    Raises:
        ImportStopped: the file as a whole cannot be taken.
    """
    found = Survey()
    for row in reader.rows():
        found.rows += 1
        found.drawn.see(row)
        if isinstance(row, Bad):
            _skip(found, row)
        else:
            _see(found, row)
        if found.rows % _REPORT_EVERY == 0:
            report(found.rows)
            if missing_roles(reader):
                break
    for role in missing_roles(reader):
        found.missing_roles[role] = reader.question(role), _could_be(reader, role)
    return found


def missing_roles(reader: Reader) -> list[str]:
    """The roles that rows need and no column was taken for."""
    return [role for role in reader.needed() if role not in reader.columns.values()]


def _could_be(reader: Reader, role: str) -> list[str]:
    """The headers that may have a role."""
    allowed = reader.facts.get("roles", {})
    return [header for header in reader.columns if role in allowed.get(header, [role])]


def _see(found: Survey, row: Row) -> None:
    if len(found.first) < FIRST_ROWS:
        found.first.append(row)
    if (problem := problem_of(row)) is not None:
        _skip(found, Bad(row.line, *problem, raw=row.raw))
        return
    if row.label_class:
        found.classes[row.label_class] += 1
        if len(found.classes) > settings.MAX_CLASSES_PER_DATASET * 2:
            raise ImportStopped(
                "too_many_classes",
                f"The file names more than {settings.MAX_CLASSES_PER_DATASET * 2:,} classes."
                " Is another column the class?",
            )
        found.readings.see(row.confidence)


def _skip(found: Survey, bad: Bad) -> None:
    found.skips[bad.code] += 1
    if len(found.problems) < FIRST_PROBLEMS:
        found.problems.append(bad)
    if bad.raw is None and len(found.first) < FIRST_ROWS:
        found.first.append(bad)


def preview(reader: Reader, found: Survey, scale: Scale | None) -> list[dict[str, Any]]:
    """The first rows as a screen shows them: cells by header, and what they were taken for."""
    return [_shown(reader, row, scale) for row in found.first]


def random_rows(reader: Reader, found: Survey, scale: Scale | None) -> list[dict[str, Any]]:
    """Rows from the whole file, in its order; none of a file that `preview` shows whole."""
    if found.rows <= FIRST_ROWS:
        return []
    in_order = sorted(found.drawn.rows, key=lambda row: row.line)
    return [_shown(reader, row, scale) for row in in_order]


def _shown(reader: Reader, row: Row | Bad, scale: Scale | None) -> dict[str, Any]:
    cells = reader.cells(row.raw)
    if isinstance(row, Bad):
        return {
            "line": row.line, "cells": cells, "picture": row.entry, "label_class": None,
            "confidence": None, "problem": row.reason,
        }  # fmt: skip
    problem = problem_of(row)
    confidence = None
    if problem is None and row.confidence and scale is not None:
        try:
            confidence = fraction_of(row.confidence, scale)[0]
        except ValueError as error:
            problem = "bad_confidence", str(error)
    return {
        "line": row.line,
        "cells": cells,
        "picture": presentable(row.picture),
        "label_class": row.label_class and presentable(row.label_class),
        "confidence": confidence,
        "problem": problem and problem[1],
    }


def problem_rows(reader: Reader, problems: list[Bad]) -> list[dict[str, Any]]:
    """Rejected rows as a screen shows them."""
    return [
        {
            "line": bad.line or None,
            "entry": bad.entry,
            "cells": reader.cells(bad.raw),
            "code": bad.code,
            "reason": bad.reason,
        }
        for bad in problems
    ]
