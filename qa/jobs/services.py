"""What changes jobs and the batches in people's hands."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from labelapp.accounts.audit import record
from labelapp.accounts.models import User
from labelapp.accounts.roles import Right
from labelapp.accounts.services import team_of
from labelapp.background import WorkCancelled, WorkState, ring
from labelapp.catalog.selectors import survivors
from qa.jobs import leases, locks
from qa.jobs.errors import (
    AssignmentNotFound,
    CertifyLater,
    ChangedOfWhat,
    JobNotRunning,
    JobRunning,
    NameDiffers,
    NoItems,
    NotHeld,
    NotSubmitted,
    TooFewReviewers,
    WrongState,
)
from qa.jobs.kinds import kind_of
from qa.jobs.models import (
    BY_FEATURES,
    Assignment,
    AssignmentState,
    Job,
    JobStart,
    JobState,
    Order,
)
from qa.jobs.selectors import labelers_of
from qa.jobs.tasks import freeze_job

# Above this a job is frozen by a worker, with progress; below it while the admin waits.
FREEZE_AT_ONCE = 20_000
CLASSES_AT_ONCE = 5  # whose pictures' features are read, whatever the cap
PLAN = {
    "error_ratio": "1:10",
    "confidence": 0.95,
    "grid": [0.95, 0.9, 0.85, 0.8],
    "start": "auto",
    "review_budget": None,
    "seeds_per_batch": 0,
}
OPEN_FIELDS = frozenset({"name", "team", "instructions", "examples", "lease_minutes"})


def draft_job(*, person: User | None, certify: bool = False, **fields: Any) -> Job:
    """An unsaved job with the plan of DESIGN 2 filled in; what a preview forecasts.

    Raises:
        CertifyLater: a certifying job was asked for. ChangedOfWhat
    """
    if certify:
        raise CertifyLater(errors={"certify": [CertifyLater.title]})
    plan = {**PLAN, **(fields.pop("plan", None) or {})}
    job = Job(created_by=person, plan=plan, **fields)
    _settle(job)
    return job


def _settle(job: Job) -> None:
    """Check and complete a job that is about to be saved.

    Raises:
        ChangedOfWhat, and what its kind refuses.
    """
    named = bool(job.changed_since)
    if (named and job.source in {"", job.changed_since}) or (job.crossed is not None and not named):
        raise ChangedOfWhat
    if job.order != Order.RANDOM:
        job.plan = {}
    job.unjudged &= kind_of(job).judges
    kind_of(job).settle(job)


@transaction.atomic
def create_job(*, person: User | None, certify: bool = False, **fields: Any) -> Job:
    """Save a draft job. Nothing is frozen before it starts.

    `people` instead of `team`: the team of exactly these, made where there is none.

    Raises:
        CertifyLater, NotLabelers
    """
    job = draft_job(person=person, certify=certify, **_with_team(person, fields))
    job.save()
    record(person, "job.create", job.name, job=str(job.pk))
    return job


@transaction.atomic
def change_job(*, person: User, job_id: UUID, **fields: Any) -> Job:
    """Change a job: anything while it is a draft, later only what is not frozen (`OPEN_FIELDS`).

    Raises:
        WrongState: a frozen field of a started job. ChangedOfWhat, JobNotFound, NotLabelers
    """
    job = locks.job_alone(job_id)
    fields = _with_team(person, fields)
    frozen = sorted(set(fields) - OPEN_FIELDS)
    if frozen and job.state != JobState.DRAFT:
        raise WrongState(
            f"Frozen since the start: {', '.join(frozen)}. Make a new job instead.",
            errors={name: ["Frozen since the start."] for name in frozen},
        )
    for name, value in fields.items():
        setattr(job, name, value)
    if job.state == JobState.DRAFT:  # later, what it rests on may be gone
        _settle(job)
    job.save()
    record(person, "job.change", job.name, job=str(job.pk), fields=sorted(fields))
    return job


def _with_team(person: User | None, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with the team that picked people make; without any picked, as they are."""
    people = fields.pop("people", None)
    if person is None or not people:
        return fields
    return {**fields, "team": team_of(person=person, people=people)}


@transaction.atomic
def start_job(*, person: User | None, job_id: UUID, force: bool = False) -> Job:
    """Start a draft job (freeze its selection), or go on with a paused one.

    A job of more than 20,000 items is frozen by a worker and answers `starting` until then; so is one of
    several classes that goes by what a network saw.

    Raises:
        WrongState: it is closed or on its way. NoItems: its selection is empty.
        TooFewReviewers: the team is smaller than the reviewers wanted, without `force`.
    """
    job = locks.job_alone(job_id)
    if job.state == JobState.PAUSED:
        return _into(job, JobState.RUNNING, person, "job.resume")
    if job.state != JobState.DRAFT:
        raise WrongState(f"This job is {job.state}; only a draft can be started.")
    forecast = kind_of(job).forecast(job)
    items = sum(one.items for one in forecast)
    if not items:
        raise NoItems
    if not force:
        _check_reviewers(job)
    _follow_merges(job)
    start = JobStart.objects.create(job=job, requested_by=person, total=items)
    many_seen = job.order in BY_FEATURES and len(forecast) > CLASSES_AT_ONCE
    if items > FREEZE_AT_ONCE or many_seen:
        ring(freeze_job, start.pk)
        return _into(job, JobState.STARTING, person, "job.start")
    job = _into(job, JobState.STARTING, person, "job.start")
    kind_of(job).freeze(job, lambda _: None)
    JobStart.objects.filter(pk=start.pk).update(state=WorkState.DONE, done=items)
    return _running_from_now(job)


def _check_reviewers(job: Job) -> None:
    there = labelers_of(job).count()
    if there < job.reviewers_per_item:
        raise TooFewReviewers(
            f"Each picture wants {job.reviewers_per_item} reviewers; {there} active labelers can "
            "see this job. Add people, or start it all the same."
        )


def _follow_merges(job: Job) -> None:
    """Name the classes as they are now: one chosen for the draft may have been merged since."""
    shown_for = [UUID(one["label_class"]) for one in job.examples if one.get("label_class")]
    became = survivors([*job.label_classes, *shown_for])
    job.label_classes = list(dict.fromkeys(became[pk] for pk in job.label_classes))
    for example in job.examples:
        if example.get("label_class"):
            example["label_class"] = str(became[UUID(example["label_class"])])
    job.save(update_fields=["label_classes", "examples"])


def _running_from_now(job: Job) -> Job:
    job.state = JobState.RUNNING
    job.started_at = timezone.now()
    job.save(update_fields=["state", "started_at"])
    return job


def _into(job: Job, state: JobState, person: User | None, action: str) -> Job:
    job.state = state
    job.state_changed_at = timezone.now()
    job.state_changed_by = person
    job.save(update_fields=["state", "state_changed_at", "state_changed_by"])
    record(person, action, job.name, job=str(job.pk))
    return job


def run_start(start_id: UUID) -> None:
    """Freeze a job in a worker, class by class; a worker that died is followed by another."""
    start = JobStart.objects.select_related("job").get(pk=start_id)
    if not start.claim():
        return
    try:
        with start.kept_alive():
            kind_of(start.job).freeze(start.job, lambda done: start.report(done=done))
        with transaction.atomic():
            job = locks.job_alone(start.job_id)
            start.finish(WorkState.DONE, done=start.total or 0)
            _running_from_now(job)
    except WorkCancelled:
        return


@transaction.atomic
def pause_job(*, person: User, job_id: UUID) -> Job:
    """Deal nothing new; batches in people's hands can still be submitted."""
    job = locks.job_alone(job_id)
    if job.state != JobState.RUNNING:
        raise WrongState(f"This job is {job.state}; only a running one can be paused.")
    return _into(job, JobState.PAUSED, person, "job.pause")


@transaction.atomic
def close_job(*, person: User, job_id: UUID) -> Job:
    """End the work. Marks that come later are kept as drafts and wait for a reopening."""
    job = locks.job_alone(job_id)
    if job.state not in {JobState.RUNNING, JobState.PAUSED}:
        raise WrongState(f"This job is {job.state}; only a started one can be closed.")
    return _into(job, JobState.CLOSED, person, "job.close")


@transaction.atomic
def reopen_job(*, person: User, job_id: UUID) -> Job:
    """Go on with a closed job: the batches that were in people's hands are in them again."""
    job = locks.job_alone(job_id)
    if job.state != JobState.CLOSED:
        raise WrongState(f"This job is {job.state}; only a closed one can be reopened.")
    leases.extend_all(job, timezone.now())
    return _into(job, JobState.RUNNING, person, "job.reopen")


@transaction.atomic
def delete_job(*, person: User, job_id: UUID, name: str) -> None:
    """Put a job into the bin for 30 days; its name guards against a slip.

    Raises:
        JobRunning: close it first. NameDiffers: the name typed is another.
    """
    job = locks.job_alone(job_id)
    if job.state in {JobState.STARTING, JobState.RUNNING, JobState.PAUSED}:
        raise JobRunning
    if name != job.name:
        raise NameDiffers(errors={"name": [NameDiffers.title]})
    job.deleted_at, job.deleted_by = timezone.now(), person
    job.save(update_fields=["deleted_at", "deleted_by"])
    record(person, "job.delete", job.name, job=str(job.pk))


@transaction.atomic
def release(*, person: User, assignment_id: UUID) -> Assignment:
    """Give a batch back: the holder their own, an admin anybody's. The marks stay as a draft.

    Raises:
        AssignmentNotFound: not one's own. NotHeld: submitted or ended already.
    """
    held = locks.assignment(assignment_id)
    if held.person_id != person.pk and not person.may(Right.MANAGE_JOBS):
        raise AssignmentNotFound
    if held.state != AssignmentState.DEALT:
        raise NotHeld
    leases.end_assignments([held.pk], state=AssignmentState.RELEASED)
    if held.person_id != person.pk:
        record(person, "assignment.take_back", f"batch {held.batch.number} of {held.job.name}")
    held.refresh_from_db(fields=["state"])
    return held


def release_all_of(person: User) -> None:
    """Return the leases of somebody who was deactivated."""
    held = Assignment.objects.filter(person=person, state=AssignmentState.DEALT)
    for assignment_id in list(held.values_list("pk", flat=True)):
        release(person=person, assignment_id=assignment_id)


@transaction.atomic
def reopen_batch(*, person: User, assignment_id: UUID) -> Assignment:
    """Open one's own submitted batch again. Its verdicts count on until the new submit replaces them.

    Raises:
        AssignmentNotFound: not one's own. NotSubmitted. JobNotRunning: the job does not run now.
    """
    job_id = (
        Assignment.objects.filter(pk=assignment_id, person=person).values_list("job_id").first()
    )
    if job_id is None:
        raise AssignmentNotFound
    job = locks.job_shared(job_id[0])
    sent = locks.assignment(assignment_id)
    if sent.state != AssignmentState.SUBMITTED:
        raise NotSubmitted
    if job.state != JobState.RUNNING:
        raise JobNotRunning(f"This job is {job.state}; batches can be reopened while it runs.")
    if sent.reopened_at is None:
        sent.reopened_at = sent.draft_saved_at = timezone.now()
        sent.draft = kind_of(job).draft_of_submitted(sent)
        sent.draft_revision += 1
        sent.save(update_fields=["reopened_at", "draft", "draft_revision", "draft_saved_at"])
    return sent


def heartbeat(*, person: User, ids: list[UUID]) -> list[Assignment]:
    """Renew the person's leases in the jobs of these assignments; the assignments as they are now."""
    leases.renew_several(person=person, ids=ids, now=timezone.now())
    return list(Assignment.objects.filter(pk__in=ids, person=person).order_by("pk"))
