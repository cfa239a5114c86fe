"""Prediction runs; the worker's part is done in between, in this process."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.db import connection
from pytest_django import Settings
from rest_framework.test import APIClient

from labelapp.background import WorkCancelled, WorkState
from labelapp.catalog.counts import differences
from labelapp.catalog.models import Dataset, Image, Label
from labelapp.catalog.services import erase_image, purge_dataset
from ml.inference.classify import Answer, Guess
from ml.networks.classifiers.onnx import OnnxClassifier
from ml.networks.weights import WeightsError
from ml.registry import files
from ml.registry.models import ModelVersion
from ml.runs import labellers, predicting, services, sweeping
from ml.runs.models import Features, PredictionRun, Shard, Unreadable
from ml.runs.writing import write
from tests.builders import make_class, make_dataset, make_labels
from tests.cast import Cast, assemble, client_of
from tests.predicting import RUNS, coloured, look, make_model, start

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def admin(people: Cast) -> APIClient:
    return client_of(people.admin)


@pytest.fixture
def dataset(transactional_db: None) -> Dataset:
    return make_dataset()


@pytest.fixture(autouse=True)
def _own_weights(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.WEIGHTS_DIR = tmp_path
    yield
    labellers.labeller.cache_clear()


@pytest.fixture
def model(people: Cast, tmp_path: Path) -> ModelVersion:
    return make_model(people.admin, tmp_path)


def carry_out(run: dict[str, Any]) -> None:
    predicting.take_part(UUID(run["id"]))


def named(model: ModelVersion) -> dict[UUID, str]:
    """The class that each picture got."""
    labels = Label.objects.filter(source=model.source).values_list("image", "label_class__name")
    assert len(set(labels)) == len(labels)
    return dict(labels)


def test_each_picture_gets_its_likeliest_class_with_confidence(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    given = {coloured(dataset, colour).pk: colour for colour in ("Red", "Blue", "Green", "Red")}
    run = start(admin, dataset, model)
    assert (run["state"], run["progress"]["done"], run["progress"]["total"]) == ("queued", 0, 4)
    carry_out(run)
    run = look(admin, run)
    assert (run["state"], run["labelled"], run["unreadable"]) == ("done", 4, 0)
    assert run["progress"]["done"] == 4
    assert run["shards"]["total"] == run["shards"]["ended"] == 1
    assert named(model) == given
    label = Label.objects.filter(source=run["label_source"]).first()
    assert label is not None
    # Mean colours of 1 and -1, times 4: softmax of (4, -4, -4), nearly.
    assert label.confidence == pytest.approx(np.exp(8) / (np.exp(8) + 2), abs=0.01)
    assert label.extra == {"score": label.confidence}
    assert label.confidence is not None
    assert label.bin == int(1000 * label.confidence)
    assert label.origin == UUID(run["id"])
    assert differences() == []


def test_the_confidence_is_calibrated_and_the_raw_score_kept(
    admin: APIClient, people: Cast, dataset: Dataset, tmp_path: Path
) -> None:
    model = make_model(people.admin, tmp_path, temperature=4.0, softmax=True)
    coloured(dataset, "Red")
    carry_out(start(admin, dataset, model, top_k=3))
    label = Label.objects.get()
    assert label.extra["score"] == pytest.approx(np.exp(8) / (np.exp(8) + 2), abs=0.01)
    assert label.confidence == pytest.approx(np.exp(2) / (np.exp(2) + 2), abs=0.01)
    top = label.extra["top"]
    assert top[0] == {
        "label_class": "Red", "confidence": label.confidence, "score": label.extra["score"],
    }  # fmt: skip
    assert {one["label_class"] for one in top} == {"Red", "Green", "Blue"}
    assert sum(one["confidence"] for one in top) == pytest.approx(1, abs=1e-5)


def test_pictures_below_the_minimum_get_no_label_and_are_counted(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    coloured(dataset, "Red")
    run = start(admin, dataset, model, min_confidence=0.9999)
    carry_out(run)
    run = look(admin, run)
    assert (run["state"], run["labelled"], run["below"]) == ("done", 0, 1)
    assert not Label.objects.exists()


def test_features_are_kept_and_go_with_an_erased_picture(
    admin: APIClient, people: Cast, dataset: Dataset, model: ModelVersion
) -> None:
    red, _ = coloured(dataset, "Red"), coloured(dataset, "Blue")
    carry_out(start(admin, dataset, model))
    kept = Features.objects.get(image=red)
    vector = np.frombuffer(kept.vector, "<f2")
    assert vector.shape == (model.features,)
    assert np.linalg.norm(vector.astype(float)) == pytest.approx(1, abs=0.01)
    erase_image(person=people.admin, image=red)
    assert list(Features.objects.values_list("image__ref", flat=True)) != []
    assert not Features.objects.filter(image=red).exists()


def test_a_second_run_adds_nothing(admin: APIClient, dataset: Dataset, model: ModelVersion) -> None:
    coloured(dataset, "Red")
    carry_out(start(admin, dataset, model))
    coloured(dataset, "Green")
    again = start(admin, dataset, model)
    carry_out(again)
    again = look(admin, again)
    assert (again["state"], again["labelled"], again["unchanged"]) == ("done", 1, 1)
    assert Label.objects.count() == 2
    assert differences() == []


def test_it_runs_over_what_another_source_called_a_class(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    crawdad = make_class(dataset, "Crawdad")
    wanted, other = coloured(dataset, "Red"), coloured(dataset, "Blue")
    said = {"label_class": crawdad, "confidence": 0.9, "bin": 900}
    Label.objects.create(image=wanted, source="first", **said)
    Label.objects.create(image=other, source="second", **said)
    only = {"label_classes": ["Crawdad"], "source": "first", "min_confidence": 0.5}
    run = start(admin, dataset, model, only=only)
    assert run["only"] == {**only, "label_classes": [str(crawdad.pk)]}
    carry_out(run)
    assert named(model) == {wanted.pk: "Red"}
    assert start(admin, dataset, model, 400, only={"source": "nobody"})["code"] == (
        "nothing_to_predict"
    )
    assert start(admin, dataset, model, 400, only={"label_classes": ["Crab"]})["code"] == (
        "unknown_class"
    )


def test_a_run_over_an_empty_dataset_is_refused(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    assert start(admin, dataset, model, 400)["code"] == "nothing_to_predict"
    assert not PredictionRun.objects.exists()


def test_pictures_that_cannot_be_read_are_listed_and_the_run_goes_on(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    good = coloured(dataset, "Red")
    make_labels(dataset, ["0.5"])  # on a stand-in
    lost = Image.objects.create(dataset=dataset, ref="lost.jpg", location="nowhere/lost.jpg")
    broken = coloured(dataset, "Blue")
    assert broken.blob is not None
    damage(broken.blob.storage_name)
    run = start(admin, dataset, model)
    carry_out(run)
    run = look(admin, run)
    assert (run["state"], run["labelled"], run["unreadable"]) == ("done", 1, 3)
    rows = admin.get(f"{RUNS}{run['id']}/unreadable/").json()["results"]
    reasons = {row["image_ref"]: row["reason"] for row in rows}
    assert "cannot be decoded" in reasons[broken.ref]
    assert "lost.jpg" in reasons[lost.ref]
    assert sum("stand-in" in reason for reason in reasons.values()) == 1
    assert named(model) == {good.pk: "Red"}


def damage(storage_name: str) -> None:
    from django.core.files.storage import storages

    path = Path(storages["pictures"].path(storage_name))
    path.write_bytes(path.read_bytes()[:60])


def test_two_runs_at_once_over_the_same_pictures_are_one(
    admin: APIClient, people: Cast, dataset: Dataset, model: ModelVersion
) -> None:
    coloured(dataset, "Red")

    def asked(_: int) -> tuple[int, dict[str, Any]]:
        body = {"dataset": str(dataset.pk), "model_version": str(model.pk), "only": {"source": ""}}
        answer = client_of(people.admin).post(RUNS, body, format="json")
        connection.close()
        return answer.status_code, answer.json()

    with ThreadPoolExecutor(2) as pool:
        (first, made), (second, refused) = sorted(pool.map(asked, range(2)), key=lambda one: one[0])
    assert (first, second, refused["code"]) == (202, 409, "run_at_work")
    assert refused["run"] == made["id"]
    carry_out(made)
    start(admin, dataset, model)


def test_a_run_and_one_over_a_part_of_it_label_each_picture_once(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    crab = make_class(dataset)
    for _ in range(3):
        Label.objects.create(image=coloured(dataset, "Red"), source="first", label_class=crab)
    whole = start(admin, dataset, model)
    part = start(admin, dataset, model, only={"source": "first"})
    one, other = (predicting.Turn(PredictionRun.objects.get(pk=run["id"])) for run in (whole, part))
    shard = other._claim()
    assert shard is not None
    met = other._pictures_of(shard)  # looked at before the other run wrote
    one.take()
    answers = [Answer(image, (Guess(0, 0.9, 0.9),)) for image in met.images]
    PredictionRun.objects.filter(pk=part["id"]).update(state=WorkState.RUNNING)
    found = write(other.run, shard, answers, known=met.known)
    assert (found.labelled, found.unchanged) == (0, 3)
    assert Label.objects.filter(source=model.source).count() == 3
    assert [one for one in differences() if one.source == model.source] == []


def test_cancelled_it_stops_and_what_it_made_stays(
    admin: APIClient, dataset: Dataset, model: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "SMALLEST_SHARD", 2)
    for _ in range(6):
        coloured(dataset, "Red")
    run = start(admin, dataset, model)
    turn = predicting.Turn(PredictionRun.objects.get(pk=run["id"]))
    turn.until = 0  # one shard and no more
    turn.take()
    assert look(admin, run)["progress"]["done"] == 2
    second = turn._claim()
    assert second is not None
    cancelled = admin.post(f"{RUNS}{run['id']}/cancel/").json()
    assert (cancelled["state"], cancelled["labelled"]) == ("cancelled", 2)
    assert not second.mine().exists()
    carry_out(run)
    assert look(admin, run)["state"] == "cancelled"
    assert Label.objects.count() == 2
    assert admin.post(f"{RUNS}{run['id']}/cancel/").json()["code"] == "run_ended"


def test_a_worker_that_lost_its_shard_writes_nothing(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    image = coloured(dataset, "Red")
    run = start(admin, dataset, model)
    turn = predicting.Turn(PredictionRun.objects.get(pk=run["id"]))
    mine = turn._claim()
    assert mine is not None
    Shard.objects.update(attempts=2)  # another worker has taken over
    with pytest.raises(WorkCancelled):
        write(turn.run, mine, [Answer(image, refusal="no")], known=0)
    assert not Unreadable.objects.exists()
    assert look(admin, run)["unreadable"] == 0


def test_a_run_whose_model_is_gone_says_so(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    coloured(dataset, "Red")
    run = start(admin, dataset, model)
    (files.local_folder(model) / files.MODEL).unlink()
    carry_out(run)
    run = look(admin, run)
    assert run["state"] == "failed"
    assert "model.onnx" in run["message"]
    assert not Shard.objects.exclude(state="cancelled").exists()


def test_a_network_that_stops_fails_the_run_with_what_it_says(
    admin: APIClient, dataset: Dataset, model: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(*_: Any) -> None:
        raise WeightsError("It stops at pictures of 32 pixels: no kernel.")

    monkeypatch.setattr(OnnxClassifier, "run", stops)
    coloured(dataset, "Red")
    run = start(admin, dataset, model)
    carry_out(run)
    run = look(admin, run)
    assert (run["state"], run["labelled"]) == ("failed", 0)
    assert "no kernel" in run["message"]


def test_a_run_whose_last_shard_ended_unseen_is_ended_by_the_clock(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    coloured(dataset, "Red")
    run = start(admin, dataset, model)
    Shard.objects.update(state="done", done=1)
    sweeping.sweep_runs()
    assert look(admin, run)["state"] == "done"


def test_a_dataset_with_a_run_at_work_is_not_deleted(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    coloured(dataset, "Red")
    run = start(admin, dataset, model)
    address = f"/api/v1/datasets/{dataset.pk}/"
    refused = admin.delete(address, {"name": dataset.name}, format="json")
    assert refused.json()["code"] == "dataset_in_use"
    assert str(model) in refused.json()["detail"]
    carry_out(run)
    assert admin.delete(address, {"name": dataset.name}, format="json").status_code == 204
    purge_dataset(dataset=dataset)
    assert not PredictionRun.objects.exists()
    assert not Features.objects.exists()


def test_runs_are_listed_by_dataset_and_model(
    admin: APIClient, people: Cast, dataset: Dataset, model: ModelVersion
) -> None:
    coloured(dataset, "Red")
    run = start(admin, dataset, model)
    analyst = client_of(people.analyst)
    for wanted in ({}, {"dataset": str(dataset.pk)}, {"model_version": str(model.pk)}):
        (row,) = analyst.get(RUNS, wanted).json()["results"]
        assert row["id"] == run["id"]
        assert row["model_version"]["name"] == "colours"
    assert analyst.get(RUNS, {"dataset": str(model.pk)}).json()["results"] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("top_k", 0), ("top_k", 21), ("min_confidence", 1.1), ("only", {"min_confidence": -1})],
)
def test_what_makes_no_sense_is_refused(
    admin: APIClient, dataset: Dataset, model: ModelVersion, field: str, value: Any
) -> None:
    coloured(dataset, "Red")
    assert field in start(admin, dataset, model, 400, **{field: value})["errors"]


def test_pictures_are_cut_into_shards_that_hold_each_once(
    admin: APIClient, dataset: Dataset, model: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "SMALLEST_SHARD", 3)
    given = {coloured(dataset, "Red").pk for _ in range(8)}
    start(admin, dataset, model)
    shards = list(Shard.objects.order_by("number"))
    assert [len(one.images) for one in shards] == [one.total for one in shards] == [3, 3, 2]
    held = Counter(image for one in shards for image in one.images)
    assert set(held) == given
    assert set(held.values()) == {1}
