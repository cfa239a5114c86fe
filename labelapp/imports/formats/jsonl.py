"""JSON Lines: one object a line, with the names of the label CSV; SageMaker manifests too."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from labelapp.imports.errors import ImportStopped
from labelapp.imports.formats import sagemaker
from labelapp.imports.formats.columns import (
    BOX,
    CLASS,
    CONFIDENCE,
    CORNERS,
    EXTRA,
    IGNORE,
    PICTURE,
    BadBox,
    BadPoints,
    box_region,
    is_four_places,
    points_region,
    role_of,
)
from labelapp.imports.formats.masks import BadMask, mask_region
from labelapp.imports.formats.reader import Reader
from labelapp.imports.lines import Line
from labelapp.imports.rows import LINE_TOO_LONG, Bad, Row, is_storable, presentable

_NESTED = {"labels", "box", "mask", "extreme_points"}


class JsonLinesReader(Reader):
    """Rows of JSON Lines."""

    kind = "jsonl"

    def __init__(self, lines: Iterator[Line], taken_for: Mapping[str, str]) -> None:
        self._lines = lines
        self._taken_for = taken_for
        self.columns: dict[str, str] = {}
        self.facts: dict[str, Any] = {}

    def cells(self, raw: Any) -> list[str]:
        """A line's values in the order of the keys, cut to what a preview shows."""
        record = raw if isinstance(raw, dict) else {}
        return [presentable(_text(record.get(key, "")), 200) for key in self.columns]

    def rows(self) -> Iterator[Row | Bad]:
        """Every label of every line; empty lines are passed over."""
        for number, text in self._lines:
            if text is None:
                reason = f"the line has more than {settings.MAX_LABEL_LINE_CHARACTERS:,} characters"
                yield Bad(number, LINE_TOO_LONG, reason)
            elif text.strip():
                yield from self._line(number, text)

    def _line(self, number: int, text: str) -> Iterator[Row | Bad]:
        try:
            record = json.loads(text)
        except (ValueError, RecursionError) as error:
            yield Bad(number, "bad_json", f"the line is not JSON: {error}")
            return
        if not isinstance(record, dict):
            yield Bad(number, "bad_json", "the line is not a JSON object")
            return
        try:
            found = list(self._labels(number, record))
        except BadBox as error:
            yield Bad(number, "bad_box", str(error), raw=record)
        except BadMask as error:
            yield Bad(number, "bad_mask", str(error), raw=record)
        except _WrongType as error:
            yield Bad(number, "wrong_type", str(error), raw=record)
        except BadPoints as error:
            yield Bad(number, "bad_points", str(error), raw=record)
        else:
            yield from found

    def _labels(self, number: int, record: dict[str, Any]) -> Iterator[Row]:
        said = sagemaker.labels(record)
        hidden = set()
        if said is not None:
            for name in sagemaker.attributes(record):
                hidden |= {name, f"{name}-metadata"}
        own = self._values(record, hidden)
        picture = _word(own, PICTURE)
        if said is not None:
            self.columns.update({name: CLASS for name in hidden if not name.endswith("-metadata")})
            for one in said:
                word = _as_word(one.label_class, CLASS)
                sure = _as_number(one.confidence)
                yield Row(number, picture, word, sure, one.region, own.extra, record)
            return
        many = record.get("labels")
        if isinstance(many, list):
            for one in many:
                yield self._nested(number, picture, one, own.extra, record)
            return
        yield Row(
            number,
            picture,
            _word(own, CLASS),
            _as_number(own.values.get(CONFIDENCE, "")),
            own.region(record),
            own.extra,
            record,
        )

    def _nested(
        self, number: int, picture: str, one: Any, extra: dict[str, Any] | None, record: Any
    ) -> Row:
        """One of several labels of a line: an object, or the class's name alone."""
        self.columns.setdefault("labels", CLASS)
        if not isinstance(one, dict):
            return Row(number, picture, _as_word(one, CLASS), "", None, extra, record)
        own = self._values(one, set(), remember=False)
        sure = _as_number(own.values.get(CONFIDENCE, ""))
        both = {**(extra or {}), **(own.extra or {})} or None
        return Row(number, picture, _word(own, CLASS), sure, own.region(one), both, record)

    def _values(
        self, record: dict[str, Any], hidden: set[str], *, remember: bool = True
    ) -> "_Values":
        """A record's values by what their keys are taken for."""
        found = _Values()
        places: dict[str, int] = {}
        for key, value in record.items():
            if key in hidden or key in _NESTED or _is_outermost(key, value):
                continue
            if not is_storable(key):
                raise _WrongType("a key holds a character that is not text")
            role, place = self._role(key, remember=remember)
            if role == IGNORE:
                continue
            if role == EXTRA or place >= places.get(role, 1000):
                found.details[key] = value
                continue
            places[role] = place
            found.values[role] = value
        return found

    def _role(self, key: str, *, remember: bool) -> tuple[str, int]:
        by_name = role_of(key)
        role, place = (self._taken_for[key], -1) if key in self._taken_for else by_name
        if remember and key not in self.columns:
            if len(self.columns) >= settings.MAX_LABEL_COLUMNS:
                raise ImportStopped(
                    "too_many_columns",
                    f"The lines use more than {settings.MAX_LABEL_COLUMNS} different keys.",
                )
            self.columns[key] = role
        return role, place


class _WrongType(ValueError):
    """A value that is not of the kind that its key asks for."""


class _Values:
    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.details: dict[str, Any] = {}

    @property
    def extra(self) -> dict[str, Any] | None:
        return self.details or None

    def region(self, record: dict[str, Any]) -> dict[str, Any] | None:
        """The region that a record names: a mask, four points, a box, or corners."""
        if record.get("mask") is not None:
            return mask_region(record["mask"])
        if record.get("extreme_points") is not None:
            return points_region(record["extreme_points"])
        if _is_outermost("points", record.get("points")):
            return points_region(record["points"])
        if isinstance(record.get("box"), list):
            return box_region(record["box"])
        if all(side in self.values for side in BOX):
            return box_region(self.values[side] for side in BOX)
        if all(side in self.values for side in CORNERS):
            return box_region((self.values[side] for side in CORNERS), corners=True)
        return None


def _word(own: _Values, role: str) -> str:
    return _as_word(own.values.get(role, ""), role)


def _as_word(value: Any, role: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _WrongType(f"the {role} is not a text")
    return str(value).strip()


def _as_number(value: Any) -> str:
    """A confidence as text. The shortest text of a double is the decimal that was written."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _WrongType("the confidence is not a number")
    return value.strip() if isinstance(value, str) else repr(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _is_outermost(key: str, value: Any) -> bool:
    """Four `points` are those of an object; any other number of them (a pose, a polygon) is a detail."""
    return key == "points" and is_four_places(value)
