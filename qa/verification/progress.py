"""What an admin watches: how far a job is, by class and reviewer, who holds what, how they agree."""

from datetime import UTC, datetime
from typing import Any

import numpy as np

from labelapp.accounts.models import User
from labelapp.catalog.storage import thumb_url
from qa.analysis.agreement import (
    Agreement,
    agreement_on,
    gwet_ac1,
    krippendorff_alpha,
    raw_agreement,
)
from qa.jobs import selectors as jobs
from qa.jobs.models import Job
from qa.verification import selectors
from qa.verification.outcome import Outcome
from qa.verification.values import Value

MOST_NOTES = 200


def progress_of(person: User, job: Job) -> dict[str, Any]:
    """The whole page in one answer; asked each second while it is visible."""
    outcomes = selectors.outcomes_by_class(job)
    by_class = _by_class(job, outcomes)
    return {
        "state": job.state,
        "items": job.items,
        "batches": job.batches,
        "finished": sum(one["finished"] for one in by_class),
        "outcomes": {
            outcome.value: sum(one.get(outcome.value, 0) for one in outcomes.values())
            for outcome in Outcome
        },
        "by_class": by_class,
        "by_reviewer": _by_reviewer(job),
        "held": _held(job),
        "batch_time": jobs.batch_seconds(job),
        "agreement": agreement_of(job),
        "notes": _notes(person, job),
    }


def _by_class(job: Job, outcomes: dict[Any, dict[str, int]]) -> list[dict[str, Any]]:
    batches = jobs.batches_by_class(job)
    nothing = {"batches": 0, "held": 0, "finished": 0}
    return [
        {
            "label_class": {"id": one.label_class_id, "name": one.name},
            "items": one.items,
            "outcomes": {
                outcome.value: outcomes.get(one.label_class_id, {}).get(outcome.value, 0)
                for outcome in Outcome
            },
            **batches.get(one.label_class_id, nothing),
        }
        for one in jobs.classes_of(job)
    ]


def _by_reviewer(job: Job) -> list[dict[str, Any]]:
    verdicts = {row["person"]: row for row in selectors.reviewers_of(job)}
    seconds = jobs.seconds_by_reviewer(job)
    return [
        {
            "person": {"id": share.person_id, "name": share.person.display_name},
            "batches": share.batches_submitted,
            "judged": share.items_judged,
            "disconfirmed": verdicts.get(share.person_id, {}).get("disconfirmed", 0),
            "unsure": verdicts.get(share.person_id, {}).get("unsure", 0),
            "disagreed": verdicts.get(share.person_id, {}).get("disagreed", 0),
            "seconds_per_batch": seconds.get(share.person_id),
        }
        for share in jobs.shares_of(job)
    ]


def _held(job: Job) -> list[dict[str, Any]]:
    return [
        {
            "id": held.pk,
            "person": {"id": held.person_id, "name": held.person.display_name},
            "label_class": {
                "id": held.batch.label_class_id,
                "name": held.batch.label_class.name,
            },
            "batch_number": held.batch.number,
            "dealt_at": held.dealt_at,
            "lease_expires_at": held.lease_expires_at,
            "marks": len(held.draft or {}),
        }
        for held in jobs.held_now(job)
    ]


def agreement_of(job: Job) -> dict[str, Any]:
    """Agreement of reviewers on items with two verdicts or more (METHODS 2.7)."""
    ratings = [by for by in selectors.ratings_of(job).values() if len(by) > 1]
    values = list(Value)
    counts = np.zeros((len(ratings), len(values)), dtype=np.int64)
    for row, by_person in enumerate(ratings):
        for value in by_person.values():
            counts[row, values.index(Value(value))] += 1
    return {
        "items": len(ratings),
        "raw": _coefficient(raw_agreement(counts)),
        "raw_on_wrong": _coefficient(agreement_on(counts, values.index(Value.DISCONFIRM))),
        "krippendorff_alpha": _coefficient(krippendorff_alpha(counts)),
        "gwet_ac1": _coefficient(gwet_ac1(counts)),
    }


def _coefficient(found: Agreement) -> dict[str, Any]:
    return {"value": found.value, "reason": found.reason.value if found.reason else None}


def _notes(person: User, job: Job) -> list[dict[str, Any]]:
    now = datetime.now(UTC)
    return [
        {
            "item": one.item_id,
            "image_ref": one.item.image.ref,
            "thumb_url": thumb_url(one.item.image_id, person.pk, now),
            "label_class": {
                "id": one.item.label_class_id,
                "name": one.item.label_class.name,
            },
            "person": {"id": one.person_id, "name": one.person.display_name},
            "value": one.value,
            "note": one.note,
        }
        for one in selectors.notes_of(job).order_by("-pk")[:MOST_NOTES]
    ]
