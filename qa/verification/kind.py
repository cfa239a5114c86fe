"""Verification as a kind of job: what its batches hold."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from labelapp.accounts.models import User
from labelapp.api.errors import Invalid
from labelapp.catalog.models import Label
from qa.jobs.errors import CannotCorrect, ForeignItems
from qa.jobs.kinds import ClassForecast, Sample
from qa.jobs.models import Assignment, Batch, Job
from qa.verification import choosing, freezing, selectors, services
from qa.verification.chosen import chosen_by
from qa.verification.judgements import read_judgements


class Verification:
    """Reviewers say of each item of a batch whether its label is right."""

    name = "verification"
    judges = True

    def settle(self, job: Job) -> None:
        """All is open to choice, but for what corrections alone have.

        Raises:
            CannotCorrect, NotSeen
        """
        if job.from_job_id:
            raise CannotCorrect(
                "Classes are corrected by kind “correction”, masks by kind “segmentation”."
            )
        choosing.check(job)
        job.outcomes, job.allow_new_class = [], False

    def forecast(self, job: Job) -> list[ClassForecast]:
        return freezing.forecast(job)

    def sample(self, job: Job) -> list[Sample]:
        return freezing.sample(job)

    def masks(self, job: Job) -> int:
        return chosen_by(job).masks()

    def freeze(self, job: Job, report: Callable[[int], None]) -> None:
        freezing.freeze(job, report)

    def judged(self, job: Job, outcomes: Sequence[str]) -> "QuerySet[Label]":
        return selectors.judged(job, outcomes)

    def tiles(self, batch: Batch, *, person_id: UUID) -> list[dict[str, Any]]:
        return selectors.tiles(batch, person_id=person_id)

    def palette(self, job: Job) -> list[dict[str, Any]]:
        return []

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
        return selectors.verdicts_of(assignment)

    def check_marks(self, batch: Batch, verdicts: dict[str, Any]) -> None:
        if foreign := sorted(verdicts.keys() - selectors.item_ids(batch)):
            raise ForeignItems(errors={pk: [ForeignItems.title] for pk in foreign})
        if errors := read_judgements(verdicts)[1]:
            raise Invalid("Some marks cannot be read; nothing was saved.", errors=errors)
