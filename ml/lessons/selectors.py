"""Training runs as people may see them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from labelapp.accounts.models import User
from labelapp.catalog.selectors import class_by_name_or_id
from labelapp.catalog.storage import thumb_url
from ml.lessons.errors import TrainingNotFound
from ml.lessons.models import Example, TrainingRun


def trainings(dataset_id: UUID | None = None, made: UUID | None = None) -> QuerySet[TrainingRun]:
    """Those whose dataset is not in the bin."""
    found = TrainingRun.objects.filter(dataset__deleted_at=None)
    if dataset_id is not None:
        found = found.filter(dataset=dataset_id)
    if made is not None:
        found = found.filter(made=made)
    return found.select_related("dataset", "base", "made", "compared_with", "requested_by")


def training_by_id(run_id: UUID) -> TrainingRun:
    """Raises TrainingNotFound."""
    found = trainings().filter(pk=run_id).first()
    if found is None:
        raise TrainingNotFound
    return found


def example_counts(run: TrainingRun) -> dict[str, int]:
    """How many pictures it has, and what became of them."""
    return run.examples.aggregate(
        pictures=Count("pk"),
        learned_from=Count("pk", filter=Q(part="train")),
        held_out=Count("pk", filter=Q(part="held_out")),
        unreadable=Count("pk", filter=~Q(refusal="")),
    )


def examples_of(run: TrainingRun, wanted: dict[str, Any]) -> QuerySet[Example]:
    """The pictures of a run, by `part`, `right` and `given` class, `wrong` ones, `unreadable` ones, and
    those on which the version that it is compared with differs (`differs`: only `new` or only `old` is
    right, or `either`); the others were not compared.

    Raises:
        UnknownClass
    """
    found = run.examples.select_related("image")
    if wanted.get("part"):
        found = found.filter(part=wanted["part"])
    for field in ("right", "given"):
        if wanted.get(field):
            found = found.filter(**{field: _place(run, wanted[field])})
    if wanted.get("wrong"):
        found = found.filter(given__isnull=False).exclude(given=F("right"))
    if wanted.get("unreadable"):
        found = found.exclude(refusal="")
    new, old = Q(given=F("right")), Q(before=F("right"))
    match wanted.get("differs"):
        case "new":
            found = found.filter(new, before__isnull=False).exclude(old)
        case "old":
            found = found.filter(old, given__isnull=False).exclude(new)
        case "either":
            found = found.filter(new & ~old | old & ~new, given__isnull=False, before__isnull=False)
    return found


def _place(run: TrainingRun, text: str) -> int:
    """Of a class, by its id or exact name, among the run's; -1 where it has not got it."""
    wanted = [place for place, one in enumerate(run.classes) if text in one.values()]
    return wanted[0] if wanted else _merged(run, str(class_by_name_or_id(run.dataset, text).pk))


def _merged(run: TrainingRun, class_id: str) -> int:
    places = [place for place, one in enumerate(run.classes) if one["id"] == class_id]
    return places[0] if places else -1


def add_looks(person: User, run: TrainingRun, found: Iterable[Example], now: datetime) -> None:
    """Give each example the address of its thumbnail and its classes as {id, name}; None where
    nothing is said, or a class that the run has not got."""
    for one in found:
        one.thumb_url = thumb_url(one.image_id, person.pk, now)  # type: ignore[attr-defined]
        for field in ("right", "given", "before"):
            place = getattr(one, field)
            is_listed = place is not None and place >= 0
            setattr(one, f"{field}_class", run.classes[place] if is_listed else None)
