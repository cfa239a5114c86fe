"""Pictures like this one: by what a version saw, else by how they look."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageFilter
from pytest_django import Settings
from rest_framework.test import APIClient

from labelapp.catalog import services as catalog
from labelapp.catalog.models import Dataset, Image
from ml.registry.models import ModelVersion
from ml.runs.models import Features
from tests.builders import make_dataset, make_labels, make_photo
from tests.cast import Cast, client_of
from tests.predicting import make_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset()


@pytest.fixture
def model(cast: Cast, settings: Settings, tmp_path: Path) -> ModelVersion:
    settings.DATA_DIR = tmp_path
    settings.WEIGHTS_DIR = tmp_path / "weights"
    return make_model(cast.admin, settings.WEIGHTS_DIR)


def seen(dataset: Dataset, model: ModelVersion, degrees: float) -> Image:
    """A picture that the model saw in this direction."""
    image = photo(dataset, int(degrees * 10))
    turn = np.deg2rad(degrees)
    vector = np.array([np.cos(turn), np.sin(turn), 0], "<f2").tobytes()
    Features.objects.create(image=image, model_version=model, vector=vector)
    return image


def photo(dataset: Dataset, seed: int, *, blurred: int = 0) -> Image:
    spots = np.random.default_rng(seed).integers(0, 255, (8, 9, 3)).astype(np.uint8)
    large = Pillow.fromarray(spots).resize((120, 90), Pillow.Resampling.BICUBIC)
    return make_photo(dataset, np.asarray(large.filter(ImageFilter.GaussianBlur(blurred))))


def like(client: APIClient, image: Image, status: int = 200, **query: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/images/{image.pk}/alike/", query)
    assert answer.status_code == status, answer.content
    return dict(answer.json())


def ids(found: dict[str, Any]) -> list[str]:
    return [one["id"] for one in found["results"]]


def test_the_nearest_to_the_network_come_first_with_what_is_said_of_them(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    one, far, near, middle = (seen(dataset, model, turn) for turn in (0, 80, 10, 40))
    seen(make_dataset(), model, 1)
    photo(dataset, 5)  # not seen by it
    [cup] = make_labels(dataset, ["0.9"], label_class="Cup")
    cup.image = near
    cup.save()
    found = like(admin, one)
    assert ids(found) == [str(image.pk) for image in (near, middle, far)]
    assert [one["cosine"] for one in found["results"]] == pytest.approx(
        np.cos(np.deg2rad([10, 40, 80])), abs=2e-3
    )
    assert (found["by"], found["version"]["id"]) == ("features", str(model.pk))
    first = found["results"][0]
    assert (first["ref"], first["bits"]) == (near.ref, None)
    assert [one["name"] for one in first["label_classes"]] == ["Cup"]
    assert admin.get(first["thumb_url"]).status_code == 200
    assert ids(like(admin, one, count=1)) == [str(near.pk)]
    assert ids(like(admin, one, version=str(model.pk))) == ids(found)


def test_what_is_seen_later_is_found_and_what_is_erased_is_not_nor_kept_in_a_file(
    admin: APIClient, dataset: Dataset, model: ModelVersion, cast: Cast, tmp_path: Path
) -> None:
    one, other = seen(dataset, model, 0), seen(dataset, model, 20)
    assert ids(like(admin, one)) == [str(other.pk)]
    assert len(list((tmp_path / "features").iterdir())) == 1
    later = seen(dataset, model, 10)
    assert ids(like(admin, one)) == [str(later.pk), str(other.pk)]
    assert len(list((tmp_path / "features").iterdir())) == 1  # the older one is gone
    catalog.erase_image(person=cast.admin, image=later)
    assert list((tmp_path / "features").iterdir()) == []
    assert ids(like(admin, one)) == [str(other.pk)]
    assert like(admin, later, status=410)["code"] == "picture_erased"


def test_without_a_version_that_saw_it_looks_decide_and_chance_is_left_out(
    admin: APIClient, dataset: Dataset
) -> None:
    one, blurred = photo(dataset, 1), photo(dataset, 1, blurred=2)
    same = make_photo(dataset, np.full((20, 30, 3), 7, np.uint8))
    same.blob = one.blob
    same.save()
    photo(dataset, 2)
    photo(make_dataset(), 1)
    found = like(admin, one)
    assert ids(found) == [str(same.pk), str(blurred.pk)]
    assert found["results"][0]["bits"] == 0
    assert found["results"][0]["cosine"] is None
    assert (found["by"], found["version"]) == ("look", None)


def test_a_version_that_has_not_seen_it_is_no_answer(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    image = photo(dataset, 1)
    assert like(admin, image, status=409, version=str(model.pk))["code"] == "not_seen_by_version"
    assert like(admin, image)["by"] == "look"
    assert like(admin, image, status=400, count=0)["errors"]["count"]


def test_labelers_are_told_nothing_of_other_pictures(cast: Cast, dataset: Dataset) -> None:
    like(client_of(cast.ana), photo(dataset, 1), status=403)
    assert like(client_of(cast.analyst), photo(dataset, 2))["by"] == "look"
