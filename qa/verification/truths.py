"""What reviewers know of whole pictures, for whoever learns from it: see `labelapp.catalog.truths`."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models.functions import Coalesce

from labelapp.catalog.models import Dataset, Label
from labelapp.catalog.truths import How, Truth
from qa.jobs.errors import JobNotFound
from qa.jobs.models import Job
from qa.verification.models import Item
from qa.verification.outcome import Outcome

DOUBTED = frozenset({Outcome.DISCONFIRMED.value, Outcome.SPLIT.value})


def judged(dataset: Dataset, jobs: Sequence[UUID] = ()) -> Iterator[Truth]:
    """The labels that were confirmed, each as the last job judged it, and what people named, unless the
    last job that judged that doubts it.

    Args:
        jobs: only what these found; all jobs of the dataset when empty.

    Raises:
        JobNotFound: one of them is not of this dataset.
    """
    mine = Job.objects.live().filter(dataset=dataset)
    if jobs:
        mine = mine.filter(pk__in=list(jobs))
        if mine.count() < len(set(jobs)):
            raise JobNotFound("One of the jobs is not of this dataset.")
    items = Item.objects.filter(job__in=mine, label__region={}, image__erased_at=None)
    latest = (
        items.exclude(outcome=Outcome.PENDING.value)
        .order_by("label", "-job__started_at", "job")
        .distinct("label")
    )
    # The class of the label, not of the item: classes may have been merged since.
    now = Coalesce("label__label_class__merged_into", "label__label_class")
    doubted: set[UUID] = set()
    rows = latest.values_list("label", "image", now, "outcome", "label__source")
    for label, image, label_class, outcome, source in rows.iterator():
        if outcome == Outcome.CONFIRMED.value:
            yield Truth(image, label_class, How.CONFIRMED)
        elif outcome in DOUBTED and source.startswith("person:"):
            doubted.add(label)
    named = Label.objects.live().filter(
        label_class__dataset=dataset, source__startswith="person:", region={}
    )
    if jobs:
        named = named.filter(image__in=items.values("image"))
    for label, image, label_class in named.values_list("pk", "image", "label_class").iterator():
        if label not in doubted:
            yield Truth(image, label_class, How.CORRECTED)
