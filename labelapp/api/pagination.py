"""Lists in pages: ordered by id, `next` is the address of the page after this one."""

import uuid
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from labelapp.api.errors import Invalid

Row = TypeVar("Row", bound=Model)

DEFAULT_SIZE = 100
LARGEST_SIZE = 2000


def page_size(request: Request) -> int:
    """The wanted `page_size`, 1 to 2,000; 100 when none is given.

    Raises:
        Invalid: it is not a whole number in that range.
    """
    raw = request.query_params.get("page_size", str(DEFAULT_SIZE))
    if not (raw.isdecimal() and len(raw) < 10 and 1 <= int(raw) <= LARGEST_SIZE):
        raise Invalid(errors={"page_size": [f"Use a whole number from 1 to {LARGEST_SIZE}."]})
    return int(raw)


def page_of(
    request: Request, rows: QuerySet[Row], *, newest_first: bool = False
) -> tuple[list[Row], str | None]:
    """One page of `rows` by primary key, and the address of the next page or None.

    Raises:
        Invalid: `page_size` or `cursor` cannot be read.
    """
    size = page_size(request)
    if cursor := request.query_params.get("cursor"):
        after = "pk__lt" if newest_first else "pk__gt"
        rows = rows.filter(**{after: _position(cursor, rows)})
    found = list(rows.order_by("-pk" if newest_first else "pk")[: size + 1])
    if len(found) <= size:
        return found, None
    query = request.query_params.copy()
    query["cursor"] = str(found[size - 1].pk)
    return found[:size], request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _position(cursor: str, rows: QuerySet[Any]) -> Any:
    field = rows.model._meta.pk
    try:
        return uuid.UUID(cursor) if field.get_internal_type() == "UUIDField" else int(cursor)
    except ValueError:
        raise Invalid(errors={"cursor": ["Use the address in `next` as it is."]}) from None


def page_response(results: Any, following: str | None) -> Response:
    return Response({"results": results, "next": following})
