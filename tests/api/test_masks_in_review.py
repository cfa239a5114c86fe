"""Masks reviewed as labels are: what a tile, a list and a preview show of them."""

from typing import Any

import numpy as np
import pytest

from labelapp.catalog.models import Dataset
from tests.api.outlining import HEIGHT, WIDTH, ellipse, photo
from tests.api.reviewing import Reviewer
from tests.builders import make_dataset, make_labels, make_mask
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset() -> Dataset:
    """Three pictures with an ellipse each, and one label of a whole picture."""
    dataset = make_dataset("cups")
    for _ in range(3):
        make_mask(photo(dataset), ellipse())
    make_labels(dataset, ["0.5"], label_class="Spoon", source="people.csv")
    return dataset


def job_on(cast: Cast, dataset: Dataset, **fields: Any) -> str:
    admin = client_of(cast.admin)
    body = {"name": "masks", "dataset": str(dataset.pk), **fields}
    made = admin.post("/api/v1/jobs/", body, format="json")
    assert made.status_code == 201, made.json()
    started = admin.post(f"/api/v1/jobs/{made.json()['id']}/start/", {"force": True}, format="json")
    assert started.status_code == 200, started.json()
    return str(made.json()["id"])


def test_a_tile_shows_the_object_with_its_outline(cast: Cast, dataset: Dataset) -> None:
    ana = Reviewer(client_of(cast.ana), job_on(cast, dataset, source="model:one"))
    tiles = ana.take()["items"]
    assert len(tiles) == 3
    for tile in tiles:
        shown = tile["close_up"]
        assert (tile["width"], tile["height"]) == (WIDTH, HEIGHT)
        assert shown["x"] + shown["width"] <= WIDTH
        assert shown["outline"].startswith("M")
        assert len(shown["outline"]) < 1500
        assert ana.client.get(shown["url"]).status_code == 200


def test_a_tile_of_a_whole_picture_has_no_close_up(cast: Cast, dataset: Dataset) -> None:
    ana = Reviewer(client_of(cast.ana), job_on(cast, dataset, source="people.csv"))
    assert ["close_up" in tile for tile in ana.take()["items"]] == [False]


def test_the_exact_outline_is_for_whoever_holds_the_item(cast: Cast, dataset: Dataset) -> None:
    ana = Reviewer(client_of(cast.ana), job_on(cast, dataset, source="model:one"))
    path = f"/api/v1/items/{ana.take()['items'][0]['id']}/outline/"
    found = ana.client.get(path).json()["outline"]
    corners = np.array([pair.split() for pair in found[1:-1].split("L")], dtype=int)
    assert (np.abs(np.diff(corners, axis=0)).min(axis=1) == 0).all()
    assert client_of(cast.analyst).get(path).json()["outline"] == found
    assert client_of(cast.ben).get(path).status_code == 404


def test_items_and_previews_show_the_object(cast: Cast, dataset: Dataset) -> None:
    admin = client_of(cast.admin)
    job = job_on(cast, dataset, source="model:one")
    items = admin.get(f"/api/v1/items/?job={job}").json()["results"]
    assert all(item["close_up"]["outline"] for item in items)
    wish = {"name": "x", "dataset": str(dataset.pk), "source": "model:one"}
    preview = admin.post("/api/v1/jobs/preview/", wish, format="json").json()
    assert all(tile["close_up"]["outline"] for tile in preview["sample"])
