"""What people know of whole pictures: the right class of each, whoever keeps it.

Catalog lies below those who keep verdicts and exports, so they register here, in `apps.ready`; models
learn from what is asked for here, and so need not know them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from labelapp.catalog.models import Dataset, Label


class How(StrEnum):
    """How a class is known to be right, from the surest down."""

    CORRECTED = "corrected"  # a person named it
    CONFIRMED = "confirmed"  # reviewers found it right
    EXPORTED = "exported"  # it stands so in an export
    TRUSTED = "trusted"  # its source is taken at its word


class Truth(NamedTuple):
    """The right class of a picture."""

    image: UUID
    label_class: UUID
    how: How


Verdicts = Callable[[Dataset, Sequence[UUID]], Iterable[Truth]]
"""What was confirmed and corrected in a dataset, by some of its jobs, or by all when none is named."""
Exports = Callable[[Dataset, UUID], Iterable[Truth]]
"""What a finished export of the dataset says."""

_verdicts: list[Verdicts] = []
_exports: list[Exports] = []


def register_verdicts(keeper: Verdicts) -> None:
    _verdicts.append(keeper)


def register_exports(keeper: Exports) -> None:
    _exports.append(keeper)


def judged(dataset: Dataset, jobs: Sequence[UUID] = ()) -> Iterator[Truth]:
    """What people confirmed and corrected."""
    for keeper in _verdicts:
        yield from keeper(dataset, jobs)


def exported(dataset: Dataset, export: UUID) -> Iterator[Truth]:
    """What stands in an export that has a file."""
    for keeper in _exports:
        yield from keeper(dataset, export)


def trusted(dataset: Dataset, sources: Sequence[str]) -> Iterator[Truth]:
    """The labels of these sources, taken at their word."""
    labels = Label.objects.live().filter(
        label_class__dataset=dataset, source__in=list(sources), region={}
    )
    for image, label_class in labels.values_list("image", "label_class").iterator():
        yield Truth(image, label_class, How.TRUSTED)
