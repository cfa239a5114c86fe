"""What a job deals first within a class, by each order."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from rest_framework.test import APIClient

from labelapp.catalog.counts import recount
from labelapp.catalog.models import Dataset, Image, Label
from ml.registry.models import ModelVersion
from ml.registry.services import list_shipped
from ml.runs.models import Features
from qa.analysis.choosing import spread, suspicion
from qa.verification.models import Item
from tests.builders import make_class, make_dataset
from tests.cast import assemble, client_of

pytestmark = pytest.mark.django_db
JOBS = "/api/v1/jobs/"
MODEL = "model:fruit@2"


@pytest.fixture
def admin(db: None) -> APIClient:
    return client_of(assemble().admin)


@pytest.fixture
def dataset(db: None) -> Dataset:
    return make_dataset()


@pytest.fixture
def version(db: None) -> ModelVersion:
    return list_shipped()


def picture(dataset: Dataset, ref: str, *said: tuple[str, str], **of_model: Any) -> Image:
    """A picture that the model calls a crab, with what other sources say."""
    image = Image.objects.create(dataset=dataset, ref=ref, location="placeholder:")
    crab = make_class(dataset, "crab")
    Label.objects.create(
        image=image,
        label_class=of_model.pop("label_class", crab),
        source=MODEL,
        confidence=of_model.get("confidence", 0.9),
        bin=int(1000 * of_model.get("confidence", 0.9)),
        extra=of_model.get("extra", {}),
    )
    for source, name in said:
        Label.objects.create(image=image, label_class=make_class(dataset, name), source=source)
    return image


def seen(image: Image, version: ModelVersion, *vector: float) -> None:
    numbers = np.array(vector) / np.linalg.norm(vector)
    Features.objects.create(
        image=image, model_version=version, vector=numbers.astype("<f2").tobytes()
    )


def top(first: float, second: float) -> dict[str, Any]:
    return {"top": [{"confidence": first}, {"confidence": second}]}


def dealt(admin: APIClient, dataset: Dataset, order: str, **more: Any) -> list[str]:
    """The pictures that are called crabs, in the order in which a job deals them."""
    recount(dataset.pk, dataset.classes.values_list("pk", flat=True))
    given = {"name": order, "dataset": str(dataset.pk), "source": MODEL, "order": order, **more}
    made = admin.post(JOBS, given, format="json")
    assert made.status_code == 201, made.content
    job = admin.post(f"{JOBS}{made.json()['id']}/start/", {"force": True}, format="json").json()
    rows = admin.get("/api/v1/items/", {"job": job["id"]}).json()["results"]
    assert {row["chosen_by"] for row in rows} == {order}
    assert job["plan"] == {}
    items = Item.objects.filter(job=job["id"], label_class__name="crab")
    return list(items.order_by("rank").values_list("image__ref", flat=True))


def test_the_smallest_margin_comes_first(admin: APIClient, dataset: Dataset) -> None:
    picture(dataset, "wide", confidence=0.6, extra=top(0.6, 0.1))
    picture(dataset, "narrow", confidence=0.45, extra=top(0.45, 0.44))
    picture(dataset, "alone", confidence=0.65)  # at least 0.3
    assert dealt(admin, dataset, "uncertainty") == ["narrow", "alone", "wide"]
    assert dealt(admin, dataset, "uncertainty", cap_per_class=1) == ["narrow"]


def test_whatever_an_import_noted_as_likely_a_job_starts(
    admin: APIClient, dataset: Dataset
) -> None:
    picture(
        dataset, "words", confidence=0.9, extra={"top": [{"confidence": "high"}, {"confidence": 1}]}
    )
    picture(dataset, "huge", confidence=0.8, extra=top(1e300, 0))
    picture(dataset, "no list", confidence=0.7, extra={"top": 7})
    assert dealt(admin, dataset, "uncertainty") == ["no list", "words", "huge"]


def test_what_other_sources_name_otherwise_comes_first(admin: APIClient, dataset: Dataset) -> None:
    picture(dataset, "agreed", ("model:fruit@1", "crab"))
    picture(dataset, "half", ("model:fruit@1", "crab"), ("other.csv", "cod"))
    picture(dataset, "against", ("model:fruit@1", "cod"), ("other.csv", "cod"))
    picture(dataset, "alone", ("person:ana", "cod"))
    assert dealt(admin, dataset, "disagreement") == ["against", "half", "agreed", "alone"]


def test_each_picture_is_unlike_those_before_it(
    admin: APIClient, dataset: Dataset, version: ModelVersion
) -> None:
    for ref, vector in {"a": (10, 1), "b": (10, 2), "c": (10, 1.5), "far": (-1, 10)}.items():
        seen(picture(dataset, ref), version, *vector)
    picture(dataset, "unseen")
    order = dealt(admin, dataset, "diversity")
    assert order[1] == "far"
    assert order[-1] == "unseen"
    assert dealt(admin, dataset, "diversity", cap_per_class=2) == order[:2]


def test_a_picture_among_those_of_another_class_comes_first(
    admin: APIClient, dataset: Dataset, version: ModelVersion
) -> None:
    cod = make_class(dataset, "cod")
    draw = np.random.default_rng(0)
    for number in range(25):
        seen(picture(dataset, f"crab-{number}"), version, 10, *draw.normal(size=3))
        fish = picture(dataset, f"cod-{number}", label_class=cod)
        seen(fish, version, -10, *draw.normal(size=3))
    seen(picture(dataset, "odd"), version, -10, 0, 0, 0)
    for only in ([], ["crab"]):
        order = dealt(admin, dataset, "suspicion", label_classes=only)
        assert (order[0], len(order)) == ("odd", 26)


def test_without_a_model_that_saw_the_pictures_it_is_refused(
    admin: APIClient, dataset: Dataset
) -> None:
    picture(dataset, "a")
    for order in ("diversity", "suspicion"):
        body = {"name": "x", "dataset": str(dataset.pk), "order": order}
        for path in (JOBS, f"{JOBS}preview/"):
            answer = admin.post(path, body, format="json")
            assert (answer.status_code, answer.json()["code"]) == (409, "not_seen")
            assert list(answer.json()["errors"]) == ["order"]


def units(count: int, seed: int = 0) -> NDArray[np.float32]:
    found = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def test_the_greedy_choice_is_the_farthest_from_all_before_it() -> None:
    features = units(60)
    chosen = spread(features, 60)
    assert sorted(chosen) == list(range(60))
    for place in range(1, 20):
        nearest = (features @ features[chosen[:place]].T).max(1)
        left = [one for one in range(60) if one not in chosen[:place]]
        assert nearest[chosen[place]] == pytest.approx(min(nearest[left]))
    assert spread(features[:0], 5) == []


def test_suspicion_is_the_share_of_similar_neighbours_with_another_class() -> None:
    features, classes = units(40), np.arange(40) % 3
    found = suspicion(features, classes, np.array([5, 7]))
    for place, one in enumerate((5, 7)):
        alike = features @ features[one]
        alike[one] = -np.inf
        near = np.argsort(-alike)[:20]
        weights = np.clip(alike[near], 0, None)
        by_hand = (weights * (classes[near] != classes[one])).sum() / weights.sum()
        assert found[place] == pytest.approx(by_hand, abs=1e-5)
    assert suspicion(features[:1], classes[:1], np.array([0])).tolist() == [0]
