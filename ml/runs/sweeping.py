"""What the clock does for prediction runs every few seconds: workers are called for shards that nobody
works on, and what workers die of is found.

A worker that dies leaves the shards that it held. One that was left twice is broken into parts, and
those again, until what kills is alone: then that picture is listed as unreadable and the run goes on.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q, Sum
from django.utils import timezone

from labelapp.background import BUSY, WorkState
from ml.runs.models import PredictionRun, Shard, Unreadable
from ml.runs.services import AT_WORK, call, end_if_done, fail, free_shards

DEATHS = 2  # of workers, until a shard is broken up
PARTS = 8
HOPELESS = 12  # deaths before any shard was done: it is not for a picture's sake
NO_USE = (
    f"Workers died at least {HOPELESS} times before any part of it was done, perhaps for want of memory:"
    " the model may be too large for this machine."
)
KILLS = "The worker died each time that it was read or shown to the model."


def sweep_runs() -> None:
    """Look after every run that is at work. Safe to call from several places at once."""
    for run in PredictionRun.objects.filter(state__in=AT_WORK):
        now = timezone.now()
        deadly = list(run.shards.filter(_deadly(now)).values_list("pk", flat=True))
        if deadly and _is_hopeless(run, now):
            fail(run.pk, NO_USE)
            continue
        for shard_id in deadly:
            break_up(run.pk, shard_id, now)
        if free := run.shards.filter(free_shards()).count():
            call(run.pk, free)
        else:
            end_if_done(run.pk)


def _deadly(now: datetime) -> Q:
    return Q(state__in=BUSY, lease_until__lt=now, attempts__gte=DEATHS)


def _is_hopeless(run: PredictionRun, now: datetime) -> bool:
    """A worker that dies leaves all shards that it read ahead, each tried for the first time; what is
    tried again is tried alone. So only tries after a shard's first, but for those under way, are deaths
    of their own: at least so many workers died."""
    if run.shards.filter(state=WorkState.DONE).exists():
        return False
    again = run.shards.filter(attempts__gt=1)
    tries = again.aggregate(n=Sum(F("attempts") - 1))["n"] or 0
    alive = again.filter(state__in=BUSY, lease_until__gte=now).count()
    return bool(run.attempts + tries - alive >= HOPELESS)


@transaction.atomic
def break_up(run_id: UUID, shard_id: UUID, now: datetime) -> None:
    """Cut a shard that workers died of into parts, or list its picture when it is the only one.

    Keeps: each picture of a run is in one shard.
    """
    run = PredictionRun.objects.select_for_update(no_key=True, of=("self",)).get(pk=run_id)
    held = run.shards.filter(_deadly(now), pk=shard_id)
    shard = held.select_for_update(no_key=True, of=("self",)).first()
    if shard is None:
        return
    if len(shard.images) == 1:
        _list_as_unreadable(run, shard)
        return
    last = run.shards.aggregate(n=Max("number"))["n"]
    size = -(-len(shard.images) // PARTS)
    parts = [shard.images[at : at + size] for at in range(0, len(shard.images), size)]
    numbers = [shard.number, *range(last + 1, last + len(parts))]
    # New rows, so that a worker that only seemed dead finds nothing to write to.
    shard.delete()
    Shard.objects.bulk_create(
        Shard(run=run, number=number, images=part, total=len(part))
        for number, part in zip(numbers, parts, strict=True)
    )
    PredictionRun.objects.filter(pk=run.pk).update(attempts=F("attempts") + shard.attempts - 1)


def _list_as_unreadable(run: PredictionRun, shard: Shard) -> None:
    Unreadable.objects.bulk_create(
        [Unreadable(run=run, image_id=shard.images[0], reason=KILLS)], ignore_conflicts=True
    )
    shard.state, shard.done, shard.finished_at = WorkState.DONE, 1, timezone.now()
    shard.lease_until = None
    shard.save(update_fields=["state", "done", "finished_at", "lease_until"])
    PredictionRun.objects.filter(pk=run.pk).update(unreadable=F("unreadable") + 1)
