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
from labelapp.statements import Statement

KEEP = timedelta(days=30)
LONGEST_KEY = 200

# Waits while another transaction holds the same key; no row when that one has stored it.
_TAKE_KEY = Statement("""
INSERT INTO api_idempotencykey (person_id, endpoint, key, body_hash, answer, created_at)
VALUES (%(person)s, %(endpoint)s, %(key)s, %(hash)s, '{}', now())
ON CONFLICT (person_id, endpoint, key) DO NOTHING RETURNING id
""")
_KEEP_ANSWER = Statement("UPDATE api_idempotencykey SET answer = %(answer)s WHERE id = %(id)s")


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
        taken = _TAKE_KEY.row(person=person_id, endpoint=endpoint, key=key, hash=body_hash)
        if taken is None:
            return _former_answer(person_id, endpoint, key, body_hash)
        answer = work()
        _KEEP_ANSWER.run(answer=json.dumps(answer), id=taken[0])
        return answer


def _former_answer(person_id: UUID, endpoint: str, key: str, body_hash: bytes) -> dict[str, Any]:
    row = IdempotencyKey.objects.get(person_id=person_id, endpoint=endpoint, key=key)
    if bytes(row.body_hash) != body_hash:
        raise KeyReused
    stored: dict[str, Any] = row.answer
    return stored


def forget_old_keys() -> int:
    """Delete keys older than 30 days; how many there were."""
    return IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEEP).delete()[0]
