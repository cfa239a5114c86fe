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
from qa.jobs import watching
from qa.jobs.models import Job, JobClass
from qa.jobs.watching import Recent
from qa.verification import selectors
from qa.verification.outcome import Outcome
from qa.verification.values import Value

MOST_CLASSES = 500
MOST_NOTES = 50


def progress_of(person: User, job: Job) -> dict[str, Any]:
    """The whole page in one answer; asked each second while it is visible.

    Lists are cut at MOST_...; the numbers beside them count all there are.
    """
    outcomes = selectors.outcomes_by_class(job)
    classes = list(jobs.classes_of(job))
    filled = watching.filled(job)
    shares = watching.shares_of(job)
    recent = watching.recent_batches(job, shares)
    return {
        "state": job.state,
        "items": job.items,
        "batches": job.batches,
        "classes": len(classes),
        "finished": sum(one.finished for one in filled.values()),
        "judged": watching.judged(job),
        "outcomes": {
            outcome.value: sum(one.get(outcome.value, 0) for one in outcomes.values())
            for outcome in Outcome
        },
        "by_class": _by_class(job, _first(classes, filled), filled, outcomes),
        "by_reviewer": _by_reviewer(shares, recent),
        "recent_batches": len(recent),
        **watching.held_counts(job),
        "held": watching.held_batches(job),
        "batch_time": watching.batch_times(job, recent),
        "agreement": agreement_in(recent),
        "noted": selectors.notes_of(job).count(),
        "notes": _notes(person, job),
    }


def _first(classes: list[JobClass], filled: dict[Any, watching.Filled]) -> list[JobClass]:
    """The classes to be listed, in dealing order; of very many those that are not finished first."""
    if len(classes) <= MOST_CLASSES:
        return classes
    done = {one.pk: filled[one.label_class_id].finished == one.batches for one in classes}
    return sorted(classes, key=lambda one: (done[one.pk], one.position))[:MOST_CLASSES]


def _by_class(
    job: Job,
    classes: list[JobClass],
    filled: dict[Any, watching.Filled],
    outcomes: dict[Any, dict[str, int]],
) -> list[dict[str, Any]]:
    bars = watching.bars(job, classes)
    return [
        {
            "label_class": {"id": one.label_class_id, "name": one.name},
            "items": one.items,
            "batches": one.batches,
            "outcomes": {
                outcome.value: outcomes.get(one.label_class_id, {}).get(outcome.value, 0)
                for outcome in Outcome
            },
            **filled.get(one.label_class_id, watching.Filled())._asdict(),
            "bars": bars.get(one.label_class_id),
        }
        for one in classes
    ]


def _by_reviewer(shares: list[Any], recent: list[Recent]) -> list[dict[str, Any]]:
    """What each has done in all, and how: from their latest batches."""
    marks = selectors.marks_of([one.assignment for one in recent])
    seconds = watching.seconds_by_reviewer(recent)
    return [
        {
            "person": {"id": share.person_id, "name": share.person.display_name},
            "batches": share.batches_submitted,
            "judged": share.items_judged,
            **marks.get(share.person_id, selectors.Marks())._asdict(),
            "seconds_per_batch": seconds.get(share.person_id),
        }
        for share in shares
    ]


def agreement_in(recent: list[Recent]) -> dict[str, Any]:
    """Agreement of reviewers on the items of these batches with two verdicts or more (METHODS 2.7)."""
    alike = selectors.shared_counts(list({one.batch for one in recent}))
    rows = np.array([row[:3] for row in alike], dtype=np.int64).reshape(-1, 3)
    counts = np.repeat(rows, [row[3] for row in alike], axis=0)
    return {
        "items": len(counts),
        "raw": _coefficient(raw_agreement(counts)),
        "raw_on_wrong": _coefficient(agreement_on(counts, list(Value).index(Value.DISCONFIRM))),
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
