"""Training runs as a test asks for them and has them done, in its own process."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.files.storage import storages
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Image, Label
from ml.lessons import learning
from ml.registry.models import ModelVersion
from tests.builders import make_class
from tests.predicting import speckled

TRAININGS = "/api/v1/training-runs/"
SEED = "seed.csv"


def name(image: Image, label_class: str, source: str = SEED) -> Label:
    """Say the class of a picture."""
    of_class = make_class(image.dataset, label_class)
    return Label.objects.create(image=image, label_class=of_class, source=source)


def fill(dataset: Dataset, colours: Iterable[str], source: str = SEED) -> list[Image]:
    """Pictures of these colours, each with its label."""
    images = []
    for colour in colours:
        images.append(speckled(dataset, colour))
        name(images[-1], colour, source)
    return images


def ask(
    client: APIClient, dataset: Dataset, base: ModelVersion, status: int = 202, **more: Any
) -> dict[str, Any]:
    body = {"dataset": str(dataset.pk), "base": str(base.pk), "sources": [SEED], **more}
    answer = client.post(TRAININGS, body, format="json")
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def look(client: APIClient, run: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{TRAININGS}{run['id']}/").json()
    return found


def train(client: APIClient, dataset: Dataset, base: ModelVersion, **more: Any) -> dict[str, Any]:
    """Ask for a training and have it done."""
    run = ask(client, dataset, base, **more)
    learning.carry_out(UUID(run["id"]))
    return look(client, run)


def card(client: APIClient, run: dict[str, Any]) -> dict[str, Any]:
    """The version that came of a training."""
    found: dict[str, Any] = client.get(f"/api/v1/model-versions/{run['made']['id']}/").json()
    return found


def examples(client: APIClient, run: dict[str, Any], **wanted: Any) -> list[dict[str, Any]]:
    answer = client.get(f"{TRAININGS}{run['id']}/examples/", wanted)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def kept_heads(file: str = "head.safetensors") -> set[str]:
    """The folders of models in the storage that hold a head, or another `file`."""
    storage = storages["models"]
    folders = storage.listdir("")[0] if storage.exists("") else []
    return {one for one in folders if storage.exists(f"{one}/{file}")}
