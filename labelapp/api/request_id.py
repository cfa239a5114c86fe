"""The id of the request being answered; error answers and log lines carry it."""

import uuid
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id of the current request, empty outside one."""
    return _request_id.get()


def begin_request(given: str | None = None) -> str:
    """Start a request: take the proxy's id when it looks like one, else make one."""
    usable = given and len(given) <= 64 and given.replace("-", "").isalnum()
    chosen = given if given and usable else uuid.uuid4().hex
    _request_id.set(chosen)
    return chosen
