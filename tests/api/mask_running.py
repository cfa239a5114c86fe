"""Runs of masks through the API, and a worker's part done in this process."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Label
from ml.masks import bulk_drawing, drawing
from ml.masks.models import MaskRun
from tests.api.outlining import photo
from tests.builders import make_class

RUNS = "/api/v1/mask-runs/"
OUTLINE = drawing.outline
BOX = [20, 10, 80, 70]  # round the ellipse of `photo`


def boxed(dataset: Dataset, count: int = 1, **fields: Any) -> list[Label]:
    """Labels with a box, each on a photo of its own."""
    given = {"confidence": 0.9, "bin": 900, "source": "boxes.csv", "region": {"box": BOX}} | fields
    given.setdefault("label_class", make_class(dataset))
    pictures = [photo(dataset, width=120 + nth) for nth in range(count)]
    return [Label.objects.create(image=one, **given) for one in pictures]


def start(client: APIClient, dataset: Dataset, status: int = 202, **more: Any) -> dict[str, Any]:
    body = {"dataset": str(dataset.pk), "segmenter": "grabcut", **more}
    answer = client.post(RUNS, body, format="json")
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def look(client: APIClient, run: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{RUNS}{run['id']}/").json()
    return found


def forecast(client: APIClient, dataset: Dataset, segmenter: str = "grabcut") -> dict[str, Any]:
    """The only row of it."""
    query = {"dataset": str(dataset.pk), "segmenter": segmenter}
    answer = client.get(f"{RUNS}forecast/", query)
    assert answer.status_code == 200, answer.content
    (row,) = answer.json()["results"]
    found: dict[str, Any] = row
    return found


def made(run: dict[str, Any]) -> list[Label]:
    return list(Label.objects.filter(origin=run["id"]))


def carried_out(run: dict[str, Any]) -> bool:
    """Whether a worker came to an end with it; one that dies leaves its lease to expire."""
    try:
        bulk_drawing.carry_out(UUID(run["id"]))
    except KeyboardInterrupt:
        MaskRun.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        return False
    return True


class Outlines:
    """Stands before `drawing.outline`: remembers what was drawn, and does what is asked before it."""

    def __init__(self, before: Callable[[Label], None] = lambda _label: None) -> None:
        self.before = before
        self.drawn: list[UUID] = []

    def __call__(self, model: Any, label: Label) -> Any:
        self.before(label)
        self.drawn.append(label.pk)
        return OUTLINE(model, label)


def die(*, on: Callable[[], bool]) -> Callable[[Label], None]:
    def before(_label: Label) -> None:
        if on():
            raise KeyboardInterrupt

    return before
