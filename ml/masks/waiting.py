"""A request waits for its answer on a key of Valkey's that a worker pushes to.

Each one that waits has a key of its own, which is named in a set of the mask's. It looks at the row
after it has named its key, and the worker writes the row before it reads the set: no answer is missed.
Without Valkey nobody waits; the client asks again, as it does whenever an answer takes long.
"""

import logging
import threading
import uuid
from collections.abc import Iterable
from functools import cache
from uuid import UUID

import redis
from django.conf import settings

from labelapp.background import ENDED
from ml.masks.models import MaskRequest

log = logging.getLogger(__name__)
KEPT_SECONDS = 20  # longer than anybody waits


@cache
def valkey() -> redis.Redis:
    """Answers come after the longest wait at the latest."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=settings.MASK_WAIT_SECONDS + 1,
        socket_connect_timeout=0.5,
        protocol=2,
    )


@cache
def places() -> threading.BoundedSemaphore:
    """Half of a process's threads may wait; the others go on serving."""
    return threading.BoundedSemaphore(max(1, settings.WEB_THREADS // 2))


def wait_for(request: MaskRequest) -> None:
    """Bring `request` up to date: at once when it has ended or when too many wait, else as soon as
    it ends, after `MASK_WAIT_SECONDS` at the latest."""
    if request.state in ENDED or not places().acquire(blocking=False):
        return
    try:
        _wait(request)
    except redis.RedisError as error:
        log.warning("nobody waits for masks while Valkey is away: %s", error)
    finally:
        places().release()


def _wait(request: MaskRequest) -> None:
    own = f"mask:{request.pk}:{uuid.uuid4().hex}"
    pipeline = valkey().pipeline(transaction=False)
    pipeline.sadd(_guests(request.pk), own)
    pipeline.expire(_guests(request.pk), KEPT_SECONDS)
    pipeline.execute()
    request.refresh_from_db()
    if request.state not in ENDED:
        valkey().blpop([own], timeout=settings.MASK_WAIT_SECONDS)
        request.refresh_from_db()


def announce(ended: Iterable[UUID]) -> None:
    """Wake up all who wait for these requests; their rows are written already."""
    try:
        for pk in ended:
            _announce(pk)
    except redis.RedisError as error:
        log.warning("those who wait for a mask will look by themselves: %s", error)


def _announce(pk: UUID) -> None:
    pipeline = valkey().pipeline(transaction=True)
    pipeline.smembers(_guests(pk))
    pipeline.delete(_guests(pk))
    keys = pipeline.execute()[0]
    for key in keys:
        pipeline.lpush(key, 1)
        pipeline.expire(key, KEPT_SECONDS)
    pipeline.execute()


def _guests(pk: UUID) -> str:
    return f"mask:{pk}:waiting"
