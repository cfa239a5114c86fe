"""Everything long is a row with state, progress and cancel; the queue is only a bell.

PostgreSQL holds the truth. A worker claims a row (`attempts += 1`, a lease), renews the lease while it
works, and writes only under the `attempts` it claimed with, so that one that lost its lease changes
nothing. A sweep rings again for rows whose bell or worker was lost; the broker may be emptied at any
time. Celery messages carry ids, never data.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from celery import shared_task  # noqa: TID251 (this is the one place that may)
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone

LEASE = timedelta(seconds=30)
RENEW_EVERY = 2.0
MOST_ATTEMPTS = 5


def task(*, queue: str = "cpu", minutes: int = 60) -> Callable[[Callable[..., Any]], Any]:
    """Declare a Celery task: late acknowledgement, its queue, a soft time limit of `minutes`.

    The only way to write a task here. Its body loads by id and calls a service.
    """

    def declare(function: Callable[..., Any]) -> Any:
        return shared_task(
            queue=queue,
            acks_late=True,
            reject_on_worker_lost=True,
            ignore_result=True,
            soft_time_limit=minutes * 60,
        )(function)

    return declare


class WorkState(models.TextChoices):
    QUEUED = "queued"
    CHECKING = "checking"
    NEEDS_ANSWERS = "needs_answers"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = (WorkState.DONE, WorkState.FAILED, WorkState.CANCELLED)
BUSY = (WorkState.CHECKING, WorkState.RUNNING)


class WorkCancelled(Exception):
    """The person cancelled, or another worker took over: stop, write nothing more."""


class BackgroundWork(models.Model):
    """A row for something long: state, done of total, message, lease, cancel."""

    state = models.CharField(max_length=16, choices=WorkState, default=WorkState.QUEUED)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    message = models.TextField(default="", blank=True)
    attempts = models.IntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # How long a worker that says nothing is believed to be alive.
    lease: ClassVar[timedelta] = LEASE
    # Set by the thread of `kept_alive` once the row is no longer this worker's.
    _gone: threading.Event | None = None
    # The same for `all_kept_alive`.
    lost: bool = False

    class Meta:
        abstract = True

    def claim(self, state: str = WorkState.RUNNING) -> bool:
        """Take the row for this worker; False when it ended, waits for a person or is another's."""
        now = timezone.now()
        free = Q(state=WorkState.QUEUED) | Q(state__in=BUSY, lease_until__lt=now)
        taken = (
            type(self)
            ._base_manager.filter(free, pk=self.pk)
            .update(
                state=state,
                attempts=F("attempts") + 1,
                lease_until=now + self.lease,
                started_at=now,
                finished_at=None,
            )
        )
        if taken:
            self.refresh_from_db()
        return bool(taken)

    def mine(self) -> "models.QuerySet[Self]":
        """This row, as long as this worker still holds it: the fence for every write."""
        manager: Any = type(self)._base_manager
        held: models.QuerySet[Self] = manager.filter(
            pk=self.pk, attempts=self.attempts, state__in=BUSY
        )
        return held

    def report(self, **fields: Any) -> None:
        """Write progress (`done`, `total`, `message`, ...) and renew the lease.

        Raises:
            WorkCancelled: the row was cancelled or belongs to another worker now.
        """
        for name, value in fields.items():
            setattr(self, name, value)
        if not self.mine().update(lease_until=timezone.now() + self.lease, **fields):
            raise WorkCancelled

    def finish(self, state: str, **fields: Any) -> None:
        """End the row in `state`; raises WorkCancelled when it is no longer ours to end."""
        self.state, self.finished_at = state, timezone.now()
        changed = self.mine().update(
            state=state, finished_at=self.finished_at, lease_until=None, **fields
        )
        for name, value in fields.items():
            setattr(self, name, value)
        if not changed:
            raise WorkCancelled

    def cancel(self) -> bool:
        """Ask for the end; the worker stops at its next report. False when it has ended already."""
        changed = (
            type(self)
            ._base_manager.filter(pk=self.pk)
            .exclude(state__in=ENDED)
            .update(state=WorkState.CANCELLED, finished_at=timezone.now(), lease_until=None)
        )
        if changed:
            self.refresh_from_db()
        return bool(changed)

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Renew the lease from a thread while the body runs, for steps that report seldom."""
        stop = threading.Event()
        gone = self._gone = threading.Event()

        def renew() -> None:
            try:
                while not stop.wait(RENEW_EVERY):
                    until = timezone.now() + self.lease
                    if not self.mine().update(lease_until=until, done=self.done):
                        gone.set()
                        return
            finally:
                connection.close()

        thread = threading.Thread(target=renew, name=f"lease-{self.pk}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def show(self, done: int) -> None:
        """Say how far it is from inside a transaction: the thread of `kept_alive` writes it.

        Raises:
            WorkCancelled: that thread found the row cancelled, or another worker's.
        """
        self.done = done
        if self._gone is not None and self._gone.is_set():
            raise WorkCancelled

    def done_by_this_worker(self) -> int:
        """How much was done since `started_at`; less than `done` where work goes on after a worker died."""
        return self.done

    def progress(self, now: datetime | None = None) -> dict[str, Any]:
        """`done`, `total`, `rate` (a second), `seconds_left` and `message`, for a screen."""
        end = self.finished_at or now or timezone.now()
        seconds = (end - self.started_at).total_seconds() if self.started_at else 0.0
        done = self.done_by_this_worker()
        rate = done / seconds if seconds > 0 and done > 0 else None
        left = (self.total - self.done) / rate if rate and self.total is not None else None
        return {
            "done": self.done,
            "total": self.total,
            "rate": round(rate, 1) if rate else None,
            "seconds_left": round(max(left, 0.0), 1) if left is not None else None,
            "message": self.message,
        }


@contextmanager
def all_kept_alive(rows: Sequence[BackgroundWork]) -> Iterator[None]:
    """Renew the leases of several rows that are worked on together, from one thread, and write how far
    each is. `rows` may change meanwhile; one that is no longer this worker's becomes `lost`.
    """
    stop = threading.Event()

    def renew() -> None:
        try:
            while not stop.wait(RENEW_EVERY):
                for row in tuple(rows):
                    until = timezone.now() + row.lease
                    row.lost = not row.mine().update(lease_until=until, done=row.done)
        finally:
            connection.close()

    thread = threading.Thread(target=renew, name="leases", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def ring(bell: Any, pk: Any) -> None:
    """Queue `bell(str(pk))` once the current transaction has committed."""
    transaction.on_commit(lambda: bell.delay(str(pk)), robust=True)


def sweep(model: type[BackgroundWork], bell: Any, *, most: Any = MOST_ATTEMPTS) -> int:
    """Ring again for rows nobody works on; give up on those tried `most` times (a number or an
    expression over the row). How many were rung."""
    now = timezone.now()
    lost = Q(state__in=BUSY, lease_until__lt=now)
    model._base_manager.filter(lost, attempts__gte=most).update(
        state=WorkState.FAILED,
        finished_at=now,
        message=f"Stopped after {MOST_ATTEMPTS} tries; the worker died each time.",
    )
    unheard = Q(state=WorkState.QUEUED, created_at__lt=now - timedelta(seconds=5))
    waiting = list(model._base_manager.filter(lost | unheard).values_list("pk", flat=True))
    for pk in waiting:
        bell.delay(str(pk))
    return len(waiting)
