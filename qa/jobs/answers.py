"""Jobs and claims as the API answers them."""

from datetime import UTC, datetime
from typing import Any

from labelapp.accounts.models import User
from labelapp.catalog.selectors import close_up_of
from labelapp.catalog.storage import thumb_url
from qa.jobs import selectors
from qa.jobs.dealing import Claim, Reason
from qa.jobs.drafts import draft_answer
from qa.jobs.guides import examples_for, instructions_html
from qa.jobs.kinds import ClassForecast, kind_of
from qa.jobs.models import Assignment, Job, JobStart, JobState
from qa.jobs.serializers import JobOut


def _by_class(classes: list[ClassForecast]) -> list[dict[str, Any]]:
    return [
        {
            "label_class": {"id": one.label_class, "name": one.name},
            "items": one.items,
            "batches": one.batches,
        }
        for one in classes
    ]


def job_answer(job: Job) -> dict[str, Any]:
    """A job with its classes: a forecast while it is a draft, what was frozen afterwards."""
    classes = (
        kind_of(job).forecast(job)
        if job.state == JobState.DRAFT
        else [
            ClassForecast(one.label_class_id, one.name, one.items, one.batches)
            for one in selectors.classes_of(job)
        ]
    )
    start = JobStart.objects.filter(job=job).first() if job.state == JobState.STARTING else None
    job.items = sum(one.items for one in classes)
    job.batches = sum(one.batches for one in classes)
    extra = {
        "by_class": _by_class(classes),
        "chosen_classes": selectors.chosen_classes_of(job),
        "from_job_name": job.from_job.name if job.from_job else None,
        "team_name": job.team.name if job.team else None,
        "dataset_name": job.dataset.name,
        "instructions_html": instructions_html(job.instructions),
        "starting": start.progress() if start else None,
    }
    for name, value in extra.items():
        setattr(job, name, value)
    return dict(JobOut(job).data)


def preview_answer(person: User, job: Job) -> dict[str, Any]:
    """What an unsaved job would make, with some of it as it might look."""
    kind = kind_of(job)
    classes = kind.forecast(job)
    items = sum(one.items for one in classes)
    now = datetime.now(UTC)
    return {
        "items": items,
        "batches": sum(one.batches for one in classes),
        "looks": items * job.reviewers_per_item,
        "masks": kind.masks(job),
        "seconds_per_item": selectors.usual_pace(job.kind),
        "by_class": _by_class(classes),
        "sample": [
            {
                "image": image.pk,
                "label_class": label
                and {"id": label.label_class_id, "name": label.label_class.name},
                "thumb_url": thumb_url(image.pk, person.pk, now),
                "width": image.width,
                "height": image.height,
                "close_up": label and close_up_of(person, label, now),
            }
            for image, label in kind.sample(job)
        ],
    }


def dealt_answer(person: User, job: Job, held: Assignment) -> dict[str, Any]:
    """A batch in hand, as its reviewer may see it."""
    batch = held.batch
    return {
        "id": held.pk,
        "state": held.state,
        "reopened": held.reopened_at is not None,
        "label_class": {
            "id": batch.label_class_id,
            "name": selectors.class_name(job.pk, batch.label_class_id),
        },
        "lease_expires_at": held.lease_expires_at,
        "draft": draft_answer(held),
        "items": kind_of(job).tiles(batch, person_id=person.pk),
    }


def _who(person: User, claim: Claim) -> dict[str, Any]:
    """Who is behind there being no batch: who paused or closed the job, who holds what is left."""
    job, reason = claim.job, claim.reason
    ended = reason in {Reason.PAUSED, Reason.CLOSED}
    by = job.state_changed_by if ended else None
    return {
        "by": by.display_name if by else None,
        "at": job.state_changed_at if ended else None,
        "held_by": selectors.holders_for(person, job) if reason == Reason.ALL_DEALT else [],
    }


def claim_answer(person: User, claim: Claim) -> dict[str, Any]:
    """The answer to a claim: a batch or the reason why there is none, with the job's guide."""
    job, share, held = claim.job, claim.share, claim.assignment
    examples = examples_for(person, job, held.batch.label_class_id) if held else []
    return {
        "assignment": dealt_answer(person, job, held) if held else None,
        "reason": claim.reason.value if claim.reason else None,
        "available_at": claim.available_at,
        **_who(person, claim),
        "job": {
            "kind": job.kind,
            "name": job.name,
            "instructions": job.instructions,
            "instructions_html": instructions_html(job.instructions),
            "examples": examples,
            "start_as": job.start_as,
            "allow_unsure": job.allow_unsure,
            "allow_new_class": job.allow_new_class,
            "classes": kind_of(job).palette(job),
        },
        "progress": {
            "batch_number": min(
                share.batches_submitted + claim.place_in_hand + 1, max(job.batches, 1)
            ),
            "batches": job.batches,
            "judged": share.items_judged,
            "items": job.items,
        },
    }
