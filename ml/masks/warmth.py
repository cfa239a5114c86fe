"""What a worker says about a picture that it was to get ready, kept in Valkey for a while.

A note for the screen and nothing more: when it is lost, or Valkey is away, masks are drawn all the same.
"""

import json
import logging
from dataclasses import asdict, dataclass
from typing import Literal
from uuid import UUID

import redis

from ml.masks.waiting import valkey

log = logging.getLogger(__name__)
KEPT_SECONDS = 600


@dataclass(frozen=True)
class Warmth:
    """Is a picture ready for a segmenter?

    `preparing`: no worker has said so yet. `ready`: the first mask need not wait; `elapsed_ms` is what that
    took. `failed`: it cannot be got ready, and `message` says why.
    """

    state: Literal["preparing", "ready", "failed"] = "preparing"
    elapsed_ms: int | None = None
    message: str = ""


def tell(image_id: UUID, version: str, warmth: Warmth) -> None:
    """Note what has become of a picture; `preparing` when a worker is about to be asked."""
    try:
        valkey().set(_note(image_id, version), json.dumps(asdict(warmth)), ex=KEPT_SECONDS)
    except redis.RedisError as error:
        log.warning("nobody hears that a picture is ready: %s", error)


def told(image_id: UUID, version: str) -> Warmth:
    """What was noted last; without a note it is being prepared."""
    try:
        note = valkey().get(_note(image_id, version))
    except redis.RedisError as error:
        log.warning("nobody knows whether a picture is ready: %s", error)
        return Warmth()
    return Warmth(**json.loads(note)) if isinstance(note, bytes) else Warmth()


def _note(image_id: UUID, version: str) -> str:
    return f"warmth:{image_id}:{version}"
