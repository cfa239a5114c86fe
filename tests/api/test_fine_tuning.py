"""Training runs that fine-tune the built-in network, on a CPU over a few small pictures and steps; the
worker's part is done in between, in this process."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
import torch
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Label
from ml.inference import device
from ml.lessons import learning
from ml.lessons.models import Stage, TrainingRun
from ml.networks.classifiers import shipped, tuned
from ml.networks.classifiers.lite import lite_of
from ml.networks.classifiers.onnx import OnnxClassifier
from ml.networks.weights import load_safetensors
from ml.registry import files
from ml.registry.models import ModelVersion
from ml.registry.services import list_shipped
from ml.runs import labellers, predicting
from ml.runs.models import Features
from ml.training import head, tune
from tests.api.test_prediction_runs import damage
from tests.builders import make_dataset
from tests.cast import Cast, assemble, client_of
from tests.predicting import make_model, speckled
from tests.predicting import start as predict
from tests.training import TRAININGS, ask, card, fill, kept_heads, look, train

pytestmark = pytest.mark.django_db(transaction=True)
TUNE: dict[str, Any] = {"method": "fine_tune"}
MANY = ("Red", "Green") * 8


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """WEIGHTS_DIR with the built-in network."""
    folder = tmp_path_factory.mktemp("weights")
    shipped.unpack(folder / shipped.NAME)
    return folder


@pytest.fixture(autouse=True)
def _quick(settings: Settings, unpacked: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.WEIGHTS_DIR, settings.TRAIN_DEVICE, settings.PREDICT_THREADS = unpacked, "cpu", 1
    monkeypatch.setattr(head, "STRENGTHS", (1.0, 0.01))
    monkeypatch.setattr(tune, "Recipe", partial(tune.Recipe, epochs=1, batch=4))
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)
    labellers.labeller.cache_clear()


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def admin(people: Cast) -> APIClient:
    return client_of(people.admin)


@pytest.fixture
def base(transactional_db: None) -> ModelVersion:
    return list_shipped()


@pytest.fixture
def dataset(transactional_db: None) -> Dataset:
    return make_dataset("Fruit")


def test_it_makes_a_network_of_its_own_that_a_prediction_run_uses(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    broken = fill(dataset, MANY)[0]
    assert broken.blob is not None
    damage(broken.blob.storage_name)
    run = train(admin, dataset, base, **TUNE, held_out_share=0.5)
    assert (run["state"], run["message"], run["method"]) == ("done", "", "fine_tune")
    assert run["examples"]["unreadable"] == 1
    assert "The encoder learns, too, by cpu." in run["log"]
    assert "Epoch 1 of 1: loss" in run["log"]
    made = card(admin, run)
    assert (made["kind"], made["base"]["id"]) == ("tuned", str(base.pk))
    assert made["licence"] == base.licence != ""
    assert made["weights_sha256"] == made["files"][tuned.NUMBERS]
    assert made["trained_on"]["fine_tuning"]["epoch"] == 1
    assert made["metrics"]["held_out"] == run["examples"]["held_out"] > 0
    version = ModelVersion.objects.get(pk=made["id"])
    _check_numbers(version, base)
    fresh = speckled(dataset, "Green")
    predicting.take_part(UUID(predict(admin, dataset, version)["id"]))
    assert Label.objects.get(image=fresh, source=version.source).confidence is not None
    assert Features.objects.get(image=fresh).model_version_id == version.pk
    again = train(admin, dataset, version)  # a head can stand on it
    assert (again["state"], again["compared_with"]["id"]) == ("done", made["id"])


def _check_numbers(version: ModelVersion, base: ModelVersion) -> None:
    """Its encoder is another than the base's, and its graph says what torch says of its numbers."""
    folder = files.local_folder(version)
    weights = load_safetensors(folder / tuned.NUMBERS)
    before = load_safetensors(files.local_folder(base) / shipped.NUMBERS)
    changed = [name for name, one in weights.items() if not np.array_equal(one, before[name])]
    for name in ("_fc.weight", "_conv_head.weight", "encoder._conv_stem.weight"):
        assert name in changed
    assert not any(name.endswith(("running_mean", "running_var")) for name in changed)
    planes = np.random.default_rng(0).normal(size=(2, 3, 224, 224)).astype(np.float32)
    told = OnnxClassifier(folder / tuned.GRAPH).run(planes)
    with torch.no_grad():
        network = lite_of(weights, folder).eval()
        logits, features = (one.numpy() for one in network(torch.from_numpy(planes)))
    assert told.features is not None
    assert np.abs(told.logits - logits).max() < 1e-3
    assert np.abs(told.features - features).max() < 1e-3


def test_only_the_built_in_network_is_fine_tuned(
    admin: APIClient, people: Cast, dataset: Dataset, unpacked: Path
) -> None:
    fill(dataset, MANY)
    brought = make_model(people.admin, unpacked)
    refused = ask(admin, dataset, brought, status=400, **TUNE)
    assert refused["code"] == "not_for_fine_tuning"
    assert "built-in" in refused["errors"]["method"][0]
    assert ask(admin, dataset, brought, status=400, method="magic")["errors"]["method"]


def test_without_cuda_it_fails_at_once_and_says_what_to_do(
    admin: APIClient, dataset: Dataset, base: ModelVersion, settings: Settings, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    settings.TRAIN_DEVICE = "auto"
    monkeypatch.setattr(device, "DRIVER", tmp_path / "no driver")
    fill(dataset, MANY)
    run = train(admin, dataset, base, **TUNE)
    assert run["state"] == "failed"
    assert "no GPU with CUDA" in run["message"]
    assert "TRAIN_DEVICE=cpu" in run["message"]
    assert not Features.objects.exists()


def test_cancelled_while_the_encoder_learns_it_leaves_nothing_neither_of_who_died_before(
    admin: APIClient, dataset: Dataset, base: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(dataset, MANY[:6])
    run, before = ask(admin, dataset, base, **TUNE), kept_heads(tuned.NUMBERS)
    TrainingRun.objects.update(attempts=1, state="running", lease_until="2020-01-01T00:00:00Z")
    died = learning._version_id(TrainingRun.objects.get(), 1)
    storages["models"].save(f"{died}/{tuned.NUMBERS}", ContentFile(b"half"))
    steps: list[int] = []

    def one_step(self: TrainingRun, done: int) -> None:
        """What the thread of the lease hears every two seconds, heard at once."""
        self.report(done=done)
        if self.stage == Stage.TUNING:
            steps.append(done)
            assert look(admin, run)["progress"]["total"] == self.total
            assert admin.post(f"{TRAININGS}{run['id']}/cancel/").status_code == 200

    monkeypatch.setattr(TrainingRun, "show", one_step)
    learning.carry_out(UUID(run["id"]))
    assert len(steps) == 1
    assert look(admin, run)["state"] == "cancelled"
    assert kept_heads(tuned.NUMBERS) == before
    assert ModelVersion.objects.get() == base


def test_a_loss_beyond_all_numbers_is_a_reason(
    admin: APIClient, dataset: Dataset, base: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def diverges(*given: Any) -> int:
        raise tune.DivergedError

    fill(dataset, MANY[:6])
    monkeypatch.setattr(tune.Tuning, "run", diverges)
    run = train(admin, dataset, base, **TUNE)
    assert (run["state"], run["made"]) == ("failed", None)
    assert "loss grew" in run["message"]


def test_the_time_left_is_told_by_the_steps_that_were_done() -> None:
    run = TrainingRun(state="running", stage=Stage.TUNING, done=25, total=100)
    assert run.progress()["seconds_left"] is None
    run.stage_since = timezone.now()
    left = run.progress(run.stage_since + timedelta(seconds=50))
    assert (left["rate"], left["seconds_left"]) == (None, 150)
