"""The likeliest classes of a label that a check found wrong, by which the keys are given out."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import Coalesce

from labelapp.catalog.models import LabelClass
from labelapp.catalog.names import class_key, fits
from qa.correction.models import Answer, Item
from qa.correction.values import NEW
from qa.jobs.models import Job

MOST = 9
# What a class is confused with rests on so many of its latest corrections.
RECENT = 500


def suggested(job: Job, items: Iterable[Item]) -> dict[UUID, list[str]]:
    """For each item of one class what it may be, the likeliest first, as a submit takes it.

    First what its model held likely, then what others of its class were corrected to. The class that the
    label has stands first where the reviewers differed, and nowhere where they agreed that it is wrong.
    What a model names and the dataset does not have is offered where the job allows new classes.
    """
    items = list(items)
    tops = {one.pk: _top(one) for one in items}
    known = _known(job, {class_key(name) for names in tops.values() for name in names})
    confused = _confused({one.label_class_id for one in items})
    found: dict[UUID, list[str]] = {}
    for one in items:
        own = str(one.label_class.merged_into_id or one.label_class_id)
        likely = [known.get(class_key(name)) or _new(job, name) for name in tops[one.pk]]
        ranked = [*likely, *confused.get(one.label_class_id, ())]
        others = [value for value in dict.fromkeys(ranked) if value and value != own]
        found[one.pk] = [*([] if one.surely else [own]), *others][:MOST]
    return found


def _top(item: Item) -> list[str]:
    """The class names that the label's model held likely; whatever else an import put there is passed
    over."""
    top: Any = item.label.extra.get("top")
    rows = top if isinstance(top, list) else []
    names = [row.get("label_class") for row in rows if isinstance(row, dict)]
    return [name for name in names if isinstance(name, str) and fits(name)]


def _known(job: Job, keys: set[str]) -> dict[str, str]:
    rows = LabelClass.objects.filter(dataset=job.dataset_id, key__in=keys)
    return {one.key: str(one.merged_into_id or one.pk) for one in rows}


def _new(job: Job, name: str) -> str | None:
    return f"{NEW}{name}" if job.allow_new_class else None


def _confused(classes: set[UUID]) -> dict[UUID, list[str]]:
    """What the latest corrections of each class say it is, the commonest first."""
    found = {}
    for pk in classes:
        answers = Answer.objects.filter(
            wrong_class=pk, replaced_at=None, right_class__isnull=False
        ).order_by("-pk")
        latest = Answer.objects.filter(pk__in=list(answers.values_list("pk", flat=True)[:RECENT]))
        became = Coalesce("right_class__merged_into", "right_class")
        rows = latest.values(became=became).annotate(n=Count("pk")).order_by("-n", "became")
        found[pk] = [str(row["became"]) for row in rows[:MOST]]
    return found
