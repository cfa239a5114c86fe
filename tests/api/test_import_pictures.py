"""Where an import finds its pictures, and which files it takes for one."""

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.storage import storages
from PIL import Image as Pillow
from rest_framework.test import APIClient

from labelapp.catalog.models import Blob, Dataset, Image, Label
from tests.api.importing import CSV, bring, picture, rejected, zip_of
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
def root(tmp_path: Path, settings: Any) -> Path:
    """A folder that the server may read pictures from."""
    folder = tmp_path / "incoming"
    folder.mkdir()
    settings.IMAGE_ROOTS = [folder.resolve()]
    return folder


def place(root: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def rows(*names: str) -> str:
    return CSV + "".join(f"{name},Crab,0.5\n" for name in names)


def test_a_path_is_found_exactly_or_by_how_the_entry_ends(
    admin: APIClient, dataset: Dataset
) -> None:
    zipped = zip_of({"a.jpg": picture(), "deep/a.jpg": picture(50), "deep/b.jpg": picture(60)})
    found = bring(admin, dataset, file=rows("a.jpg", "b.jpg", r".\deep\b.jpg"), images=zipped)
    assert found["counts"]["labels"] == 3, rejected(admin, found)
    widths = {image.ref: image.width for image in Image.objects.all()}
    assert widths == {"a.jpg": 40, "b.jpg": 60, r".\deep\b.jpg": 60}


def test_a_path_that_fits_two_entries_is_rejected(admin: APIClient, dataset: Dataset) -> None:
    zipped = zip_of({"x/a.jpg": picture(), "y/a.jpg": picture(50)})
    found = bring(admin, dataset, file=rows("a.jpg"), images=zipped)
    assert rejected(admin, found) == ["2,matches 2 files"]


def test_a_match_but_for_case_is_proposed(admin: APIClient, dataset: Dataset, root: Path) -> None:
    found = bring(admin, dataset, file=rows("A.JPG"), images=zip_of({"x/a.jpg": picture()}))
    assert rejected(admin, found) == ["2,picture not found; “x/a.jpg” differs only in case"]
    place(root, {"Crab/One.jpg": picture()})
    found = bring(admin, dataset, file=rows("crab/one.jpg"), image_root=str(root))
    assert rejected(admin, found) == ["2,picture not found; “Crab/One.jpg” differs only in case"]


def test_composed_and_decomposed_names_are_one(
    admin: APIClient, dataset: Dataset, root: Path
) -> None:
    place(root, {"cafe\u0301.jpg": picture()})
    found = bring(admin, dataset, file=rows("caf\u00e9.jpg"), image_root=str(root))
    assert found["counts"]["labels"] == 1, rejected(admin, found)
    zipped = zip_of({"the\u0301.jpg": picture(60)})
    found = bring(admin, dataset, file=rows("th\u00e9.jpg"), images=zipped)
    assert found["counts"]["labels"] == 1


def test_pictures_come_from_a_folder_of_the_server(
    admin: APIClient, dataset: Dataset, root: Path
) -> None:
    place(root, {"set/crab/1.jpg": picture(), "2.jpg": picture(50)})
    found = bring(admin, dataset, file=rows("crab/1.jpg", "2.jpg"), image_root="set")
    assert found["counts"]["labels"] == 2
    assert Image.objects.filter(blob=None).count() == 0
    absolute = bring(admin, make_dataset(), file=rows(str(root / "2.jpg")))
    assert absolute["counts"]["labels"] == 1


def test_a_path_cannot_leave_the_folder(
    admin: APIClient, dataset: Dataset, root: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.jpg").write_bytes(picture())
    (root / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    names = ("../secret.jpg", str(tmp_path / "secret.jpg"), "link.jpg")
    found = bring(admin, dataset, file=rows(*names), image_root=str(root))
    assert found["counts"]["rejected"] == 3
    assert Blob.objects.count() == 0


def test_a_folder_for_each_class_needs_no_label_file(admin: APIClient, dataset: Dataset) -> None:
    files = {"set/crab/1.jpg": picture(), "set/crab/2.jpg": picture(50)}
    files |= {"set/cat/1.jpg": picture(60), "set/cat/notes.txt": b"x", "__MACOSX/set/a": b"x"}
    found = bring(admin, dataset, images=("animals.zip", zip_of(files)))
    assert found["counts"] == {
        "rows": 4, "labels": 3, "images": 3, "unchanged": 0, "updated": 0, "rejected": 1,
    }  # fmt: skip
    said = {(label.image.ref, label.label_class.name) for label in Label.objects.all()}
    assert ("set/cat/1.jpg", "cat") in said
    assert rejected(admin, found) == [
        "set/cat/notes.txt,this is not a picture of a kind taken here"
    ]
    assert Label.objects.filter(source="animals.zip", confidence=None).count() == 3
    again = bring(admin, dataset, images=("animals.zip", zip_of(files)))
    assert again["counts"]["unchanged"] == 3
    assert again["counts"]["labels"] == again["counts"]["images"] == 0


def test_plain_pictures_come_without_labels(admin: APIClient, dataset: Dataset, root: Path) -> None:
    place(root, {"one.jpg": picture(), "two.jpg": picture(50)})
    found = bring(admin, dataset, image_root=".")
    assert (found["counts"]["images"], found["counts"]["labels"]) == (2, 0)
    assert Label.objects.count() == 0


def raw_zip(name: str, *, flag: int = 0, mode: int = 0o100644, body: bytes = b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        entry.compress_type = zipfile.ZIP_DEFLATED
        made.writestr(entry, body)
        made.writestr("good.jpg", picture())
    data = bytearray(out.getvalue())
    if flag:
        for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = data.index(signature) + offset
            data[at : at + 2] = struct.pack("<H", flag)
    return bytes(data)


@pytest.mark.parametrize(
    ("zipped", "reason"),
    [
        (raw_zip("../up.jpg"), "../up.jpg,the entry's path leads out of the zip"),
        (raw_zip("/etc/up.jpg"), "/etc/up.jpg,the entry's path leads out of the zip"),
        (raw_zip("C:\\up.jpg"), "C:/up.jpg,the entry's path leads out of the zip"),
        (raw_zip("l.jpg", mode=0o120777), "l.jpg,the entry is a link"),
        (raw_zip("e.jpg", flag=1), "e.jpg,the entry is encrypted"),
        (raw_zip("b.jpg", body=b"\0" * 2_000_000), "b.jpg,unpacks to more than 200 times its size"),
        (raw_zip("n.jpg", body=b"no picture"), "n.jpg,this is not a picture of a kind taken here"),
    ],
    ids=["climbs", "absolute", "drive", "link", "encrypted", "bomb", "text"],
)
def test_a_bad_zip_entry_is_refused_alone(
    admin: APIClient, dataset: Dataset, zipped: bytes, reason: str
) -> None:
    found = bring(admin, dataset, images=zipped)
    assert found["state"] == "done", found["message"]
    assert found["counts"]["images"] == found["counts"]["rejected"] == 1
    [line] = rejected(admin, found)
    assert line.replace("\\", "/") == reason


def test_a_zip_that_is_none_or_too_full_fails_whole(
    admin: APIClient, dataset: Dataset, settings: Any
) -> None:
    assert bring(admin, dataset, images=b"no zip")["error_code"] == "bad_zip"
    settings.MAX_ZIP_ENTRIES = 1
    full = bring(admin, dataset, images=zip_of({"a.jpg": b"", "b.jpg": b""}))
    assert full["error_code"] == "too_many_entries"


def test_damaged_and_oversized_pictures_are_rejected_with_their_reason(
    admin: APIClient, dataset: Dataset, settings: Any
) -> None:
    settings.MAX_PICTURE_PIXELS = 10_000
    settings.MAX_PICTURE_BYTES = 20_000
    noise = np.random.default_rng(1).integers(0, 255, (90, 90, 3)).astype("uint8")
    out = io.BytesIO()
    Pillow.fromarray(noise).save(out, "PNG")
    cut = io.BytesIO()
    Pillow.fromarray(noise).save(cut, "JPEG")
    files = {
        "big.jpg": picture(200, 200),
        "fat.png": out.getvalue(),
        "cut.jpg": cut.getvalue()[:-900],
        "fine.jpg": picture(),
    }
    found = bring(admin, dataset, file=rows(*files), images=zip_of(files))
    lines = rejected(admin, found)
    assert "200 x 200 pixels" in lines[0]
    assert lines[1] == '3,"more than 20,000 bytes"'
    assert lines[2].startswith("4,the picture is damaged")
    assert lines[3] == 'fat.png,"more than 20,000 bytes"'
    assert found["counts"]["labels"] == 1


def exif(orientation: int) -> bytes:
    made = Pillow.Exif()
    made[0x0112] = orientation
    return made.tobytes()


def encoded(image: Pillow.Image, kind: str, **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def pictures_of_all_kinds() -> dict[str, tuple[bytes, str, tuple[int, int]]]:
    """Name: content, its type, its size as shown."""
    ramp = np.linspace(0, 65535, 64 * 48).reshape(48, 64).astype(np.uint16)
    red = Pillow.new("RGB", (64, 48), (200, 10, 10))
    clear = Pillow.new("RGBA", (64, 48), (0, 0, 0, 0))
    frames = [Pillow.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
    return {
        "turned.jpg": (encoded(red, "JPEG", exif=exif(6)), "image/jpeg", (48, 64)),
        "deep.png": (encoded(Pillow.fromarray(ramp), "PNG"), "image/png", (64, 48)),
        "deep.tif": (encoded(Pillow.fromarray(ramp), "TIFF"), "image/tiff", (64, 48)),
        "print.jpg": (encoded(red.convert("CMYK"), "JPEG"), "image/jpeg", (64, 48)),
        "palette.png": (encoded(red.convert("P"), "PNG"), "image/png", (64, 48)),
        "clear.png": (encoded(clear, "PNG"), "image/png", (64, 48)),
        "bits.bmp": (encoded(red.convert("1"), "BMP"), "image/bmp", (64, 48)),
        "grey.webp": (encoded(red.convert("L"), "WEBP"), "image/webp", (64, 48)),
        "moving.gif": (
            encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]),
            "image/gif",
            (64, 48),
        ),
        "lying.jpg": (encoded(red, "PNG"), "image/png", (64, 48)),
    }


def test_every_kind_of_picture_is_taken_as_its_content_says(
    admin: APIClient, dataset: Dataset
) -> None:
    kinds = pictures_of_all_kinds()
    zipped = zip_of({name: data for name, (data, _, _) in kinds.items()})
    found = bring(admin, dataset, images=zipped)
    assert found["counts"]["images"] == len(kinds), rejected(admin, found)
    for image in Image.objects.select_related("blob"):
        assert image.blob is not None
        _, media_type, size = kinds[image.ref]
        assert (image.blob.media_type, (image.width, image.height)) == (media_type, size), image.ref
        name = f"{image.blob.storage_name}.webp"
        with Pillow.open(storages["thumbnails"].open(name)) as small:
            assert (small.format, small.size) == ("WEBP", size), image.ref


def test_a_later_import_fills_stand_ins_with_their_pictures(
    admin: APIClient, dataset: Dataset
) -> None:
    bring(admin, dataset, file=rows("a.jpg", "b.jpg"), missing_images="placeholder")
    image = Image.objects.get(ref="a.jpg")
    assert (image.location, image.width) == ("placeholder:", 480)
    found = bring(admin, dataset, file=rows("a.jpg"), images=zip_of({"a.jpg": picture()}))
    assert found["counts"]["unchanged"] == 1
    image.refresh_from_db()
    assert (image.location, image.width, image.blob is None) == ("", 40, False)


def test_rows_of_an_erased_picture_are_rejected(
    cast: Cast, admin: APIClient, dataset: Dataset
) -> None:
    bring(admin, dataset, file=rows("a.jpg"), missing_images="placeholder")
    assert admin.delete(f"/api/v1/images/{Image.objects.get().pk}/").status_code == 204
    found = bring(admin, dataset, file=rows("a.jpg"), missing_images="placeholder")
    assert rejected(admin, found) == ["2,this picture was erased"]


def test_a_dry_run_stores_no_picture(admin: APIClient, dataset: Dataset) -> None:
    found = bring(
        admin, dataset, file=rows("a.jpg"), images=zip_of({"a.jpg": picture()}), dry_run=True
    )
    assert found["counts"]["images"] == 1
    assert Blob.objects.count() == 0


def test_a_zip_without_a_picture_is_refused_as_a_whole(admin: APIClient, dataset: Dataset) -> None:
    for files in ({}, {"__MACOSX/._a.jpg": b"x", "Crab/.DS_Store": b"x"}):
        found = bring(admin, dataset, images=zip_of(files))
        assert (found["state"], found["error_code"]) == ("failed", "no_pictures")
    found = bring(admin, dataset, images=zip_of({"../a.jpg": picture()}))
    assert (found["state"], found["counts"]["rejected"]) == ("done", 1)
