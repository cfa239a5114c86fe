"""Reading a request: its checked body or query, and the person behind it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.conf import settings
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from labelapp.api.errors import Problem


def checked(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The body as `form` reads it; raises DRF's ValidationError, which leaves as a problem."""
    given = form(data=request.data)
    given.is_valid(raise_exception=True)
    return cast("dict[str, Any]", given.validated_data)


def checked_query(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The query parameters as `form` reads them; repeated ones make lists."""
    given = form(data=request.query_params)
    given.is_valid(raise_exception=True)
    return cast("dict[str, Any]", given.validated_data)


class NullIsDefault(serializers.Serializer[dict[str, Any]]):
    """A form in which null says as much as leaving the field out."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            data = {name: value for name, value in data.items() if value is not None}
        return super().to_internal_value(data)


@contextmanager
def hidden_first(see: Callable[[], object]) -> Iterator[None]:
    """Within it, whoever may not see what a request is about hears 404, whatever its body says.

    Args:
        see: reads the row or raises NotFound. It costs a query, so it runs only for a refusal.
    """
    try:
        yield
    except (APIException, Problem):
        see()
        raise


def person_of(request: Request) -> Any:
    """The signed-in person; only for views whose rights are not public."""
    if not request.user.is_authenticated:
        raise RuntimeError(f"{settings.AUTH_USER_MODEL} asked for on a public view")
    return request.user
