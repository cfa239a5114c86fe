"""The one place where refusals become HTTP: RFC 9457 problem JSON.

Whatever goes wrong in a view (a refusal of ours, DRF's own errors, a missing row, a fault) leaves in
the same shape: `type`, `title`, `status`, `detail`, `code`, `errors`, `request_id`.
"""

import logging
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from labelapp.api.errors import (
    CsrfFailed,
    Fault,
    Forbidden,
    Invalid,
    NotFound,
    Problem,
    TooLarge,
    Unavailable,
    problem_document,
)

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"

_DRF_CODES = {
    "not_authenticated": "not_signed_in",
    "authentication_failed": "not_signed_in",
    "permission_denied": "forbidden",
    "parse_error": "malformed_json",
}


def _from_drf(error: exceptions.APIException) -> Problem:
    status = error.status_code
    code = error.get_codes()
    text = code if isinstance(code, str) else "invalid"
    made = type(
        "DrfProblem",
        (Problem,),
        {
            "status": status,
            "code": _DRF_CODES.get(text, text),
            "title": HTTPStatus(status).phrase,
        },
    )
    if isinstance(error, exceptions.ValidationError):
        details = error.detail
        fields = details if isinstance(details, dict) else {"non_field_errors": details}
        problem: Problem = Invalid(_first_sentence(fields), errors=dict(fields))
        return problem
    problem = made(str(error.detail))
    wait = getattr(error, "wait", None)
    if wait is not None:
        problem.headers["Retry-After"] = str(max(1, round(wait)))
    if header := getattr(error, "auth_header", None):
        problem.headers["WWW-Authenticate"] = header
    return problem


def _first_sentence(errors: Any, path: str = "") -> str:
    """`{"name": ["This field is required."]}` as "name: This field is required."."""
    if isinstance(errors, dict) and errors:
        name, inner = next(iter(errors.items()))
        here = path if name == "non_field_errors" else f"{path}.{name}".strip(".")
        return _first_sentence(inner, here)
    if isinstance(errors, list) and errors:
        return _first_sentence(next((one for one in errors if one), ""), path)
    return f"{path}: {errors}" if path else str(errors)


def as_problem(error: Exception) -> Problem | None:
    """The refusal that `error` stands for, or None when it is a fault of ours."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Http404):
        return NotFound()
    if isinstance(error, RequestDataTooBig):
        return TooLarge(f"A body may have {settings.MAX_JSON_BYTES:,} bytes at most.")
    if isinstance(error, InterfaceError | OperationalError):
        log.warning("the database is away: %s", error)
        return Unavailable()
    if isinstance(error, PermissionDenied):
        return Forbidden()
    if isinstance(error, exceptions.APIException):
        return _from_drf(error)
    return None


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every refusal leaves as problem JSON, every fault is logged."""
    problem = as_problem(error)
    if problem is None:
        log.error("fault in %s", type(context.get("view")).__name__, exc_info=error)
        problem = Fault()
    set_rollback()
    return Response(
        problem_document(problem),
        status=problem.status,
        headers=problem.headers,
        content_type=MEDIA_TYPE,
    )


def problem_response(problem: Problem) -> JsonResponse:
    """A refusal outside DRF (middleware, plain views)."""
    return JsonResponse(
        problem_document(problem),
        status=problem.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )


def not_found(_request: HttpRequest, exception: Exception) -> JsonResponse:
    """The answer at an address that no route has."""
    return problem_response(as_problem(exception) or NotFound())


def csrf_failure(request: HttpRequest, reason: str = "") -> JsonResponse:
    log.warning("csrf: %s on %s", reason, request.path)
    return problem_response(CsrfFailed())
