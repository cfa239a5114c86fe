"""Model rows from SQL written by hand, for the few statements that run at every call.

`Model.objects.raw` does the same and takes as long again as the query itself.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)
Convert = Callable[..., Any]


def rows_of(
    model: type[Row], statement: str, values: Sequence[Any] | Mapping[str, Any]
) -> list[Row]:
    """The rows of a statement that answers all columns of `model`, in any order."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = tuple(column.name for column in cursor.description or ())
        found = cursor.fetchall()
    return [row_of(model, names, row) for row in found]


def first_of(
    model: type[Row], statement: str, values: Sequence[Any] | Mapping[str, Any]
) -> Row | None:
    """The first of `rows_of`, None when there is none."""
    return next(iter(rows_of(model, statement, values)), None)


def row_of(model: type[Row], names: Sequence[str], row: Sequence[Any]) -> Row:
    """A row as its model; `names` are its columns, all of the model's and no others."""
    cells = [
        row[place] if convert is None else convert(row[place], None, connection)
        for place, convert in _plan(model, tuple(names))
    ]
    return model.from_db(connection.alias, _names(model), cells)


@lru_cache(maxsize=64)
def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@lru_cache(maxsize=64)
def _plan(model: type[Model], names: tuple[str, ...]) -> list[tuple[int, Convert | None]]:
    """For each field, in the model's order (tables may have another): the place of its column, and
    what makes its value of what the driver answers, as for JSON."""
    fields = model._meta.concrete_fields
    return [(names.index(field.column), getattr(field, "from_db_value", None)) for field in fields]
