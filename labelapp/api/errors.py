"""Refusals: a class for each reason, with its HTTP status, its code and its sentence.

They stand in the `errors.py` of the app that refuses and are raised by services, which know nothing
of requests or of DRF; `labelapp.api.handler` turns them into RFC 9457 problem JSON.
"""

from typing import Any, ClassVar

from labelapp.api.request_id import current_request_id


class Problem(Exception):
    """A refusal with its HTTP status, a machine-readable code and a sentence for a person.

    Args:
        detail: what exactly was refused, and what to do; the class's own sentence when missing.
        errors: messages by field or row, `{"min_confidence": ["..."]}`.
        extra: further members of the problem document, e.g. the stored draft.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "invalid"
    title: ClassVar[str] = "This request cannot be carried out."

    def __init__(
        self,
        detail: str = "",
        *,
        errors: dict[str, Any] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.errors = errors or {}
        self.extra = extra
        self.headers: dict[str, str] = {}


class Invalid(Problem):
    """Some fields of the request are wrong; `errors` says which and why."""

    title = "Some values need another look."


class NotFound(Problem):
    status = 404
    code = "not_found"
    title = "There is nothing here, or it is not yours to see."


class Forbidden(Problem):
    status = 403
    code = "forbidden"
    title = "Your account has no right to do this."


class TooLarge(Problem):
    status = 413
    code = "too_large"
    title = "This is larger than the server takes."


class LengthRequired(Problem):
    status = 411
    code = "length_required"
    title = "Send the length of the body in a Content-Length header."


def problem_document(problem: Problem) -> dict[str, Any]:
    return {
        "type": f"/api/docs/errors#{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        "errors": problem.errors,
        "request_id": current_request_id(),
        **problem.extra,
    }


class Fault(Problem):
    status = 500
    code = "fault"
    title = "Something went wrong on the server. Nothing was changed."

    def __init__(self) -> None:
        super().__init__("It was logged under the request id below. Try again.")


class CsrfFailed(Problem):
    status = 403
    code = "csrf_failed"
    title = "The page's security token is missing or old. Reload the page."


class Unavailable(Problem):
    status = 503
    code = "unavailable"
    title = "The database is away for a moment. Try again; what was acknowledged is safe."

    def __init__(self) -> None:
        super().__init__()
        self.headers["Retry-After"] = "2"
