"""Prediction runs as people may see them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from labelapp.background import ENDED
from labelapp.catalog.models import Dataset
from labelapp.catalog.selectors import class_by_name_or_id
from ml.runs.errors import RunNotFound
from ml.runs.models import PredictionRun, Shard, Unreadable

MOST_SHARDS = 400


def runs(dataset_id: UUID | None = None, version_id: UUID | None = None) -> QuerySet[PredictionRun]:
    """Those whose dataset is not in the bin; `shards_done` are the pictures dealt with so far."""
    done = (
        Shard.objects.filter(run=OuterRef("pk")).values("run").annotate(n=Sum("done")).values("n")
    )
    found = PredictionRun.objects.filter(dataset__deleted_at=None)
    if dataset_id is not None:
        found = found.filter(dataset=dataset_id)
    if version_id is not None:
        found = found.filter(model_version=version_id)
    return found.select_related("dataset", "model_version", "requested_by").annotate(
        shards_done=Coalesce(Subquery(done), 0)
    )


def run_by_id(run_id: UUID) -> PredictionRun:
    """Raises RunNotFound."""
    found = runs().filter(pk=run_id).first()
    if found is None:
        raise RunNotFound
    return found


def shard_facts(run: PredictionRun) -> dict[str, Any]:
    """How many shards there are, by state, how many were begun anew, and the first of them one by one."""
    counts = run.shards.aggregate(
        total=Count("pk"),
        ended=Count("pk", filter=Q(state__in=ENDED)),
        restarted=Count("pk", filter=Q(attempts__gt=1)),
    )
    first = run.shards.order_by("number").values("number", "state", "done", "total", "attempts")
    return {**counts, "first": list(first[:MOST_SHARDS])}


def unreadable_of(run: PredictionRun) -> QuerySet[Unreadable]:
    return run.unreadable_pictures.select_related("image")


def selection_of(dataset: Dataset, only: Mapping[str, Any]) -> dict[str, Any]:
    """A person's `only` in the one way that it is kept: classes by id and in order, empty parts left out.

    Raises:
        UnknownClass
    """
    classes = {str(class_by_name_or_id(dataset, one).pk) for one in only.get("label_classes", ())}
    given = {**only, "label_classes": sorted(classes)}
    return {name: one for name, one in sorted(given.items()) if one not in ("", [])}
