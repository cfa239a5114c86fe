"""The second pass: rows into staging tables by COPY, then rejected set by set until the rest is good.

Memory stays flat: rows leave for the database in buffers of a few megabytes.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db import connection

from labelapp.catalog import placeholder
from labelapp.imports.rows import Bad, Row, is_storable, problem_of
from labelapp.imports.scale import BadConfidence, Scale, fraction_of

_BUFFER = 20_000
_REFUSED = """
DROP TABLE IF EXISTS refused;
CREATE TEMP TABLE refused (line bigint, entry text, code text, reason text);
"""
_COPY_LABELS = """
COPY staged_label (seq, line, ref, class_no, confidence, bin, region, extra) FROM STDIN (FORMAT csv)
"""
_COPY_REFUSED = "COPY refused (line, entry, code, reason) FROM STDIN (FORMAT csv)"
# Rows of a folder have no line; there the path itself is the entry.
_REFUSE_BY_IMAGE = """
WITH gone AS (
    DELETE FROM staged_label l USING staged_image i
    WHERE i.ref = l.ref AND i.code IS NOT NULL
    RETURNING l.line, l.ref, i.code, i.reason
)
INSERT INTO refused
SELECT line, CASE WHEN line = 0 THEN ref ELSE '' END, code, reason FROM gone
"""
# A stand-in has a size of its own, which says nothing about the picture.
_REFUSE_BY_SIZE = """
WITH sized AS (
    SELECT s.ref, coalesce(s.height, i.height) AS height, coalesce(s.width, i.width) AS width
    FROM staged_image s LEFT JOIN catalog_image i ON i.id = s.image_id
    WHERE coalesce(s.location, i.location, '') <> %(stand_in)s
), gone AS (
    DELETE FROM staged_label l USING sized
    WHERE l.region ? 'mask' AND sized.ref = l.ref
      AND l.region #> '{mask,size}' <> jsonb_build_array(sized.height, sized.width)
      AND sized.height IS NOT NULL
    RETURNING l.line, l.region #>> '{mask,size,0}' || ' x ' || (l.region #>> '{mask,size,1}') AS mask,
        sized.height || ' x ' || sized.width AS picture
)
INSERT INTO refused
SELECT line, '', 'mask_of_another_size', 'the mask is ' || mask || ', the picture ' || picture FROM gone
"""
_REFUSE_TWICE = """
WITH firsts AS (
    SELECT ref, class_no, region, min(seq) AS seq FROM staged_label
    GROUP BY ref, class_no, region HAVING count(*) > 1
), gone AS (
    DELETE FROM staged_label l USING firsts f
    WHERE l.ref = f.ref AND l.class_no IS NOT DISTINCT FROM f.class_no
      AND l.region IS NOT DISTINCT FROM f.region AND l.seq > f.seq
    RETURNING l.line, f.seq
)
INSERT INTO refused
SELECT gone.line, '', 'duplicate', 'duplicate of ' || %(word)s || ' ' || first.line
FROM gone JOIN staged_label first ON first.seq = gone.seq
"""
_EXPORT_REFUSED = """
COPY (
    SELECT CASE WHEN line > 0 THEN line::text ELSE entry END AS line, reason
    FROM refused ORDER BY refused.line = 0, refused.line, entry, reason
) TO STDOUT (FORMAT csv, HEADER)
"""
_SKIPS = """
SELECT code, count(*), (array_agg(reason ORDER BY line = 0, line, entry))[1] FROM refused GROUP BY code
ORDER BY 2 DESC, 1
"""
_FIRST_REFUSED = (
    "SELECT line, entry, code, reason FROM refused ORDER BY line = 0, line, entry LIMIT %s"
)


class _Copier:
    """Rows on their way into a table, in buffers."""

    def __init__(self, statement: str) -> None:
        self._statement = statement
        self._buffer = io.StringIO(newline="")
        self._write = csv.writer(self._buffer, lineterminator="\n").writerow
        self._waiting = 0

    def add(self, row: tuple[Any, ...]) -> None:
        self._write(row)
        self._waiting += 1
        if self._waiting >= _BUFFER:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            self._buffer.seek(0)
            with connection.cursor() as cursor:
                cursor.copy_expert(self._statement, self._buffer)
            self._buffer.seek(0)
            self._buffer.truncate()
            self._waiting = 0


def refuse(rows: Iterable[Bad]) -> None:
    """Note rows or zip entries that are not taken."""
    copier = _Copier(_COPY_REFUSED)
    for bad in rows:
        copier.add((bad.line, bad.entry, bad.code, bad.reason))
    copier.flush()


def begin() -> None:
    """Make the table of what is not taken."""
    with connection.cursor() as cursor:
        cursor.execute(_REFUSED)


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS refused")


def stage(
    rows: Iterator[Row | Bad],
    *,
    scale: Scale | None,
    classes: Mapping[str, str | None],
    report: Callable[[int], None],
) -> list[str]:
    """Judge every row and copy it to `staged_label` or `refused`.

    Args:
        rows: as the reader gives them.
        scale: what confidences mean; None where there are none.
        classes: the class that each name of the file becomes, None for a rejected one.
        report: hears every now and then how many rows were read.

    Returns:
        The class names by their `class_no`.
    """
    numbers: dict[str, int] = {}
    for target in classes.values():
        if target is not None:
            numbers.setdefault(target, len(numbers))
    class_no = {name: numbers[target] for name, target in classes.items() if target is not None}
    labels, refused = _Copier(_COPY_LABELS), _Copier(_COPY_REFUSED)
    for seq, row in enumerate(rows, start=1):
        staged = row if isinstance(row, Bad) else _staged(seq, row, scale, class_no)
        if isinstance(staged, Bad):
            refused.add((staged.line, staged.entry, staged.code, staged.reason))
        else:
            labels.add(staged)
        if seq % _BUFFER == 0:
            report(seq)
    labels.flush()
    refused.flush()
    return list(numbers)


def _staged(
    seq: int, row: Row, scale: Scale | None, class_no: Mapping[str, int]
) -> tuple[Any, ...] | Bad:
    """A row for `staged_label`, or why it is not taken."""
    confidence: float | None = None
    thousandth: int | None = None
    problem = problem_of(row)
    if problem is None and row.confidence and scale is not None:
        try:
            confidence, thousandth = fraction_of(row.confidence, scale)
        except BadConfidence as error:
            problem = "bad_confidence", str(error)
    number = None
    if row.label_class is not None and problem is None:
        number = class_no.get(row.label_class)
        if number is None:
            problem = "class_rejected", f"the class “{row.label_class}” was rejected"
    region, extra = _json(row.region), _json(row.extra)
    if problem is None and "" in {region, extra}:
        problem = "bad_text", "the row holds a character that is not text"
    if problem is not None:
        return Bad(row.line, *problem, entry="" if row.line else row.picture)
    return (seq, row.line, row.picture, number, confidence, thousandth, region, extra)


def _json(value: dict[str, Any] | None) -> str | None:
    """The value as PostgreSQL takes it; empty when it holds what cannot be kept."""
    if value is None:
        return None
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        return ""
    return text if is_storable(text) and "\\u0000" not in text else ""


def refuse_bad_pictures() -> None:
    """Reject the rows whose picture has a `code` in `staged_image`."""
    with connection.cursor() as cursor:
        cursor.execute(_REFUSE_BY_IMAGE)


def refuse_other_sizes() -> None:
    """Reject masks whose size is not that of their picture, where that is known."""
    with connection.cursor() as cursor:
        cursor.execute(_REFUSE_BY_SIZE, {"stand_in": placeholder.LOCATION})


def refuse_duplicates(word: str) -> None:
    """Reject all rows but the first of one (picture, class, region). word: what a row of the file is."""
    with connection.cursor() as cursor:
        cursor.execute(_REFUSE_TWICE, {"word": word})


def refused_count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM refused")
        return int(cursor.fetchone()[0])


def skips() -> list[dict[str, Any]]:
    """What was not taken, by reason, the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(_SKIPS)
        return [{"code": code, "rows": n, "reason": one} for code, n, one in cursor.fetchall()]


def first_refused(most: int) -> list[Bad]:
    """The first rows that were not taken."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_REFUSED, [most])
        return [
            Bad(line, code, reason, entry=entry or "")
            for line, entry, code, reason in cursor.fetchall()
        ]


def export_refused(file: io.TextIOBase) -> None:
    """Write everything that was not taken as CSV: line or zip entry, reason."""
    with connection.cursor() as cursor:
        cursor.copy_expert(_EXPORT_REFUSED, file)
