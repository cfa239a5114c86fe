"""The image server: who gets which picture, for how long, and in which form."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from PIL import Image as Pillow
from rest_framework.test import APIClient

from labelapp.catalog import access, blobs
from labelapp.catalog.counts import differences
from labelapp.catalog.models import Blob, Dataset, Image, Label
from labelapp.catalog.storage import STEP, expiry, full_url, thumb_url
from tests.api.importing import CSV, bring, picture, zip_of
from tests.api.test_import_pictures import encoded, exif
from tests.builders import make_dataset
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset("crabs")


@pytest.fixture
def image(admin: APIClient, dataset: Dataset) -> Image:
    file = CSV + "a.jpg,Crab,0.5\n"
    bring(admin, dataset, file=file, images=zip_of({"a.jpg": picture(800, 600)}))
    return Image.objects.get()


@pytest.fixture
def granted() -> Iterator[set[Any]]:
    """Images that a checker grants to everybody."""
    images: set[Any] = set()

    def checker(person: Any, image_id: Any) -> bool:
        return image_id in images

    access.register(checker)
    yield images
    access._checkers.remove(checker)


def url(image: Image, person: Any, size: str = "thumb") -> str:
    make = {"thumb": thumb_url, "full": full_url}[size]
    return make(image.pk, person.pk, timezone.now())


def test_a_thumbnail_is_small_private_and_kept_by_the_browser(
    admin: APIClient, cast: Cast, image: Image
) -> None:
    answer = admin.get(url(image, cast.admin))
    assert answer.status_code == 200
    assert Pillow.open(io.BytesIO(answer.content)).size == (320, 240)
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("private, immutable, max-age=")
    again = admin.get(url(image, cast.admin), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_full_size_is_the_file_itself(admin: APIClient, cast: Cast, image: Image) -> None:
    answer = admin.get(url(image, cast.admin, "full"))
    assert (answer["Content-Type"], answer.content) == ("image/jpeg", picture(800, 600))


def test_an_address_is_good_for_its_person_alone(
    admin: APIClient, cast: Cast, image: Image
) -> None:
    mine = url(image, cast.admin)
    assert client_of(cast.analyst).get(mine).json()["code"] == "link_invalid"
    assert client_of(None).get(mine).status_code == 401
    assert admin.get(mine.replace("/thumb", "/full")).status_code == 403
    assert admin.get(mine[:-1] + ("A" if mine[-1] != "A" else "B")).status_code == 403
    assert admin.get(mine.partition("?")[0]).status_code == 403
    assert admin.get(mine.replace("e=", "e=1")).status_code == 403


def test_an_address_ends(admin: APIClient, cast: Cast, image: Image) -> None:
    old = thumb_url(image.pk, cast.admin.pk, datetime(2020, 1, 1, tzinfo=UTC))
    assert admin.get(old).status_code == 403


def test_addresses_stay_the_same_for_half_a_day_and_are_good_as_long() -> None:
    first = datetime.fromtimestamp(STEP * 40_000 + 1, UTC)
    last = datetime.fromtimestamp(STEP * 40_001, UTC)
    assert expiry(first) == expiry(last)
    assert expiry(last) - last.timestamp() == STEP


def test_a_labeler_sees_what_a_checker_grants_and_no_more(
    cast: Cast, image: Image, granted: set[Any]
) -> None:
    labeler = client_of(cast.ana)
    assert labeler.get(url(image, cast.ana)).status_code == 404
    granted.add(image.pk)
    assert labeler.get(url(image, cast.ana)).status_code == 200
    assert labeler.get(f"/api/v1/images/{image.pk}/").status_code == 403


def test_what_is_known_of_a_picture(admin: APIClient, image: Image) -> None:
    found = admin.get(f"/api/v1/images/{image.pk}/").json()
    assert (found["ref"], found["width"], found["height"]) == ("a.jpg", 800, 600)
    assert found["media_type"] == "image/jpeg"
    assert [one["label_class"]["name"] for one in found["labels"]] == ["Crab"]


def test_erasing_removes_the_file_at_once_and_keeps_the_rows(
    admin: APIClient, cast: Cast, image: Image
) -> None:
    blob = Blob.objects.get()
    assert storages["pictures"].exists(blob.storage_name)
    assert admin.delete(f"/api/v1/images/{image.pk}/").status_code == 204
    assert not storages["pictures"].exists(blob.storage_name)
    assert not storages["thumbnails"].exists(blobs.thumbnail_name(blob))
    assert Blob.objects.count() == 0
    assert Label.objects.count() == 1
    assert Label.objects.live().count() == 0
    assert differences() == []
    answer = admin.get(url(image, cast.admin))
    assert (answer.status_code, answer.json()["code"]) == (410, "picture_erased")
    assert admin.delete(f"/api/v1/images/{image.pk}/").status_code == 204
    assert differences() == []


def test_erasing_leaves_a_content_that_another_image_shows(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    bring(admin, dataset, images=zip_of({"a.jpg": picture(), "b.jpg": picture()}))
    one, other = Image.objects.order_by("ref")
    admin.delete(f"/api/v1/images/{one.pk}/")
    assert admin.get(url(other, cast.admin)).status_code == 200


def test_a_thumbnail_that_is_not_there_is_made(admin: APIClient, cast: Cast, image: Image) -> None:
    storages["thumbnails"].delete(blobs.thumbnail_name(Blob.objects.get()))
    assert admin.get(url(image, cast.admin)).status_code == 200


def test_a_lost_file_is_an_answer_and_no_fault(admin: APIClient, cast: Cast, image: Image) -> None:
    storages["pictures"].delete(Blob.objects.get().storage_name)
    answer = admin.get(url(image, cast.admin, "full"))
    assert (answer.status_code, answer.json()["code"]) == (404, "picture_unreadable")


def test_tiny_pictures_are_not_enlarged(admin: APIClient, cast: Cast, dataset: Dataset) -> None:
    bring(admin, dataset, images=zip_of({"8.png": picture(8, 8, "PNG", "L")}))
    answer = admin.get(url(Image.objects.get(), cast.admin))
    assert Pillow.open(io.BytesIO(answer.content)).size == (8, 8)


@pytest.mark.parametrize(
    ("name", "data", "corner"),
    [
        ("deep.tif", encoded(Pillow.new("I;16", (30, 20), 32768), "TIFF"), (128, 128, 128)),
        ("deep.png", encoded(Pillow.new("I;16", (30, 20), 32768), "PNG"), (128, 128, 128)),
        ("float.tif", encoded(Pillow.new("F", (30, 20), 7.5), "TIFF"), (0, 0, 0)),
        ("print.jpg", encoded(Pillow.new("CMYK", (30, 20), (0, 0, 0, 255)), "JPEG"), (0, 0, 0)),
        (
            "turned.png",
            encoded(Pillow.new("RGB", (20, 30)), "PNG", exif=exif(6)),
            (0, 0, 0),
        ),
    ],
)
def test_what_browsers_cannot_show_is_sent_converted(
    admin: APIClient,
    cast: Cast,
    dataset: Dataset,
    name: str,
    data: bytes,
    corner: tuple[int, int, int],
) -> None:
    bring(admin, dataset, images=zip_of({name: data}))
    answer = admin.get(url(Image.objects.get(), cast.admin, "full"))
    assert answer["Content-Type"] == "image/webp"
    shown = Pillow.open(io.BytesIO(answer.content)).convert("RGB")
    assert shown.size == (30, 20)
    found: Any = shown.getpixel((1, 1))
    assert max(abs(a - b) for a, b in zip(found, corner, strict=True)) <= 2


def test_what_is_transparent_lies_on_the_mat(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    clear = encoded(Pillow.new("RGBA", (100, 100), (255, 0, 0, 0)), "PNG")
    bring(admin, dataset, images=zip_of({"a.png": clear}))
    answer = admin.get(url(Image.objects.get(), cast.admin))
    found: Any = Pillow.open(io.BytesIO(answer.content)).convert("RGB").getpixel((50, 50))
    assert max(abs(a - b) for a, b in zip(found, (233, 233, 231), strict=True)) <= 3


def test_a_stand_in_carries_the_path_and_is_drawn_on_demand(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    bring(admin, dataset, file=CSV + "a.jpg,Crab,0.5\n", missing_images="placeholder")
    answer = admin.get(url(Image.objects.get(), cast.admin))
    drawn = Pillow.open(io.BytesIO(answer.content))
    assert drawn.size == (480, 360)
    darkest: Any = drawn.convert("L").getextrema()[0]
    assert darkest < 120


def test_a_reference_is_read_at_the_first_look_and_known_from_then(
    admin: APIClient, cast: Cast, dataset: Dataset, tmp_path: Path, settings: Any
) -> None:
    settings.IMAGE_ROOTS = [tmp_path.resolve()]
    (tmp_path / "a.jpg").write_bytes(picture(64, 48))
    rows = CSV + "a.jpg,Crab,0.5\ngone.jpg,Crab,0.5\n/etc/passwd,Crab,0.5\n"
    bring(admin, dataset, file=rows, missing_images="reference")
    here = Image.objects.get(ref="a.jpg")
    assert (here.width, here.blob) == (None, None)
    assert admin.get(url(here, cast.admin)).status_code == 200
    here.refresh_from_db()
    assert (here.width, here.height, here.blob is None) == (64, 48, False)
    for ref in ("gone.jpg", "/etc/passwd"):
        answer = admin.get(url(Image.objects.get(ref=ref), cast.admin))
        assert (answer.status_code, answer.json()["code"]) == (404, "picture_unreadable")
