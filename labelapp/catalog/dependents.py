"""What rests on a dataset: jobs, imports and whatever else holds it while it works.

Catalog lies below them all, so they register here, in `apps.ready`.
"""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID


class Dependent(Protocol):
    def holding(self, dataset_id: UUID) -> list[str]:
        """What keeps the dataset from being deleted now, in words: `the running job “Crabs”`."""

    def remove(self, dataset_id: UUID) -> None:
        """Delete every row and file of one's own that rests on the dataset, before it is purged."""


_dependents: list[Dependent] = []
_forgetting: list[Callable[[UUID], None]] = []


def register(dependent: Dependent) -> None:
    """Let `dependent` be asked; the latest registered is the first to remove its rows."""
    _dependents.append(dependent)


def holding(dataset_id: UUID) -> list[str]:
    """Everything that keeps the dataset from being deleted now."""
    return [words for dependent in _dependents for words in dependent.holding(dataset_id)]


def remove(dataset_id: UUID) -> None:
    """Remove what rests on the dataset, uppermost first."""
    for dependent in reversed(_dependents):
        dependent.remove(dataset_id)


def register_forgetting(forget: Callable[[UUID], None]) -> None:
    """Let `forget` remove what is kept of a picture's content when the picture is erased."""
    _forgetting.append(forget)


def forget_picture(image_id: UUID) -> None:
    """Remove what else is kept of a picture's content."""
    for forget in _forgetting:
        forget(image_id)
