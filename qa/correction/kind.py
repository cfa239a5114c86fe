"""Correcting classes as a kind of job: a batch holds labels of one class that a check found wrong."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from labelapp.accounts.models import User
from labelapp.api.errors import Invalid
from labelapp.catalog.models import Label
from qa.correction import freezing, selectors, services
from qa.correction.choices import read_choices
from qa.correction.errors import NoCheck
from qa.jobs.checks import settle_check
from qa.jobs.errors import ForeignItems
from qa.jobs.kinds import ClassForecast, Sample
from qa.jobs.models import Assignment, Batch, Job, Order, StartAs


class Correction:
    """One person says of each item what its class should be."""

    name = selectors.KIND
    judges = False

    def settle(self, job: Job) -> None:
        job.reviewers_per_item, job.order, job.plan = 1, Order.RANDOM, {}
        job.start_as = StartAs.NONE
        if job.from_job is None:
            raise NoCheck(errors={"from_job": [NoCheck.title]})
        settle_check(job)

    def forecast(self, job: Job) -> list[ClassForecast]:
        return freezing.forecast(job)

    def sample(self, job: Job) -> list[Sample]:
        return freezing.sample(job)

    def masks(self, job: Job) -> int:
        return freezing.wrong_labels(job).filter(region__has_key="mask").count()

    def freeze(self, job: Job, report: Callable[[int], None]) -> None:
        freezing.freeze(job)
        report(job.items)

    def judged(self, job: Job, outcomes: Sequence[str]) -> "QuerySet[Label]":
        return Label.objects.none()

    def tiles(self, batch: Batch, *, person_id: UUID) -> list[dict[str, Any]]:
        return selectors.tiles(batch, person_id=person_id)

    def palette(self, job: Job) -> list[dict[str, Any]]:
        return selectors.palette(job)

    def submit(
        self,
        *,
        person: User,
        assignment_id: UUID,
        verdicts: dict[str, Any],
        key: str,
        active_ms: int,
    ) -> dict[str, Any]:
        return services.submit(
            person=person,
            assignment_id=assignment_id,
            verdicts=verdicts,
            key=key,
            active_ms=active_ms,
        )

    def draft_of_submitted(self, assignment: Assignment) -> dict[str, Any]:
        return selectors.answers_of(assignment)

    def check_marks(self, batch: Batch, verdicts: dict[str, Any]) -> None:
        if foreign := sorted(verdicts.keys() - selectors.item_ids(batch)):
            raise ForeignItems(errors={pk: [ForeignItems.title] for pk in foreign})
        if errors := read_choices(verdicts)[1]:
            raise Invalid("Some answers cannot be read; nothing was saved.", errors=errors)
