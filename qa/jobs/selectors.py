"""What a person may read of jobs and batches."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from labelapp.accounts.models import User
from labelapp.accounts.roles import Right, Role
from labelapp.catalog.models import LabelClass
from labelapp.catalog.selection import Selection
from labelapp.catalog.selectors import class_by_name_or_id, survivors
from qa.jobs.errors import AssignmentNotFound, JobNotFound
from qa.jobs.models import (
    HAD,
    Assignment,
    AssignmentState,
    Job,
    JobClass,
    JobState,
    Share,
)


def jobs_of(
    person: User,
    *,
    dataset: UUID | None = None,
    kind: str | None = None,
    state: str | None = None,
) -> "QuerySet[Job]":
    """The jobs a person can see: all of them, or for a labeler those of their own teams (and those
    without a team) from their start on."""
    jobs = Job.objects.live().select_related("dataset", "team")
    if dataset:
        jobs = jobs.filter(dataset=dataset)
    if kind:
        jobs = jobs.filter(kind=kind)
    if state:
        jobs = jobs.filter(state=state)
    if person.may(Right.READ_RESULTS):
        return jobs
    teams = person.teams.values("pk")
    return jobs.filter(Q(team=None) | Q(team__in=teams)).exclude(state=JobState.DRAFT)


def job_of(person: User, job_id: UUID) -> Job:
    """Raises JobNotFound, also for jobs the person may not see."""
    job = jobs_of(person).filter(pk=job_id).first()
    if job is None:
        raise JobNotFound
    return job


def check_sees(person: User, job: Job) -> None:
    """Raises JobNotFound when the job is not among `jobs_of(person)`; for one that was read already."""
    if person.may(Right.READ_RESULTS):
        return
    theirs = job.team_id is None or person.teams.filter(pk=job.team_id).exists()
    if job.state == JobState.DRAFT or not theirs:
        raise JobNotFound


def labelers_of(job: Job) -> "QuerySet[User]":
    """The active labelers who see a job: its team, or all."""
    people = User.objects.filter(role=Role.LABELER, is_active=True)
    return people.filter(teams=job.team_id) if job.team_id else people


def classes_of(job: Job) -> "QuerySet[JobClass]":
    """The classes of a started job in dealing order."""
    return JobClass.objects.filter(job=job).order_by("position")


def chosen_classes_of(job: Job) -> list[dict[str, Any]]:
    """The classes that a job was limited to, `id` and `name`, empty for all: what they became while
    it is a draft, with their frozen names afterwards."""
    if not job.label_classes:
        return []
    draft = job.state == JobState.DRAFT
    ids = selection_of(job).label_classes if draft else job.label_classes
    names = dict(LabelClass.objects.filter(pk__in=ids).values_list("pk", "name"))
    if not draft:
        names |= dict(classes_of(job).values_list("label_class", "name"))
    return [{"id": pk, "name": names[pk]} for pk in ids]


def classes_by_name_or_id(job: Job, texts: Iterable[str]) -> list[UUID]:
    """The classes of a job with these ids or frozen names; else those of its dataset, where one that
    was merged leads to the class that it became.

    Raises:
        UnknownClass: the dataset has none of that id or name.
    """
    frozen = classes_of(job).values_list("name", "label_class")
    known = {str(pk): pk for _, pk in frozen} | dict(frozen)
    return [known.get(text) or class_by_name_or_id(job.dataset, text).pk for text in texts]


def share_of(person: User, job: Job) -> Share:
    """What the person has done in the job; unsaved and empty when nothing yet."""
    return Share.objects.filter(job=job, person=person).first() or Share(job=job, person=person)


def assignments_of(
    person: User, *, job_id: UUID | None = None, mine: bool = False, state: str | None = None
) -> "QuerySet[Assignment]":
    """Assignments: a labeler's own; everybody's for those who may read results."""
    found = Assignment.objects.filter(job__deleted_at=None).select_related(
        "batch", "batch__label_class", "person", "job"
    )
    if mine or not person.may(Right.READ_RESULTS):
        found = found.filter(person=person)
    if job_id:
        found = found.filter(job=job_id)
    if state:
        found = found.filter(state=state)
    return found


def assignment_of(person: User, assignment_id: UUID) -> Assignment:
    """Raises AssignmentNotFound, also for somebody else's unless the person may read results."""
    found = assignments_of(person).filter(pk=assignment_id).first()
    if found is None:
        raise AssignmentNotFound
    return found


def own_assignment_of(person: User, assignment_id: UUID) -> Assignment:
    """Raises AssignmentNotFound for anybody else's."""
    found = assignments_of(person, mine=True).filter(pk=assignment_id).first()
    if found is None:
        raise AssignmentNotFound
    return found


def selection_of(job: Job) -> Selection:
    """The labels that a job asks for; classes that were merged since, by what they became."""
    return Selection(
        dataset=job.dataset_id,
        source=job.source,
        label_classes=tuple(dict.fromkeys(survivors(job.label_classes).values())),
        min_confidence=job.min_confidence,
        max_confidence=job.max_confidence,
        with_mask=job.with_mask,
        changed_since=job.changed_since,
        crossed=job.crossed,
    )


def holders_for(person: User, job: Job) -> list[dict[str, Any]]:
    """Who holds batches that this person may take over when they return: `name` and `batches`, the
    first ten by number."""
    mine = Assignment.objects.filter(batch=OuterRef("batch"), person=person, state__in=HAD)
    held = Assignment.objects.filter(~Exists(mine), job=job, state=AssignmentState.DEALT)
    people = held.values("person", "person__name", "person__username").annotate(n=Count("pk"))
    return [
        {"name": one["person__name"] or one["person__username"], "batches": one["n"]}
        for one in people.order_by("-n", "person__username")[:10]
    ]


@lru_cache(maxsize=10_000)
def class_name(job_id: UUID, label_class_id: UUID) -> str:
    """The name of a class as it was frozen in the job; it never changes again."""
    names = JobClass.objects.filter(job=job_id, label_class=label_class_id)
    return names.values_list("name", flat=True).get()


def usual_pace(kind: str, jobs: int = 20) -> float | None:
    """Median active seconds for a picture over the latest submitted batches of jobs of a kind; None
    without any."""
    sent = Assignment.objects.filter(state=AssignmentState.SUBMITTED, active_ms__gt=0)
    recent = (
        sent.filter(job__kind=kind)
        .order_by("-submitted_at")
        .values_list("active_ms", "batch__items")[: 50 * jobs]
    )
    paces = sorted(ms / 1000 / items for ms, items in recent if items)
    return round(paces[len(paces) // 2], 2) if paces else None
