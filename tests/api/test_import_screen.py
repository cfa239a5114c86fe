"""What the import screen rests on: a check that writes nothing, changed until the person says so."""

import pytest
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Label
from tests.api.importing import bring, change
from tests.builders import make_dataset
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]
CSV = "confidence,10,image,label\n0.9,x,a.jpg,Crab\n0.5,y,b.jpg,Crab\n"


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset("crabs")


def test_cells_stand_in_the_order_of_the_headers(admin: APIClient, dataset: Dataset) -> None:
    found = bring(admin, dataset, file=CSV, dry_run="true")
    assert found["facts"]["headers"] == ["confidence", "10", "image", "label"]
    assert found["preview"][0]["cells"] == ["0.9", "x", "a.jpg", "Crab"]


def test_missing_pictures_and_source_may_change_until_it_is_written(
    admin: APIClient, dataset: Dataset
) -> None:
    found = bring(admin, dataset, file=CSV, dry_run="true")
    assert found["counts"]["rejected"] == 2
    found = change(admin, found, missing_images="placeholder", source="night shift")
    assert (found["counts"]["rejected"], found["counts"]["labels"]) == (0, 2)
    assert found["is_open"]
    assert not Label.objects.exists()
    found = change(admin, found, dry_run=False)
    assert (found["state"], found["is_open"]) == ("done", False)
    assert set(Label.objects.values_list("source", flat=True)) == {"night shift"}


def test_rows_drawn_at_random_are_shown_beside_the_first_ones(
    admin: APIClient, dataset: Dataset
) -> None:
    lines = "".join(f"0.9,x,{number}.jpg,Crab\n" for number in range(300))
    file = CSV.splitlines()[0] + "\n" + lines
    found = bring(admin, dataset, file=file, dry_run="true")
    drawn = found["facts"]["random"]
    numbers = [row["line"] for row in drawn]
    assert len(set(numbers)) == 8
    assert numbers == sorted(numbers)
    assert all(row["picture"] == f"{row['line'] - 2}.jpg" for row in drawn)
    assert max(numbers) > 100, "from the whole file"
    assert {row["problem"] for row in drawn} == {"picture not found"}
    again = change(admin, found, missing_images="placeholder")
    assert [row["line"] for row in again["facts"]["random"]] == numbers
    assert {row["problem"] for row in again["facts"]["random"]} == {None}


def test_of_a_short_file_nothing_is_drawn(admin: APIClient, dataset: Dataset) -> None:
    assert bring(admin, dataset, file=CSV, dry_run="true")["facts"]["random"] == []
