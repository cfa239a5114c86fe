"""Pictures in a bucket: imported from one, and kept in one. A real S3 client against moto's server."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3
import pytest
import requests
from django.core.files.storage import storages
from django.utils import timezone
from moto.server import ThreadedMotoServer
from PIL import Image as Pillow
from rest_framework.test import APIClient

from labelapp.catalog import references
from labelapp.catalog.models import Blob, Dataset, Image
from labelapp.catalog.storage import full_url, thumb_url
from ml.registry import files
from ml.registry.errors import ModelFileChanged
from tests.api.importing import CSV, bring, picture, rejected, zip_of
from tests.builders import make_dataset
from tests.cast import Cast, client_of
from tests.predicting import make_model

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]
KEYS = {"access_key": "test", "secret_key": "test", "region_name": "us-east-1"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def s3(endpoint: str, settings: Any) -> Iterator[Any]:
    """A client, and the settings that let the server reach the same buckets."""
    settings.S3_OPTIONS = {**settings.S3_OPTIONS, **KEYS, "endpoint_url": endpoint}
    references.bucket.cache_clear()
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        region_name="us-east-1",
    )
    for name in ("incoming", "pictures"):
        client.create_bucket(Bucket=name)
    yield client
    for name in ("incoming", "pictures"):
        for entry in client.list_objects_v2(Bucket=name).get("Contents", ()):
            client.delete_object(Bucket=name, Key=entry["Key"])
    references.bucket.cache_clear()


@pytest.fixture
def pictures_in_a_bucket(s3: Any, settings: Any) -> Any:
    options = {**settings.S3_OPTIONS, "bucket_name": "pictures"}
    backend = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "pictures": backend}
    return s3


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset("crabs")


def test_pictures_are_found_below_a_prefix_and_by_whole_address(
    admin: APIClient, dataset: Dataset, s3: Any
) -> None:
    s3.put_object(Bucket="incoming", Key="set/crab/1.jpg", Body=picture())
    s3.put_object(Bucket="incoming", Key="other/2.jpg", Body=picture(50))
    names = ("crab/1.jpg", "1.jpg", "s3://incoming/other/2.jpg", "s3://incoming/gone.jpg", "3.jpg")
    file = CSV + "".join(f"{name},Crab,0.5\n" for name in names)
    found = bring(admin, dataset, file=file, s3_uri="s3://incoming/set")
    assert found["counts"]["labels"] == 3, rejected(admin, found)
    assert rejected(admin, found) == ["5,picture not found", "6,picture not found"]
    assert Blob.objects.count() == 2


def test_a_prefix_with_a_folder_for_each_class_needs_no_label_file(
    admin: APIClient, dataset: Dataset, s3: Any
) -> None:
    for at, name in enumerate(("crab/1.jpg", "cat/1.jpg")):
        s3.put_object(Bucket="incoming", Key=f"set/{name}", Body=picture(50 + at))
    found = bring(admin, dataset, s3_uri="s3://incoming/set/")
    assert (found["counts"]["labels"], found["source"]) == (2, "set")


def test_a_bucket_that_is_not_there_fails_whole(
    admin: APIClient, dataset: Dataset, s3: Any
) -> None:
    found = bring(admin, dataset, file=CSV + "a.jpg,Crab,0.5\n", s3_uri="s3://nowhere-at-all/")
    assert (found["state"], found["error_code"]) == ("failed", "bucket_unreadable")


def test_a_reference_into_a_bucket_is_read_at_the_first_look(
    admin: APIClient, cast: Cast, dataset: Dataset, s3: Any
) -> None:
    s3.put_object(Bucket="incoming", Key="a.jpg", Body=picture(64, 48))
    file = CSV + "s3://incoming/a.jpg,Crab,0.5\n"
    bring(admin, dataset, file=file, missing_images="reference")
    image = Image.objects.get()
    assert image.blob is None
    assert admin.get(thumb_url(image.pk, cast.admin.pk, timezone.now())).status_code == 200
    image.refresh_from_db()
    assert (image.width, image.height) == (64, 48)


def test_originals_in_a_bucket_are_sent_by_the_bucket_and_thumbnails_by_us(
    admin: APIClient, cast: Cast, dataset: Dataset, pictures_in_a_bucket: Any
) -> None:
    bring(admin, dataset, images=zip_of({"a.jpg": picture(800, 600)}))
    image = Image.objects.get()
    blob = Blob.objects.get()
    kept = pictures_in_a_bucket.get_object(Bucket="pictures", Key=blob.storage_name)
    assert kept["Body"].read() == picture(800, 600)
    small = admin.get(thumb_url(image.pk, cast.admin.pk, timezone.now()))
    assert Pillow.open(io.BytesIO(small.content)).size == (320, 240)
    full = admin.get(full_url(image.pk, cast.admin.pk, timezone.now()))
    assert full.status_code == 302
    assert "X-Amz-Expires=300" in full["Location"]
    assert "immutable" not in full["Cache-Control"]
    fetched = requests.get(full["Location"], timeout=10)
    assert (fetched.content, fetched.headers["Content-Type"]) == (picture(800, 600), "image/jpeg")


def test_a_model_in_a_bucket_is_fetched_whole_by_workers_that_begin_together(
    cast: Cast, s3: Any, settings: Any, tmp_path: Path
) -> None:
    options = {**settings.S3_OPTIONS, "bucket_name": "pictures"}
    backend = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "models": backend}
    settings.WEIGHTS_DIR = tmp_path
    model = make_model(cast.admin, tmp_path)
    kept = files.local_folder(model) / files.MODEL
    whole = kept.read_bytes()
    kept.write_bytes(whole[:100])  # as one that fetched it half left it
    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(files.local_folder, [model] * 4))
    assert folders == {kept.parent}
    assert kept.read_bytes() == whole
    kept.unlink()
    s3.put_object(Bucket="pictures", Key=f"{model.pk}/{files.MODEL}", Body=b"another")
    with pytest.raises(ModelFileChanged):
        files.local_folder(model)
    assert list(kept.parent.iterdir()) == []


def test_erasing_removes_the_object_from_the_bucket(
    admin: APIClient, dataset: Dataset, pictures_in_a_bucket: Any
) -> None:
    bring(admin, dataset, images=zip_of({"a.jpg": picture()}))
    name = Blob.objects.get().storage_name
    admin.delete(f"/api/v1/images/{Image.objects.get().pk}/")
    assert not storages["pictures"].exists(name)
