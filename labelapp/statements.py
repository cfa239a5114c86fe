"""SQL written by hand, for the few statements that run at every call.

A connection prepares each of them when it first runs it: PostgreSQL then parses and plans it once and
not at every call, which for short statements is half of their cost. (`PREPARE` outlives a rollback.)
Rows that hold a whole model become one without the ORM's compiler, which takes as long as the query.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

Row = TypeVar("Row", bound=Model)

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# Which statements a connection of the driver has prepared; gone with the connection.
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


class Statement:
    """One statement, its values written as `%(name)s`.

    PostgreSQL finds the type of a value from what stands around it; where nothing does, it needs a
    cast. Whole models are read by their `columns`, never by `*`: a column added by a migration would
    change the result and be refused by connections that prepared it before.
    """

    def __init__(self, text: str) -> None:
        self._values = list(dict.fromkeys(_PLACEHOLDER.findall(text)))
        places = {name: f"${place}" for place, name in enumerate(self._values, start=1)}
        body = _PLACEHOLDER.sub(lambda found: places[found[1]], text)
        self._name = f"labelapp_{hashlib.sha256(body.encode()).hexdigest()[:16]}"
        self._prepare = f"PREPARE {self._name} AS {body}"
        given = f" ({', '.join(['%s'] * len(self._values))})" if self._values else ""
        self._execute = f"EXECUTE {self._name}{given}"

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run it; all rows that it answers."""
        with connection.cursor() as cursor:
            self._run(cursor, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def row(self, **values: Any) -> tuple[Any, ...] | None:
        """Run it; the first row that it answers, None when there is none."""
        return next(iter(self.rows(**values)), None)

    def run(self, **values: Any) -> int:
        """Run it; how many rows it changed."""
        with connection.cursor() as cursor:
            self._run(cursor, values)
            changed: int = cursor.rowcount
        return changed

    def _run(self, cursor: CursorWrapper, values: dict[str, Any]) -> None:
        known = _prepared.setdefault(connection.connection, set())
        if self._name not in known:
            cursor.execute(self._prepare)
            known.add(self._name)
        cursor.execute(self._execute, [values[name] for name in self._values])


@contextmanager
def joined_in_bulk() -> Iterator[None]:
    """A transaction in which joins read whole tables once and look no row up one by one.

    For statements over most of large tables. What the planner knows of them may be from before they
    were filled, and then it is free to compare each row with each.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop = on")


def columns(model: type[Model], table: str = "") -> str:
    """The columns of a model as a list for a statement, of the table or alias `table`."""
    prefix = f"{table}." if table else ""
    return ", ".join(f'{prefix}"{field.column}"' for field in model._meta.concrete_fields)


def model_of(model: type[Row], row: tuple[Any, ...], *, after: Sequence[type[Model]] = ()) -> Row:
    """The model whose `columns` are in a row: at its start, or behind those of the models `after`."""
    names, convert = _plan(model)
    start = sum(len(_plan(other)[0]) for other in after)
    cells = list(row[start : start + len(names)])
    for place, value_of in convert:
        cells[place] = value_of(cells[place], None, connection)
    return model.from_db(connection.alias, names, cells)


@lru_cache(maxsize=64)
def _plan(model: type[Model]) -> tuple[list[str], list[tuple[int, Any]]]:
    """The names of a model's fields, and what makes values of what the driver answers (JSON, say)."""
    fields = model._meta.concrete_fields
    convert = [
        (place, field.from_db_value)
        for place, field in enumerate(fields)
        if hasattr(field, "from_db_value")
    ]
    return [field.attname for field in fields], convert
