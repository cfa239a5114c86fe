"""The same request twice has one effect and one answer.

The key is stored in the transaction of the work itself, so either both are there or neither. Two
requests with one key at once: the second waits on the unique index until the first commits, then
answers what the first answered. Only successes are stored.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from labelapp.api.errors import Problem
from labelapp.api.models import IdempotencyKey

KEEP = timedelta(days=30)
LONGEST_KEY = 200


class KeyMissing(Problem):
    code = "idempotency_key_missing"
    title = "Send an Idempotency-Key header of 1 to 200 characters."


class KeyReused(Problem):
    status = 422
    code = "idempotency_key_reused"
    title = "This Idempotency-Key was used before with another body."


def once(
    *, person_id: UUID, endpoint: str, key: str, body: Any, work: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """The answer of `work()`, done at most once for (person, endpoint, key).

    `work` runs inside the transaction that stores the key and must answer plain JSON values.

    Raises:
        KeyMissing: no key, or one over 200 characters.
        KeyReused: the key was used with another body.
    """
    if not 1 <= len(key) <= LONGEST_KEY:
        raise KeyMissing
    body_hash = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).digest()
    with transaction.atomic():
        row, is_new = IdempotencyKey.objects.get_or_create(
            person_id=person_id, endpoint=endpoint, key=key, defaults={"body_hash": body_hash}
        )
        if not is_new:
            if bytes(row.body_hash) != body_hash:
                raise KeyReused
            stored: dict[str, Any] = row.answer
            return stored
        row.answer = work()
        row.save(update_fields=["answer"])
        answer: dict[str, Any] = row.answer
        return answer


def forget_old_keys() -> int:
    """Delete keys older than 30 days; how many there were."""
    return IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEEP).delete()[0]
