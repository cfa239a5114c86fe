"""What a kind of job must answer. Jobs deal batches without looking inside; the kind knows what a
batch holds. Kinds register themselves in their app's `ready`."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db.models import QuerySet

from labelapp.accounts.models import User
from labelapp.catalog.models import Image, Label
from qa.jobs.models import Assignment, Batch, Job


class ClassForecast(NamedTuple):
    """How many items and batches a class would make."""

    label_class: UUID
    name: str
    items: int
    batches: int


class Sample(NamedTuple):
    """A picture that a job would deal, with the label it is asked about where there is one."""

    image: Image
    label: Label | None


class JobKind(Protocol):
    name: str
    judges: bool  # its items come to an outcome

    def settle(self, job: Job) -> None:
        """Set what this kind leaves no choice about, on a job that is about to be saved.

        Raises:
            CannotCorrect: it is to correct the labels of a job, and cannot.
        """

    def forecast(self, job: Job) -> list[ClassForecast]:
        """What the (unsaved or draft) job would make if it started now, classes in dealing order."""

    def sample(self, job: Job) -> list[Sample]:
        """Some of what the (unsaved) job would deal, as a reviewer might see it."""

    def masks(self, job: Job) -> int:
        """How many labels with a mask the (unsaved) job would take in."""

    def freeze(self, job: Job, report: Callable[[int], None]) -> None:
        """Freeze the selection into items and batches; may be run again after it was cut short.

        `report` takes the number of items frozen so far.
        """

    def judged(self, job: Job, outcomes: Sequence[str]) -> "QuerySet[Label]":
        """The labels of a started job that came to these outcomes; none where nothing is judged."""

    def tiles(self, batch: Batch, *, person_id: UUID) -> list[dict[str, Any]]:
        """The items of a batch as a reviewer may see them: no path, no name, no confidence."""

    def palette(self, job: Job) -> list[dict[str, Any]]:
        """The classes that a reviewer chooses from, as `{id, name}`; empty where there is no choice."""

    def submit(
        self,
        *,
        person: User,
        assignment_id: UUID,
        verdicts: dict[str, Any],
        key: str,
        active_ms: int,
    ) -> dict[str, Any]:
        """End a person's work on a batch, once for `key`; the answer, with `counts` of what was done."""

    def draft_of_submitted(self, assignment: Assignment) -> dict[str, Any]:
        """The verdicts of a submitted assignment as a draft, for its reopening."""

    def check_marks(self, batch: Batch, verdicts: dict[str, Any]) -> None:
        """Raise when a draft names items that are not in the batch."""


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    _kinds[kind.name] = kind


def kind_of(job: Job) -> JobKind:
    """The kind of a job; a KeyError here means that an app is missing from the settings."""
    return _kinds[job.kind]


def kind_named(name: str) -> JobKind:
    return _kinds[name]


def kind_names() -> list[str]:
    return sorted(_kinds)
