"""Limits on how often one may call, counted in Valkey so that all web processes share them.

When Valkey is away the call passes: a limit protects the service and must not be what takes it down.
"""

import functools
import logging
import time
from typing import TYPE_CHECKING

import redis
from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from labelapp.api.errors import Problem

if TYPE_CHECKING:  # DRF imports this module while it imports its views
    from rest_framework.views import APIView

log = logging.getLogger(__name__)


class TooMany(Problem):
    status = 429
    code = "too_many_requests"
    title = "That was too often. Wait a moment."

    def __init__(self, detail: str = "", *, retry_after: int = 1) -> None:
        super().__init__(detail)
        self.headers["Retry-After"] = str(retry_after)


@functools.cache
def valkey() -> redis.Redis:
    """The connection pool to Valkey; short time-outs, since a person waits behind it."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5, protocol=2
    )


def count_call(key: str, *, window: int) -> int:
    """Count one call under `key` in the current window of `window` seconds; the number so far.

    Answers 0 when Valkey is away.
    """
    slot = f"rate:{key}:{int(time.time()) // window}"
    try:
        pipeline = valkey().pipeline(transaction=False)
        pipeline.incr(slot)
        pipeline.expire(slot, window + 1)
        return int(pipeline.execute()[0])
    except redis.RedisError as error:
        log.warning("rate limits are off while Valkey is away: %s", error)
        return 0


class PersonThrottle(BaseThrottle):
    """`view.calls_per_second` (200 unless the view says otherwise; None = exempt) for one person."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        limit: int | None = getattr(view, "calls_per_second", 200)
        if limit is None or not settings.RATE_LIMITS or not request.user.is_authenticated:
            return True
        scope = getattr(view, "throttle_scope", "") or "all"
        return count_call(f"{scope}:{request.user.pk}", window=1) <= limit

    def wait(self) -> float:
        return 1.0


class FailureLimit:
    """At most `limit` failures a `window` of seconds for one key, e.g. sign-ins that failed."""

    def __init__(self, name: str, *, limit: int, window: int) -> None:
        self.name, self.limit, self.window = name, limit, window

    def _slot(self, key: str) -> str:
        return f"fail:{self.name}:{key}"

    def check(self, key: str) -> None:
        """Raise TooMany when the failures under `key` have reached the limit."""
        if not settings.RATE_LIMITS:
            return
        try:
            failures = int(valkey().get(self._slot(key)) or 0)
            left = int(valkey().ttl(self._slot(key)))
        except redis.RedisError as error:
            log.warning("rate limits are off while Valkey is away: %s", error)
            return
        if failures >= self.limit:
            raise TooMany(
                f"Too many failed tries. Try again in {max(1, left)} seconds.",
                retry_after=max(1, left),
            )

    def count(self, key: str) -> None:
        """Remember one failure; the window starts with the first."""
        try:
            pipeline = valkey().pipeline(transaction=False)
            pipeline.set(self._slot(key), 0, ex=self.window, nx=True)
            pipeline.incr(self._slot(key))
            pipeline.execute()
        except redis.RedisError as error:
            log.warning("rate limits are off while Valkey is away: %s", error)
