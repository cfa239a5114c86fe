"""Label CSV: comma, semicolon or tab, found from the header; columns go by name."""

import csv
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from labelapp.imports.errors import ImportStopped
from labelapp.imports.formats.columns import (
    BOX,
    CLASS,
    CONFIDENCE,
    CORNERS,
    EXTRA,
    PICTURE,
    BadBox,
    box_region,
    recognise,
)
from labelapp.imports.formats.reader import Reader
from labelapp.imports.lines import Line
from labelapp.imports.rows import LINE_TOO_LONG, Bad, Row, is_storable, presentable

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
# The reader's own limit is for a whole process; a record is bounded by `_record` instead.
csv.field_size_limit(10_000_000)


class _Unclosed(Exception):
    """A quoted cell does not end where a line may."""


class CsvReader(Reader):
    """Rows of a CSV file with a header."""

    kind = "csv"

    def __init__(self, lines: Iterator[Line], taken_for: Mapping[str, str]) -> None:
        first = next(lines)
        if first.text is None:
            raise ImportStopped(
                "header_too_long",
                f"The header has more than {settings.MAX_LABEL_LINE_CHARACTERS:,} characters.",
            )
        self._lines = lines
        self._returned: list[Line] = []
        self._delimiter = _delimiter(first.text)
        self._headers = _headers(first.text, self._delimiter)
        self.columns = recognise(self._headers, taken_for)
        self.facts: dict[str, Any] = {"delimiter": _DELIMITERS[self._delimiter]}

    def cells(self, raw: Any) -> list[str]:
        """A row's cells in the order of the headers, cut to what a preview shows."""
        texts = [presentable(cell, 200) for cell in raw or ()]
        return [*texts, *[""] * (len(self._headers) - len(texts))][: len(self._headers)]

    def rows(self) -> Iterator[Row | Bad]:
        """Every row below the header; empty lines are passed over."""
        place = {role: at for at, role in enumerate(self.columns.values())}
        picture, label_class = place.get(PICTURE), place.get(CLASS)
        confidence = place.get(CONFIDENCE)
        sides = [place[side] for side in BOX if side in place]
        corners = [place[side] for side in CORNERS if side in place]
        extras = [(h, at) for at, (h, role) in enumerate(self.columns.items()) if role == EXTRA]
        width = len(self._headers)
        for number, cells in self._records():
            if isinstance(cells, str):
                yield Bad(number, *_REASONS[cells])
                continue
            if len(cells) != width:
                if len(cells) > width:
                    reason = f"the row has {len(cells)} cells, the header {width}"
                    yield Bad(number, "too_many_cells", reason, raw=cells)
                    continue
                cells.extend([""] * (width - len(cells)))
            region = None
            if sides or corners:
                try:
                    region = _region(cells, sides, corners)
                except BadBox as error:
                    yield Bad(number, "bad_box", str(error), raw=cells)
                    continue
            yield Row(
                number,
                cells[picture].strip() if picture is not None else "",
                cells[label_class].strip() if label_class is not None else "",
                cells[confidence].strip() if confidence is not None else "",
                region,
                _extra(cells, extras) if extras else None,
                cells,
            )

    def _next_line(self) -> Line | None:
        return self._returned.pop() if self._returned else next(self._lines, None)

    def _records(self) -> Iterator[tuple[int, list[str] | str]]:
        """Each record's first line number with its cells, or with what is wrong with it."""
        delimiter = self._delimiter
        while (line := self._next_line()) is not None:
            text = line.text
            if text is None:
                yield line.number, LINE_TOO_LONG
            elif not text or text.isspace():
                continue
            elif '"' not in text:
                yield line.number, text.split(delimiter)
            else:
                yield line.number, self._quoted(line.number, text)

    def _quoted(self, number: int, text: str) -> list[str] | str:
        """A record with quotes, which may go on over several lines.

        When a quote never closes, only its first line is given up; the lines after it are read again
        as rows of their own.
        """
        taken: list[Line] = []

        def pull() -> Iterator[str]:
            yield text + "\n"
            size = len(text)
            while (line := self._next_line()) is not None:
                taken.append(line)
                size += len(line.text or "")
                if line.text is None or size > settings.MAX_LABEL_LINE_CHARACTERS:
                    break
                yield line.text + "\n"
            raise _Unclosed

        try:
            return next(csv.reader(pull(), delimiter=self._delimiter, strict=False))
        except (_Unclosed, csv.Error):
            self._returned.extend(reversed(taken))
            return "unclosed_quote"


_REASONS = {
    LINE_TOO_LONG: (
        LINE_TOO_LONG,
        f"the line has more than {settings.MAX_LABEL_LINE_CHARACTERS:,} characters",
    ),
    "unclosed_quote": ("unclosed_quote", "a quoted cell begins here and does not end"),
}


def _delimiter(header: str) -> str:
    outside = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _headers(text: str, delimiter: str) -> list[str]:
    """The header's cells, made unique; raises ImportStopped when there are too many."""
    cells = next(csv.reader([text], delimiter=delimiter))
    if len(cells) > settings.MAX_LABEL_COLUMNS:
        raise ImportStopped(
            "too_many_columns",
            f"The header has {len(cells):,} columns; {settings.MAX_LABEL_COLUMNS} are taken.",
        )
    headers: list[str] = []
    for at, cell in enumerate(cells, start=1):
        name = cell.strip() or f"column {at}"
        headers.append(name if name not in headers else f"{name} ({at})")
    if not all(map(is_storable, headers)):
        raise ImportStopped("bad_text", "The header holds characters that are not text.")
    return headers


def _region(cells: list[str], sides: list[int], corners: list[int]) -> dict[str, Any] | None:
    if sides:
        return box_region(cells[at].strip() for at in sides)
    return box_region((cells[at].strip() for at in corners), corners=True)


def _extra(cells: list[str], extras: list[tuple[str, int]]) -> dict[str, Any] | None:
    return {header: cells[at] for header, at in extras if cells[at]} or None
