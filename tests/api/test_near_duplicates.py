"""Near-duplicates of a dataset: found at import, confirmed by what a network saw, shown in groups."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image as Pillow
from PIL import ImageFilter
from pytest_django import Settings
from rest_framework.test import APIClient

from labelapp.background import WorkState
from labelapp.catalog import services as catalog
from labelapp.catalog.models import Blob, Dataset, Image
from labelapp.catalog.storage import thumb_url
from ml.alike.finding import carry_out
from ml.alike.models import Twin, TwinGroup, TwinSearch
from ml.alike.services import TwinsOfDataset, write
from ml.runs.models import Features
from tests.api.importing import bring, zip_of
from tests.api.test_prediction_runs import damage
from tests.builders import make_dataset, make_photo
from tests.cast import Cast, client_of
from tests.predicting import make_model

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset()


def scene(seed: int) -> Pillow.Image:
    """A picture unlike those of other seeds."""
    spots = np.random.default_rng(seed).integers(0, 255, (8, 9, 3)).astype(np.uint8)
    return Pillow.fromarray(spots).resize((120, 90), Pillow.Resampling.BICUBIC)


def photo(dataset: Dataset, seed: int, *, blurred: int = 0) -> Image:
    """The scene of a seed; blurred copies are nearly the same."""
    picture = scene(seed).filter(ImageFilter.GaussianBlur(blurred))
    return make_photo(dataset, np.asarray(picture))


def summary(client: APIClient, dataset: Dataset) -> dict[str, Any]:
    answer = client.get(f"/api/v1/datasets/{dataset.pk}/near-duplicates/")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def groups(client: APIClient, dataset: Dataset, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/datasets/{dataset.pk}/near-duplicates/groups/", query)
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def search(client: APIClient, dataset: Dataset) -> dict[str, Any]:
    """POST a search, do the worker's part, and read what came of it."""
    answer = client.post(f"/api/v1/datasets/{dataset.pk}/near-duplicates/")
    assert answer.status_code == 202, answer.content
    assert answer.json()["search"]["state"] == "queued"
    carry_out(answer.json()["search"]["id"])
    return summary(client, dataset)


def test_nothing_was_searched_before_pictures_came(admin: APIClient, dataset: Dataset) -> None:
    assert summary(admin, dataset) == {"search": None, "groups": 0, "pictures": 0}
    assert groups(admin, dataset) == []


def test_an_import_has_its_dataset_searched_and_keeps_how_pictures_look(
    admin: APIClient, dataset: Dataset, tmp_path: Path
) -> None:
    files = {}
    for name, picture in {
        "Cup/a.png": scene(1),
        "Cup/b.png": scene(1).filter(ImageFilter.GaussianBlur(1)),
        "Pan/c.png": scene(2),
    }.items():
        picture.save(tmp_path / "one.png")
        files[name] = (tmp_path / "one.png").read_bytes()
    bring(admin, dataset, images=zip_of(files), source="folder")
    assert not Blob.objects.filter(dhash=None).exists()
    waiting = TwinSearch.objects.get(dataset=dataset)
    carry_out(waiting.pk)
    found = summary(admin, dataset)
    assert (found["groups"], found["pictures"], found["search"]["pictures"]) == (1, 2, 3)
    assert found["search"]["state"] == "done"
    assert found["search"]["seen_by"] is None
    [group] = groups(admin, dataset)
    assert [one["ref"] for one in group["pictures"]] == ["Cup/a.png", "Cup/b.png"]
    bring(admin, dataset, images=zip_of(files), source="folder", dry_run=True)
    assert TwinSearch.objects.filter(dataset=dataset, state=WorkState.QUEUED).count() == 0


def test_a_group_is_shown_with_signed_pictures_and_opened_whole(
    admin: APIClient, dataset: Dataset, cast: Cast
) -> None:
    images = [photo(dataset, 1), photo(dataset, 2)]
    images += [make_photo(dataset, np.asarray(scene(3).resize((120 + n, 90)))) for n in range(30)]
    search(admin, dataset)
    [group] = groups(admin, dataset)
    assert (group["size"], len(group["pictures"])) == (30, 24)
    first = group["pictures"][0]
    assert first["thumb_url"].startswith(thumb_url(first["id"], cast.admin.pk, timezone.now())[:50])
    path = f"/api/v1/datasets/{dataset.pk}/near-duplicates/groups/{group['id']}/"
    page = admin.get(path, {"page_size": 20}).json()
    rest = admin.get(page["next"]).json()
    ids = [one["id"] for one in [*page["results"], *rest["results"]]]
    assert sorted(ids) == sorted(str(one.pk) for one in images[2:])
    other = make_dataset()
    foreign = f"/api/v1/datasets/{other.pk}/near-duplicates/groups/{group['id']}/"
    assert admin.get(foreign).status_code == 404


def test_what_only_looks_alike_is_parted_by_what_a_network_saw(
    admin: APIClient, dataset: Dataset, cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.WEIGHTS_DIR = tmp_path / "weights"
    model = make_model(cast.admin, settings.WEIGHTS_DIR)
    pairs = [photo(dataset, seed, blurred=blur) for seed in (1, 2) for blur in (0, 1)]
    unseen = photo(dataset, 2, blurred=2)
    for image, seen in zip(pairs, np.eye(3)[[0, 1, 2, 2]], strict=True):
        vector = seen.astype("<f2").tobytes()
        Features.objects.create(image=image, model_version=model, vector=vector)
    found = search(admin, dataset)
    assert found["search"]["seen_by"]["id"] == str(model.pk)
    [group] = groups(admin, dataset)
    assert {one["id"] for one in group["pictures"]} == {str(one.pk) for one in (*pairs[2:], unseen)}


def test_older_pictures_get_their_hash_and_unreadable_ones_are_counted(
    admin: APIClient, dataset: Dataset
) -> None:
    images = [photo(dataset, 1), photo(dataset, 1, blurred=1), photo(dataset, 2)]
    hashes = dict(Blob.objects.values_list("pk", "dhash"))
    Blob.objects.update(dhash=None)
    assert images[2].blob is not None
    damage(images[2].blob.storage_name)
    found = search(admin, dataset)
    assert (found["groups"], found["search"]["unreadable"]) == (1, 1)
    for blob in Blob.objects.exclude(pk=images[2].blob_id):
        assert blob.dhash == hashes[blob.pk]


def test_tiny_pictures_are_not_compared(admin: APIClient, dataset: Dataset) -> None:
    for _ in range(2):
        make_photo(dataset, np.asarray(scene(1).resize((24, 15 + _))))
    found = search(admin, dataset)
    assert (found["groups"], found["search"]["pictures"]) == (0, 1)


def test_an_erased_picture_leaves_its_group_and_a_group_of_one_goes(
    admin: APIClient, dataset: Dataset, cast: Cast
) -> None:
    images = [photo(dataset, 1, blurred=blur) for blur in (0, 1, 2)]
    assert search(admin, dataset)["pictures"] == 3
    catalog.erase_image(person=cast.admin, image=images[1])
    assert [one["size"] for one in groups(admin, dataset)] == [2]
    catalog.erase_image(person=cast.admin, image=images[0])
    assert groups(admin, dataset) == []
    assert not Twin.objects.exists()


def test_whoever_asks_while_a_search_waits_gets_that_one(
    admin: APIClient, dataset: Dataset
) -> None:
    path = f"/api/v1/datasets/{dataset.pk}/near-duplicates/"
    first, second = (admin.post(path).json()["search"]["id"] for _ in range(2))
    assert first == second
    carry_out(first)
    carry_out(first)  # a bell that came twice
    assert admin.post(path).json()["search"]["id"] != first


def test_an_older_search_that_ends_late_changes_nothing(admin: APIClient, dataset: Dataset) -> None:
    photo(dataset, 1)
    photo(dataset, 1, blurred=1)
    path = f"/api/v1/datasets/{dataset.pk}/near-duplicates/"
    late = TwinSearch.objects.get(pk=admin.post(path).json()["search"]["id"])
    assert late.claim()
    assert search(admin, dataset)["groups"] == 1
    write(late, [])
    assert summary(admin, dataset)["groups"] == 1
    late.refresh_from_db()
    assert late.state == WorkState.DONE


def test_groups_are_found_again_from_the_beginning_and_go_with_the_dataset(
    admin: APIClient, dataset: Dataset, cast: Cast
) -> None:
    photo(dataset, 1)
    photo(dataset, 1, blurred=1)
    search(admin, dataset)
    photo(dataset, 2)
    photo(dataset, 2, blurred=1)
    assert search(admin, dataset)["groups"] == 2
    assert TwinSearch.objects.filter(dataset=dataset).count() == 1
    TwinsOfDataset().remove(dataset.pk)
    assert not TwinGroup.objects.exists()
