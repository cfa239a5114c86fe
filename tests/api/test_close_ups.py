"""What a label with a box or a mask looks like: its part of the picture, its outline."""

import io
from typing import Any

import numpy as np
import pytest
from django.core.files.storage import storages
from django.utils import timezone
from PIL import Image as Pillow
from rest_framework.test import APIClient

from labelapp.catalog import blobs
from labelapp.catalog.models import Blob, Dataset, Image, Label
from labelapp.catalog.regions import close_up
from labelapp.catalog.storage import part_url
from labelapp.geometry.rle import encode
from tests.api.importing import bring, picture, zip_of
from tests.api.test_import_pictures import encoded, exif
from tests.builders import make_class, make_dataset, make_photo
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]

SIZE = (600, 800)  # height, width


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset("cups")


def square(*, left: int = 400, top: int = 300, side: int = 60) -> dict[str, Any]:
    """The region of a square mask on a picture of SIZE."""
    mask = np.zeros(SIZE, dtype=bool)
    mask[top : top + side, left : left + side] = True
    return {"mask": dict(encode(mask))}


def a_photo(dataset: Dataset, kind: str = "PNG") -> Image:
    """Green, with a red square where `square` is."""
    pixels = np.full((*SIZE, 3), (40, 140, 60), dtype=np.uint8)
    pixels[300:360, 400:460] = (200, 30, 30)
    return make_photo(dataset, pixels, kind)


def a_label(dataset: Dataset, region: dict[str, Any], image: Image | None = None) -> Label:
    return Label.objects.create(
        image=image or a_photo(dataset),
        label_class=make_class(dataset, "Cup"),
        source="model.jsonl",
        region=region,
    )


def shown(admin: APIClient, dataset: Dataset) -> Any:
    (label,) = admin.get(f"/api/v1/labels/?dataset={dataset.pk}").json()["results"]
    return label["close_up"]


def opened(client: APIClient, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content
    return Pillow.open(io.BytesIO(answer.content)).convert("RGB")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_mask_is_shown_with_margin_from_the_full_picture(
    admin: APIClient, dataset: Dataset, kind: str
) -> None:
    a_label(dataset, square(), a_photo(dataset, kind))
    found = shown(admin, dataset)
    part = [found[side] for side in ("x", "y", "width", "height")]
    assert part == [388, 288, 84, 84]
    assert found["outline"] == "M400 300L460 300L460 360L400 360Z"
    small = opened(admin, found["url"])
    assert small.size == (84, 84)
    assert np.abs(np.array(small.getpixel((42, 42))) - (200, 30, 30)).max() < 25
    assert np.abs(np.array(small.getpixel((3, 3))) - (40, 140, 60)).max() < 25


def test_a_box_is_shown_as_a_mask_is(admin: APIClient, dataset: Dataset) -> None:
    a_label(dataset, {"box": [10.5, 20, 300, 100.25]})
    found = shown(admin, dataset)
    assert [found[side] for side in ("x", "y", "width", "height")] == [0, 0, 371, 181]
    assert found["outline"] == "M10.5 20h300v100.25h-300Z"
    assert opened(admin, found["url"]).size == (320, 156)


def test_a_large_part_is_as_large_as_a_thumbnail(admin: APIClient, cast: Cast) -> None:
    image = a_photo(make_dataset(), "JPEG")
    url = part_url(image.pk, (80, 60, 640, 480), cast.admin.pk, timezone.now())
    small = opened(admin, url)
    assert small.size == (320, 240)
    assert np.abs(np.array(small.getpixel((175, 135))) - (200, 30, 30)).max() < 30


def test_a_turned_picture_is_cut_as_it_is_shown(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    lying = Pillow.new("RGB", (600, 400), (0, 0, 200))
    lying.paste((220, 0, 0), (0, 0, 100, 400))  # the left edge; turned by 6, the top
    data = encoded(lying, "JPEG", exif=exif(6))
    bring(admin, dataset, images=zip_of({"a.jpg": data}))
    image = Image.objects.get()
    assert (image.width, image.height) == (400, 600)
    url = part_url(image.pk, (0, 0, 400, 100), cast.admin.pk, timezone.now())
    middle: Any = opened(admin, url).getpixel((160, 40))
    assert np.abs(np.array(middle) - (220, 0, 0)).max() < 30


def test_what_lies_beyond_the_picture_is_the_mat(admin: APIClient, cast: Cast) -> None:
    """A picture whose size was not known when its box was shown."""
    image = a_photo(make_dataset())
    url = part_url(image.pk, (780, 580, 40, 40), cast.admin.pk, timezone.now())
    small = opened(admin, url)
    assert small.size == (40, 40)
    assert np.abs(np.array(small.getpixel((35, 35))) - (233, 233, 231)).max() < 8
    beyond = part_url(image.pk, (900, 900, 40, 40), cast.admin.pk, timezone.now())
    assert opened(admin, beyond).size == (40, 40)


def test_a_part_is_signed_for_its_person_and_place(admin: APIClient, cast: Cast) -> None:
    image = a_photo(make_dataset())
    url = part_url(image.pk, (10, 10, 40, 40), cast.admin.pk, timezone.now())
    assert client_of(cast.analyst).get(url).json()["code"] == "link_invalid"
    assert admin.get(url.replace("part-10-", "part-11-")).status_code == 403
    assert admin.get(url.replace("part-10-10-40-40", "full")).status_code == 403
    assert admin.get(url.replace("part-10-10-40-40", "part-10-10-40")).status_code == 404
    answer = admin.get(url)
    assert answer["Cache-Control"].startswith("private, immutable, max-age=")
    again = admin.get(url, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_erasing_a_picture_removes_its_parts(admin: APIClient, cast: Cast) -> None:
    image = a_photo(make_dataset())
    opened(admin, part_url(image.pk, (10, 10, 40, 40), cast.admin.pk, timezone.now()))
    folder = blobs.parts_folder(Blob.objects.get())
    assert "part-10-10-40-40.webp" in storages["thumbnails"].listdir(folder)[1]
    admin.delete(f"/api/v1/images/{image.pk}/")
    assert not storages["thumbnails"].exists(folder)


@pytest.mark.parametrize(
    "region",
    [
        {},
        {"mask": {"size": [600, 800], "counts": "9"}},
        {"mask": {"size": [600, 801], "counts": "9"}},
        {"mask": dict(encode(np.zeros(SIZE, dtype=bool)))},
        {"box": [900, 700, 20, 20]},
    ],
)
def test_what_cannot_be_drawn_is_shown_as_the_whole_picture(
    admin: APIClient, dataset: Dataset, region: dict[str, Any]
) -> None:
    a_label(dataset, region)
    assert shown(admin, dataset) is None


def test_a_mask_on_a_picture_that_was_never_read_knows_its_size(cast: Cast) -> None:
    image = Image(width=None, height=None)
    edge = square(left=780, side=20)
    found = close_up(image.pk, edge, (None, None), person_id=cast.admin.pk, now=timezone.now())
    assert found is not None
    assert found["x"] + found["width"] == 800


def test_a_stand_in_has_parts_too(admin: APIClient, cast: Cast, dataset: Dataset) -> None:
    image = Image.objects.create(
        dataset=dataset, ref="gone.jpg", location="placeholder:", width=480, height=360
    )
    url = part_url(image.pk, (10, 10, 100, 50), cast.admin.pk, timezone.now())
    assert opened(admin, url).size == (100, 50)


def test_the_labels_of_a_picture_have_their_outlines(admin: APIClient, dataset: Dataset) -> None:
    label = a_label(dataset, square())
    bring(admin, make_dataset(), images=zip_of({"a.jpg": picture()}))
    (found,) = admin.get(f"/api/v1/images/{label.image_id}/").json()["labels"]
    assert found["close_up"]["outline"].startswith("M400 300")
