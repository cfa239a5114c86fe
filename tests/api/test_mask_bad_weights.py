"""Weight files of the user's own that are no good: requests and runs end with the reason, nothing runs."""

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import torch
from pytest_django import Settings
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Label
from ml.masks import drawing
from ml.networks import registry
from ml.registry import weights
from tests.api.mask_running import boxed, carried_out, look, start
from tests.api.outlining import photo, prompt
from tests.builders import make_dataset
from tests.cast import Cast, client_of
from tests.weights import write_lite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]


class RunsCode:
    """A pickle of it makes a folder when it is loaded."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Path.mkdir, (self.place,)


def a_pickle_that_runs_code(folder: Path) -> str:
    (folder / "dextr_coco.pth").write_bytes(pickle.dumps(RunsCode(folder / "ran")))
    return "dextr-resnet101"


def a_checkpoint_that_lacks_weights(folder: Path) -> str:
    torch.save({"conv1.weight": torch.zeros(1)}, folder / "dextr_coco.pth")
    return "dextr-resnet101"


def a_network_that_is_none(folder: Path) -> str:
    write_lite(folder)
    return "dextr-lite"


MAKERS = [a_pickle_that_runs_code, a_checkpoint_that_lacks_weights, a_network_that_is_none]


@pytest.fixture(params=MAKERS, ids=lambda maker: maker.__name__)
def segmenter(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """The name of one whose file is no good; its hash is what the file's card says."""
    settings.WEIGHTS_DIR = tmp_path
    monkeypatch.setattr(registry, "WEIGHTS", tmp_path / "nothing ships")
    drawing.loaded.cache_clear()
    yield request.param(tmp_path)
    drawing.loaded.cache_clear()
    assert not (tmp_path / "ran").exists()


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset()


def test_a_request_fails_with_the_reason(
    admin: APIClient, dataset: Dataset, segmenter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ml.masks.waiting.wait_for", lambda _request: None)
    body = prompt(photo(dataset), segmenter=segmenter)
    asked = admin.post("/api/v1/mask-requests/", body, format="json").json()
    drawing.draw(UUID(asked["id"]))
    found = admin.get(asked["url"]).json()
    assert (found["state"], found["error_code"]) == ("failed", "weights_unusable")
    assert str(weights.segmenter(segmenter).folder) in found["message"]


def test_a_run_fails_with_the_reason_and_writes_nothing(
    admin: APIClient, dataset: Dataset, segmenter: str
) -> None:
    boxed(dataset, 2)
    run = start(admin, dataset, segmenter=segmenter)
    assert carried_out(run)
    run = look(admin, run)
    assert (run["state"], run["drawn"], run["refused"]) == ("failed", 0, 0)
    assert str(weights.segmenter(segmenter).folder) in run["message"]
    assert Label.objects.filter(image__dataset=dataset).count() == 2
