"""What a check asks about: the labels of its selection, less what is known where only the rest is wanted."""

from dataclasses import replace

from django.db.models import Exists, OuterRef, Q

from labelapp.catalog.models import Label
from labelapp.catalog.selection import Selection
from qa.jobs.models import Job
from qa.jobs.selectors import selection_of
from qa.verification.models import Item


def chosen_by(job: Job) -> Selection:
    """The selection of a check; with `unjudged`, without what somebody judged in another job, or named."""
    found = selection_of(job)
    return replace(found, also=_unjudged(job)) if job.unjudged else found


def _unjudged(job: Job) -> Q:
    """Labels whose class nobody has judged on this picture and region, whatever source said it then, and
    nobody named it there. Two conditions of their own, so that each is one anti-join, whatever the sizes."""
    others = Job.objects.live().filter(dataset=job.dataset_id, started_at__isnull=False)
    judged = Item.objects.filter(
        image=OuterRef("image"),
        # Of the label, not of the item: classes may have been merged since.
        label__label_class=OuterRef("label_class"),
        label__region=OuterRef("region"),
        reviewed_at__isnull=False,
        job__in=list(others.exclude(pk=job.pk).values_list("pk", flat=True)),
    )
    named = Label.objects.exclude(pk=OuterRef("pk")).filter(
        image=OuterRef("image"),
        label_class=OuterRef("label_class"),
        region=OuterRef("region"),
        source__startswith="person:",
    )
    return ~Q(Exists(judged)) & ~Q(Exists(named))
