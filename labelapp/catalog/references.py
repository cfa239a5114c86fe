"""Pictures that are not stored here: read where they lie, and taken in when they are first looked at.

A location is `s3://bucket/key`, an absolute path, or a path below one of `IMAGE_ROOTS`. Whatever it
resolves to must lie inside an allowed root, links followed.
"""

from functools import cache
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.db import transaction
from storages.backends.s3 import S3Storage

from labelapp.catalog import blobs, pictures
from labelapp.catalog.errors import NotAPicture, PictureUnreadable
from labelapp.catalog.models import Image

S3 = "s3://"


def allowed(path: Path) -> Path | None:
    """The path with links followed, when it lies inside an allowed root."""
    try:
        resolved = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None
    inside = any(resolved.is_relative_to(root) for root in settings.IMAGE_ROOTS)
    return resolved if inside else None


def find_file(location: str) -> Path | None:
    """The file that an absolute path, or one below an allowed root, leads to; None when none does."""
    for root in settings.IMAGE_ROOTS:
        found = allowed(root / location)
        if found is not None and found.is_file():
            return found
    return None


def read_file(path: Path) -> bytes:
    """The file's content, at most one byte more than a picture may have."""
    with path.open("rb") as file:
        return file.read(settings.MAX_PICTURE_BYTES + 1)


@cache
def bucket(name: str) -> Any:
    """The storage for a bucket, with the credentials of the settings."""
    return S3Storage(**settings.S3_OPTIONS, bucket_name=name)


def split_s3(uri: str) -> tuple[str, str]:
    """`s3://bucket/some/key` as (`bucket`, `some/key`)."""
    name, _, key = uri.removeprefix(S3).partition("/")
    return name, key


def read_s3(uri: str) -> bytes:
    """The object's content, at most one byte more than a picture may have.

    Raises:
        FileNotFoundError: there is no such object, or the bucket does not let us read it.
    """
    name, key = split_s3(uri)
    try:
        answer = bucket(name).connection.meta.client.get_object(Bucket=name, Key=key)
        data: bytes = answer["Body"].read(settings.MAX_PICTURE_BYTES + 1)
    except (BotoCoreError, ClientError) as error:
        raise FileNotFoundError(f"{uri}: {error}") from error
    return data


def read(location: str) -> bytes:
    """What lies at a location.

    Raises:
        FileNotFoundError: nothing that may be read.
    """
    if location.startswith(S3):
        return read_s3(location)
    path = find_file(location)
    if path is None:
        raise FileNotFoundError(location)
    return read_file(path)


def take_in(image: Image) -> Image:
    """Read a referenced picture for the first time: its content, size and SHA-256 are kept from now.

    Raises:
        PictureUnreadable: nothing is there, or it is no picture.
    """
    try:
        data = read(image.location)
        picture = pictures.read(data)
    except (OSError, NotAPicture) as error:
        raise PictureUnreadable(f"{image.ref}: {error}") from error
    with transaction.atomic():
        blobs.put_all([(picture, data)])
        Image.objects.filter(pk=image.pk, blob=None, erased_at=None).update(
            blob=picture.sha256, width=picture.width, height=picture.height
        )
    image.refresh_from_db()
    return image
