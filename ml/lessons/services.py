"""What starts and cancels training runs. What a worker does is in `learning.py`."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.db import IntegrityError, transaction

from labelapp.accounts.audit import record
from labelapp.accounts.models import User
from labelapp.background import ring
from labelapp.catalog import truths
from labelapp.catalog.models import Dataset, LabelClass
from labelapp.catalog.truths import How, Truth
from ml.lessons.errors import (
    BaseWithoutFeatures,
    NotForFineTuning,
    NothingToLearnFrom,
    OneClass,
    TooFewExamples,
    TrainingAtWork,
    TrainingEnded,
    WrongBase,
)
from ml.lessons.models import AT_WORK, Example, Method, TrainingRun
from ml.lessons.tasks import train
from ml.registry.errors import ModelVersionTaken
from ml.registry.models import TRAINED, Kind, ModelVersion
from ml.registry.services import is_taken
from ml.training.split import LEAST_PER_CLASS, SHARE

_SURER = {
    one: place
    for place, one in enumerate((How.TRUSTED, How.EXPORTED, How.CONFIRMED, How.CORRECTED))
}
_NAMED_SHORT = 10
LONGEST_NAME = 100


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Where the right classes come from: what these `jobs` (all of the dataset when empty) confirmed and
    corrected, or what a finished `export` says; and `sources` that are taken at their word."""

    jobs: tuple[UUID, ...] = ()
    export: UUID | None = None
    sources: tuple[str, ...] = ()

    def truths(self, dataset: Dataset) -> Iterator[Truth]:
        """Raises what the keepers of jobs and exports refuse."""
        if self.export is None:
            people = truths.judged(dataset, self.jobs)
        else:
            people = truths.exported(dataset, self.export)
        return chain(people, truths.trusted(dataset, self.sources))


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to become of it. Without a `name` it is the dataset's, without a `version` the next
    number; `compared_with`: the latest one trained of that name when nothing is said."""

    name: str = ""
    version: str = ""
    compared_with: ModelVersion | None = None
    method: str = Method.HEAD
    balanced: bool = False
    held_out_share: float = SHARE


def start(
    *, person: User, dataset: Dataset, base: ModelVersion, asked: Asked, wish: Wish | None = None
) -> TrainingRun:
    """Freeze the examples and call a worker.

    Keeps: one training at work for a dataset, and for the version that it becomes.

    Raises:
        WrongBase, BaseWithoutFeatures, NotForFineTuning
        NothingToLearnFrom, OneClass, TooFewExamples, ModelVersionTaken
        TrainingAtWork: with the `run` that is, where it is the dataset's.
    """
    wish = wish or Wish()
    _check_base(base, wish.method)
    known, conflicting = chosen(asked.truths(dataset))
    classes = _classes(known.values())
    run = _run_for(dataset, base, asked, wish)
    run.requested_by = person
    run.classes = [{"id": str(one.pk), "name": one.name} for one in classes]
    run.counts = {**Counter(one.how for one in known.values()), "conflicting": conflicting}
    run.sha256 = digest(known.values())
    run.total = len(known)
    places = {one.pk: place for place, one in enumerate(classes)}
    examples = [
        Example(run=run, image_id=one.image, right=places[one.label_class], how=one.how)
        for one in known.values()
    ]
    try:
        return _save(run, examples)
    except IntegrityError as error:
        other = TrainingRun.objects.filter(dataset=dataset, state__in=AT_WORK).first()
        raise TrainingAtWork(run=str(other.pk) if other else None) from error


def _check_base(base: ModelVersion, method: str) -> None:
    """Raises WrongBase, NotForFineTuning or BaseWithoutFeatures, each for its field."""
    if base.kind == Kind.HEAD:
        raise WrongBase(errors={"base": [WrongBase.title]})
    if method == Method.FINE_TUNE and base.kind != Kind.SHIPPED:
        raise NotForFineTuning(errors={"method": [NotForFineTuning.title]})
    if not base.features:
        raise BaseWithoutFeatures(errors={"base": [BaseWithoutFeatures.title]})


@transaction.atomic
def _save(run: TrainingRun, examples: list[Example]) -> TrainingRun:
    run.save(force_insert=True)
    Example.objects.bulk_create(examples, batch_size=5_000)
    subject = f"{run.name}@{run.version}"
    record(run.requested_by, "training_run.start", subject, run=str(run.pk), images=len(examples))
    ring(train, run.pk)
    return run


def chosen(found: Iterable[Truth]) -> tuple[dict[UUID, Truth], int]:
    """One class for each picture, the surest, and how many pictures were left out because two classes
    are said of them just as surely."""
    best: dict[UUID, Truth] = {}
    torn: dict[UUID, int] = {}
    for one in found:
        known = best.get(one.image)
        if known is None or _SURER[one.how] > _SURER[known.how]:
            best[one.image] = one
        elif one.how is known.how and one.label_class != known.label_class:
            torn[one.image] = max(_SURER[one.how], torn.get(one.image, 0))
    left_out = {image for image, sure in torn.items() if sure == _SURER[best[image].how]}
    kept = {image: one for image, one in best.items() if image not in left_out}
    return kept, len(left_out)


def _classes(known: Iterable[Truth]) -> list[LabelClass]:
    """The classes of the examples, by name.

    Raises:
        NothingToLearnFrom, OneClass, TooFewExamples
    """
    counts = Counter(one.label_class for one in known)
    if not counts:
        raise NothingToLearnFrom
    classes = sorted(
        LabelClass.objects.filter(pk__in=counts), key=lambda one: (one.name.casefold(), one.name)
    )
    if len(classes) == 1:
        raise OneClass(f"All pictures are of “{classes[0].name}”; at least two classes are needed.")
    short = {one.name: counts[one.pk] for one in classes if counts[one.pk] < LEAST_PER_CLASS}
    if short:
        raise TooFewExamples(too_few(short), short=short)
    return classes


def too_few(short: dict[str, int]) -> str:
    """Which classes have too few pictures, in words."""
    named = ", ".join(f"“{name}” ({count})" for name, count in list(short.items())[:_NAMED_SHORT])
    more = f" and {len(short) - _NAMED_SHORT} more" if len(short) > _NAMED_SHORT else ""
    return f"At least {LEAST_PER_CLASS} pictures of each class are needed; too few: {named}{more}."


def digest(known: Iterable[Truth]) -> str:
    """SHA-256 over the lines `image id,class id`, in order, each ending with a line feed."""
    lines = sorted(f"{one.image},{one.label_class}\n" for one in known)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _run_for(dataset: Dataset, base: ModelVersion, asked: Asked, wish: Wish) -> TrainingRun:
    """Raises ModelVersionTaken."""
    name = wish.name or _name_of(dataset)
    version = wish.version or _next_version(name)
    if is_taken(name, version):
        raise ModelVersionTaken(errors={"version": [ModelVersionTaken.title]})
    trained = ModelVersion.objects.filter(name__iexact=name, kind__in=TRAINED)
    return TrainingRun(
        dataset=dataset,
        base=base,
        name=name,
        version=version,
        compared_with=wish.compared_with or trained.order_by("created_at").last(),
        asked={
            "jobs": [str(one) for one in asked.jobs],
            "export": str(asked.export) if asked.export else None,
            "sources": list(asked.sources),
        },
        method=wish.method,
        balanced=wish.balanced,
        held_out_share=wish.held_out_share,
    )


def _name_of(dataset: Dataset) -> str:
    """The dataset's name as a model may have it."""
    found = re.sub(r"[^\w. +-]", "-", dataset.name).strip(" .+-")
    return found[:LONGEST_NAME] or "head"


def _next_version(name: str) -> str:
    """The number after the highest that a version of this name has."""
    versions = ModelVersion.objects.filter(name__iexact=name).values_list("version", flat=True)
    return str(max((int(one) for one in versions if one.isdecimal()), default=0) + 1)


@transaction.atomic
def cancel(*, person: User, run: TrainingRun) -> TrainingRun:
    """Stop a training; nothing comes of it, but for features that it has had computed.

    Raises:
        TrainingEnded
    """
    if not run.cancel():
        raise TrainingEnded
    record(person, "training_run.cancel", f"{run.name}@{run.version}", run=str(run.pk))
    return run


class LessonsOfDataset:
    """Training runs as seen by a dataset that wants to go. The versions that they made stay."""

    def holding(self, dataset_id: UUID) -> list[str]:
        at_work = TrainingRun.objects.filter(dataset=dataset_id, state__in=AT_WORK)
        return [f"the training of “{run.name}@{run.version}”" for run in at_work]

    def remove(self, dataset_id: UUID) -> None:
        runs = TrainingRun.objects.filter(dataset=dataset_id)
        Example.objects.filter(run__in=runs).delete()
        runs.delete()
