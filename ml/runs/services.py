"""What starts, cancels and ends prediction runs. What a worker does is in `predicting.py`."""

import math
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError

from labelapp.accounts.audit import record
from labelapp.accounts.models import User
from labelapp.background import BUSY, ENDED, WorkState
from labelapp.catalog import arrivals
from labelapp.catalog.models import Dataset, Image
from labelapp.catalog.selection import Selection
from ml.registry.models import ModelVersion
from ml.runs.errors import NothingToPredict, RunAtWork, RunEnded
from ml.runs.models import Features, PredictionRun, Unreadable
from ml.runs.tasks import predict

LARGEST_SHARD, SMALLEST_SHARD, SHARDS_WANTED = 256, 32, 32
MOST_BELLS = 8  # workers called at once
BELL_SECONDS = 30  # a call that nobody heard for so long is no longer meant
AT_WORK = (WorkState.QUEUED, *BUSY)
_CUT = """
INSERT INTO runs_shard (id, run_id, number, images, state, done, total, message, attempts, created_at)
SELECT gen_random_uuid(), %s, n / %s, array_agg(image ORDER BY n), 'queued', 0, count(*), '', 0, now()
FROM (SELECT image, row_number() OVER (ORDER BY image) - 1 AS n FROM ({images}) AS chosen (image)) AS one
GROUP BY n / %s
"""


def pictures_of(dataset: Dataset, only: Mapping[str, Any]) -> QuerySet[Image]:
    """Those that a run over `only` is about; erased ones are not."""
    found = Image.objects.filter(dataset=dataset, erased_at=None)
    if not only:
        return found
    given = {**only, "label_classes": tuple(map(UUID, only.get("label_classes", ())))}
    labels = Selection(dataset=dataset.pk, **given).labels()
    return found.filter(pk__in=labels.values("image"))


def start(
    *,
    person: User,
    dataset: Dataset,
    model_version: ModelVersion,
    only: Mapping[str, Any],
    min_confidence: float | None = None,
    top_k: int = 1,
) -> PredictionRun:
    """Freeze the pictures into shards and call workers.

    Keeps: one run at work for a (dataset, model, selection).

    Raises:
        NothingToPredict: no picture matches.
        RunAtWork: with the `run` that is.
    """
    given = PredictionRun(
        dataset=dataset,
        model_version=model_version,
        only=dict(only),
        min_confidence=min_confidence,
        top_k=top_k,
        requested_by=person,
    )
    try:
        return _cut(given)
    except IntegrityError as error:
        same = {"dataset": dataset, "model_version": model_version, "only": given.only}
        other = PredictionRun.objects.filter(**same, state__in=AT_WORK).first()
        raise RunAtWork(run=str(other.pk) if other else None) from error


@transaction.atomic
def _cut(run: PredictionRun) -> PredictionRun:
    images = pictures_of(run.dataset, run.only)
    run.total = images.count()
    if not run.total:
        raise NothingToPredict
    run.save(force_insert=True)
    size = min(LARGEST_SHARD, max(SMALLEST_SHARD, math.ceil(run.total / SHARDS_WANTED)))
    chosen, values = images.values_list("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_CUT.format(images=chosen), [run.pk, size, *values, size])
    subject = f"{run.model_version} over {run.dataset.name}"
    record(run.requested_by, "prediction_run.start", subject, run=str(run.pk), images=run.total)
    transaction.on_commit(partial(call, run.pk, math.ceil(run.total / size)), robust=True)
    return run


def call(run_id: UUID, shards: int) -> None:
    """Call as many workers as could have one of these shards; while the broker is away, nobody: the
    sweep calls again."""
    with suppress(OperationalError):
        for _ in range(min(shards, MOST_BELLS)):
            predict.apply_async((str(run_id),), expires=BELL_SECONDS)


@transaction.atomic
def cancel(*, person: User, run: PredictionRun) -> PredictionRun:
    """Stop a run; the labels that it has made stay.

    Raises:
        RunEnded
    """
    if not run.cancel():
        raise RunEnded
    drop_shards(run)
    record(person, "prediction_run.cancel", run.dataset.name, run=str(run.pk))
    return run


def drop_shards(run: PredictionRun) -> None:
    """Take the shards that have not ended back; whoever works on one finds it gone."""
    now = timezone.now()
    run.shards.exclude(state__in=ENDED).update(
        state=WorkState.CANCELLED, finished_at=now, lease_until=None
    )


def free_shards() -> Q:
    """Those that nobody works on: waiting, or left by a worker that says nothing any more."""
    return Q(state=WorkState.QUEUED) | Q(state__in=BUSY, lease_until__lt=timezone.now())


@transaction.atomic
def end_if_done(run_id: UUID) -> None:
    """End a run whose last shard has ended. The shards' writers take turns at its row."""
    run = PredictionRun.objects.select_for_update(no_key=True, of=("self",)).get(pk=run_id)
    if run.state in ENDED or run.shards.exclude(state__in=ENDED).exists():
        return
    run.state, run.done, run.finished_at = WorkState.DONE, run.total or 0, timezone.now()
    run.save(update_fields=["state", "done", "finished_at"])
    arrivals.tell(run.dataset_id)


@transaction.atomic
def fail(run_id: UUID, message: str) -> None:
    """End a run that cannot go on, such as one whose model's files are gone."""
    run = PredictionRun.objects.select_for_update(no_key=True, of=("self",)).get(pk=run_id)
    if run.state in ENDED:
        return
    run.state, run.message, run.finished_at = WorkState.FAILED, message, timezone.now()
    run.save(update_fields=["state", "message", "finished_at"])
    drop_shards(run)


def forget_features(image_id: UUID) -> None:
    """Remove what models saw in a picture."""
    Features.objects.filter(image=image_id).delete()


class RunsOfDataset:
    """Prediction runs as seen by a dataset that wants to go."""

    def holding(self, dataset_id: UUID) -> list[str]:
        at_work = PredictionRun.objects.filter(dataset=dataset_id, state__in=AT_WORK)
        return [f"the predictions of “{run.model_version}”" for run in at_work]

    def remove(self, dataset_id: UUID) -> None:
        Features.objects.filter(image__dataset=dataset_id).delete()
        Unreadable.objects.filter(run__dataset=dataset_id).delete()
        PredictionRun.objects.filter(dataset=dataset_id).delete()
