"""What a reviewer finds at home: their open batch, their jobs, what they sent, their own figures.

Only ever one's own: nobody is shown another person's pace or counts here.
"""

from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from labelapp.accounts.models import User
from labelapp.accounts.roles import Role
from qa.jobs.kinds import kind_of
from qa.jobs.models import HAD, Assignment, AssignmentState, Batch, JobState, Share
from qa.jobs.selectors import assignments_of, jobs_of
from qa.verification.models import Verdict
from qa.verification.values import Value

FIRST_TILES = 7
LATEST_SENT = 5


def own_work(person: User, zone: ZoneInfo) -> dict[str, Any]:
    """The whole home of a reviewer in one answer; days are those of `zone`."""
    mine = assignments_of(person, mine=True)
    sent = mine.filter(state=AssignmentState.SUBMITTED)
    monday = _monday(zone)
    this_week = sent.filter(submitted_at__gte=datetime.combine(monday, datetime.min.time(), zone))
    return {
        "week": _week(this_week, monday, zone),
        "seconds_per_batch": _usual_seconds(this_week),
        "open": _open(person, mine),
        "jobs": _jobs(person),
        "sent": _sent(sent),
        "admins": _admins(),
    }


def _monday(zone: ZoneInfo) -> date:
    today = datetime.now(zone).date()
    return today - timedelta(days=today.weekday())


def _week(sent: "QuerySet[Assignment]", monday: date, zone: ZoneInfo) -> list[dict[str, Any]]:
    """Items judged on each day from Monday to Sunday; a day without work has 0."""
    by_day: dict[date, int] = dict(
        sent.annotate(day=TruncDate("submitted_at", tzinfo=zone))
        .values_list("day")
        .annotate(items=Sum("batch__items"))
    )
    days = [monday + timedelta(days=number) for number in range(7)]
    return [{"day": day, "items": by_day.get(day, 0)} for day in days]


def _usual_seconds(sent: "QuerySet[Assignment]") -> float | None:
    """Median active seconds of a batch; None without a measured one."""
    times = list(sent.filter(active_ms__gt=0).values_list("active_ms", flat=True)[:5000])
    return round(median(times) / 1000, 1) if times else None


def _open(person: User, mine: "QuerySet[Assignment]") -> dict[str, Any] | None:
    """The batch in hand that was worked on last, with its first pictures; None without any."""
    held = (
        mine.filter(
            state=AssignmentState.DEALT,
            job__state=JobState.RUNNING,
            lease_expires_at__gt=datetime.now(UTC),
        )
        .order_by("dealt_at")
        .first()
    )
    if held is None:
        return None
    return {
        "job": {"id": held.job_id, "name": held.job.name},
        "label_class": {"id": held.batch.label_class_id, "name": held.batch.label_class.name},
        "batch_number": held.batch.number,
        "batches": held.job.batches,
        "items": held.batch.items,
        "marks": len(held.draft or {}),
        "saved_at": held.draft_saved_at,
        "tiles": kind_of(held.job).tiles(held.batch, person_id=person.pk)[:FIRST_TILES],
    }


def _jobs(person: User) -> list[dict[str, Any]]:
    """The open jobs of a person's teams; `available` says whether a batch is there for them now."""
    own = Assignment.objects.filter(batch=OuterRef("pk"), person=person, state__in=HAD)
    free = Batch.objects.filter(job=OuterRef("pk"), places__gt=0).exclude(Exists(own))
    held = Assignment.objects.filter(job=OuterRef("pk"), person=person, state=AssignmentState.DEALT)
    jobs = (
        jobs_of(person)
        .filter(state__in=[JobState.RUNNING, JobState.PAUSED])
        .annotate(is_free=Exists(free), is_held=Exists(held))
        .order_by("state", "-started_at", "pk")
    )
    shares = {share.job_id: share for share in Share.objects.filter(person=person, job__in=jobs)}
    return [_job(job, shares.get(job.pk)) for job in jobs]


def _job(job: Any, share: Share | None) -> dict[str, Any]:
    return {
        "id": job.pk,
        "name": job.name,
        "kind": job.kind,
        "state": job.state,
        "batches": job.batches,
        "batch_size": job.batch_size,
        "batches_sent": share.batches_submitted if share else 0,
        "judged": share.items_judged if share else 0,
        "available": job.state == JobState.RUNNING and (job.is_free or job.is_held),
        "started": share is not None and (share.batches_submitted > 0 or job.is_held),
    }


def _sent(sent: "QuerySet[Assignment]") -> list[dict[str, Any]]:
    """The latest batches sent, with what was marked; open again until their job closes."""
    latest = list(sent.order_by("-submitted_at")[:LATEST_SENT])
    marks: dict[Any, Any] = {
        row["assignment"]: row
        for row in Verdict.objects.filter(assignment__in=latest)
        .values("assignment")
        .annotate(
            wrong=Count("pk", filter=Q(value=Value.DISCONFIRM)),
            unsure=Count("pk", filter=Q(value=Value.UNSURE)),
        )
    }
    return [
        {
            "id": one.pk,
            "job": {"id": one.job_id, "name": one.job.name},
            "label_class": {"id": one.batch.label_class_id, "name": one.batch.label_class.name},
            "batch_number": one.batch.number,
            "submitted_at": one.submitted_at,
            "wrong": marks.get(one.pk, {}).get("wrong", 0),
            "unsure": marks.get(one.pk, {}).get("unsure", 0),
            "can_reopen": one.job.state == JobState.RUNNING,
        }
        for one in latest
    ]


def _admins() -> list[str]:
    """Whom to ask for work, by name."""
    admins = User.objects.filter(role=Role.ADMIN, is_active=True).order_by("username")
    return [admin.display_name for admin in admins[:3]]
