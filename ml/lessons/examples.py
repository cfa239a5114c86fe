"""The examples of a training run: read for learning, and written with what came of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from labelapp.background import WorkState
from labelapp.catalog.models import Image
from ml.lessons.models import Example, TrainingRun
from ml.registry.models import ModelVersion
from ml.training.split import Part

_WRITE = """
UPDATE lessons_example AS example
SET part = told.part, given = told.given, confidence = told.confidence, before = told.before,
    refusal = told.refusal
FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::float8[], %s::int[], %s::text[])
    AS told (id, part, given, confidence, before, refusal)
WHERE example.id = told.id AND example.run_id = %s
"""
_REFUSE = """
UPDATE lessons_example AS example SET refusal = told.refusal
FROM unnest(%s::bigint[], %s::text[]) AS told (id, refusal)
WHERE example.id = told.id AND example.run_id = %s
"""


@dataclass
class Known:
    """An example as a worker has it; see `models.Example`. `watched`: of those that are learned from, only
    looked at to see when to stop."""

    pk: int
    image: Image
    right: int
    part: Part | None = None
    given: int | None = None
    confidence: float | None = None
    before: int | None = None
    refusal: str = ""
    watched: bool = False


def known_examples(run: TrainingRun) -> list[Known]:
    """Those of pictures that were not erased since, in one order always."""
    rows = run.examples.filter(image__erased_at=None).select_related("image__blob")
    return [Known(one.pk, one.image, one.right) for one in rows.order_by("image")]


def held_by_others(run: TrainingRun) -> dict[UUID, Part]:
    """What finished trainings of the dataset learned from or held out. What was learned from once is never
    held out again, neither what the base learned from, in whatever dataset."""
    done = TrainingRun.objects.filter(dataset=run.dataset_id, state=WorkState.DONE)
    rows = Example.objects.filter(run__in=done).exclude(part="")
    found: dict[UUID, Part] = {}
    for image, part in rows.values_list("image", "part").distinct():
        if found.get(image) is not Part.TRAIN:
            found[image] = Part(part)
    of_base = Image.objects.filter(dataset=run.dataset_id, blob__in=_learned_by(run.base))
    return found | dict.fromkeys(of_base.values_list("pk", flat=True), Part.TRAIN)


def only_in_others(run: TrainingRun) -> list[Image]:
    """Pictures that finished trainings of the dataset learned from or held out and that this run has not
    got: what has a twin among them goes where that went."""
    done = TrainingRun.objects.filter(dataset=run.dataset_id, state=WorkState.DONE)
    rows = Example.objects.filter(run__in=done).exclude(part="")
    found = Image.objects.filter(pk__in=rows.values("image"), erased_at=None)
    left = found.exclude(pk__in=run.examples.values("image"))
    return list(left.select_related("blob").order_by("pk"))


def contents_learned_by(version: ModelVersion) -> set[str]:
    """The contents of the pictures that a version or its base learned from, where they were trained here."""
    return {str(one) for one in _learned_by(version)}


def _learned_by(version: ModelVersion) -> QuerySet[Example, Any]:
    made = [one for one in (version.pk, version.base_id) if one]
    rows = Example.objects.filter(run__made__in=made, part=Part.TRAIN, image__blob__isnull=False)
    return rows.values_list("image__blob", flat=True)


@transaction.atomic
def write_refusals(run: TrainingRun, known: Iterable[Known], refusals: Mapping[UUID, str]) -> None:
    """Write which pictures could not be read, and why, and nothing else.

    Keeps: nothing is written for a run that is no longer this worker's.

    Raises:
        WorkCancelled: it is not.
    """
    run.report()
    rows = [(one.pk, refusals.get(one.image.pk, "")) for one in known]
    with connection.cursor() as cursor:
        cursor.execute(_REFUSE, [[pk for pk, _ in rows], [why for _, why in rows], run.pk])


def write_results(run: TrainingRun, known: Iterable[Known]) -> None:
    """Write what came of the examples; in the transaction that ends the run."""
    rows = list(known)
    columns: list[list[object]] = [
        [one.pk for one in rows],
        [one.part or "" for one in rows],
        [one.given for one in rows],
        [one.confidence for one in rows],
        [one.before for one in rows],
        [one.refusal for one in rows],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [*columns, run.pk])
