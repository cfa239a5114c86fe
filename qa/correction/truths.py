"""What corrections found of whole pictures, for whoever learns from it: see `labelapp.catalog.truths`."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models.functions import Coalesce

from labelapp.catalog.models import Dataset
from labelapp.catalog.truths import How, Truth
from qa.correction.models import Answer


def judged(dataset: Dataset, jobs: Sequence[UUID] = ()) -> Iterator[Truth]:
    """The classes that were given in some jobs. Without any named, nothing: what people say is told by
    their labels (`qa.verification.truths`), which are also there where no job has asked for them."""
    answers = Answer.objects.filter(
        item__job__in=list(jobs),
        item__job__dataset=dataset,
        item__job__deleted_at=None,
        item__image__erased_at=None,
        replaced_at=None,
        label__region={},
    )
    became = Coalesce("right_class__merged_into", "right_class")
    for image, label_class in answers.values_list("item__image", became):
        yield Truth(image, label_class, How.CORRECTED)
