"""Outlining as a kind of job: a batch is one picture, and its marks are a document."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from labelapp.accounts.models import User
from labelapp.catalog.models import Label
from qa.jobs.checks import settle_check
from qa.jobs.kinds import ClassForecast, Sample
from qa.jobs.models import Assignment, Batch, Job, Order
from qa.jobs.selectors import classes_of, selection_of
from qa.segmentation import freezing, selectors, services
from qa.segmentation.errors import NoMarks


class Segmentation:
    """Annotators outline each object of the job's classes on a picture."""

    name = selectors.KIND
    judges = False

    def settle(self, job: Job) -> None:
        job.batch_size, job.order, job.plan = 1, Order.RANDOM, {}
        job.allow_new_class = False
        settle_check(job)

    def forecast(self, job: Job) -> list[ClassForecast]:
        return freezing.forecast(job)

    def sample(self, job: Job) -> list[Sample]:
        return freezing.sample(job)

    def masks(self, job: Job) -> int:
        if job.from_job_id:
            return freezing.masks_of(job, job.outcomes).count()
        return selection_of(job).masks()

    def freeze(self, job: Job, report: Callable[[int], None]) -> None:
        freezing.freeze(job)
        report(job.items)

    def judged(self, job: Job, outcomes: Sequence[str]) -> "QuerySet[Label]":
        return Label.objects.none()

    def tiles(self, batch: Batch, *, person_id: UUID) -> list[dict[str, Any]]:
        return selectors.tiles(batch, person_id=person_id)

    def palette(self, job: Job) -> list[dict[str, Any]]:
        return [{"id": one.label_class_id, "name": one.name} for one in classes_of(job)]

    def submit(
        self,
        *,
        person: User,
        assignment_id: UUID,
        verdicts: dict[str, Any],
        key: str,
        active_ms: int,
    ) -> dict[str, Any]:
        if verdicts:
            raise NoMarks(errors={"verdicts": [NoMarks.title]})
        return services.finish_picture(
            person=person, assignment_id=assignment_id, key=key, active_ms=active_ms
        )

    def draft_of_submitted(self, assignment: Assignment) -> dict[str, Any]:
        return {}

    def check_marks(self, batch: Batch, verdicts: dict[str, Any]) -> None:
        if verdicts:
            raise NoMarks(errors={"verdicts": [NoMarks.title]})
