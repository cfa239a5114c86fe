"""Prediction runs as people may see them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from numpy.typing import NDArray

from labelapp.background import ENDED
from labelapp.catalog.models import Dataset
from labelapp.catalog.selectors import class_by_name_or_id
from ml.runs.errors import RunNotFound
from ml.runs.models import Features, PredictionRun, Shard, Unreadable

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


def most_seen_by(dataset_id: UUID) -> UUID | None:
    """The version that has seen most pictures of a dataset; None where none has seen any."""
    rows = Features.objects.filter(image__dataset=dataset_id).values("model_version")
    found = rows.annotate(n=Count("pk")).order_by("-n", "model_version").first()
    return found["model_version"] if found else None


def features_of(
    seen_by: UUID, images: Sequence[UUID] | QuerySet[Any, Any]
) -> dict[UUID, NDArray[np.float16]]:
    """What is kept of these pictures, by their ids or a query for them, as this version saw them."""
    rows = Features.objects.filter(model_version=seen_by, image__in=images)
    return {
        image: np.frombuffer(vector, "<f2")
        for image, vector in rows.values_list("image", "vector").iterator()
    }
