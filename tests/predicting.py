"""Pictures of one colour, a model that names it, and runs of it."""

import itertools
from pathlib import Path
from typing import Any

import numpy as np
from rest_framework.test import APIClient

from labelapp.accounts.models import User
from labelapp.catalog.models import Dataset, Image
from ml.networks.classifiers.frame import Frame
from ml.registry.models import ModelVersion
from ml.registry.services import Brought, bring
from tests.builders import make_photo
from tests.classifiers import COLOURS, SIZE, write_classifier

RUNS = "/api/v1/prediction-runs/"
GREY = (0.5, 0.5, 0.5)
_shades = itertools.count()


def make_model(
    person: User, folder: Path, *, temperature: float = 1.0, **options: Any
) -> ModelVersion:
    """A model `colours`, taken in by a path below WEIGHTS_DIR (`folder`)."""
    number = next(_shades)
    path = write_classifier(folder / f"colours-{number}.onnx", **{"features": True, **options})
    given = Brought(
        name="colours",
        version=f"1.{number}",
        classes=COLOURS,
        frame=Frame(SIZE, GREY, GREY),
        path=path.name,
        about={"calibration": {"temperature": temperature}},
    )
    return bring(person=person, brought=given)


def coloured(dataset: Dataset, colour: str) -> Image:
    """A small picture of one colour, with a shade of its own."""
    pixels = np.zeros((12, 16, 3), np.uint8)
    pixels[..., COLOURS.index(colour)] = 255
    shade = next(_shades)
    pixels[0, 0] = (shade % 256, shade // 256 % 256, shade // 65536)
    return make_photo(dataset, pixels)


def speckled(dataset: Dataset, colour: str) -> Image:
    """A picture of one colour with specks of its own, so that it has no twin."""
    number = next(_shades)
    draw = np.random.default_rng(number)
    pixels = draw.integers(0, 90, (16, 16, 3)).astype(np.uint8)
    pixels[..., COLOURS.index(colour)] += np.uint8(120)
    return make_photo(dataset, pixels)


def start(
    client: APIClient, dataset: Dataset, model: ModelVersion, status: int = 202, **more: Any
) -> dict[str, Any]:
    body = {"dataset": str(dataset.pk), "model_version": str(model.pk), **more}
    answer = client.post(RUNS, body, format="json")
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def look(client: APIClient, run: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{RUNS}{run['id']}/").json()
    return found
