"""The contents of pictures: stored once for each SHA-256, and gone when nothing shows them.

A file and its row are written and removed under a lock on the digest, so that a picture that is being
erased and the same picture being imported cannot leave a row without its file.
"""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import connection, transaction
from django.utils import timezone
from storages.backends.s3 import S3Storage

from labelapp.catalog.errors import NotAPicture, PictureUnreadable
from labelapp.catalog.models import Blob
from labelapp.catalog.pictures import Picture, converted, dhash, part_of, thumbnail
from labelapp.catalog.storage import Part, part_size

# An import stores contents before the images that show them; longer than any import takes.
ORPHAN_AGE = timedelta(days=2)
_PAGE = 500


def _originals() -> Storage:
    return storages["pictures"]


def _derived() -> Storage:
    return storages["thumbnails"]


def thumbnail_name(blob: Blob) -> str:
    return f"{blob.storage_name}.webp"


def converted_name(blob: Blob) -> str:
    return f"{blob.storage_name}.full"


def parts_folder(blob: Blob) -> str:
    return f"{blob.storage_name}.parts"


def _lock(digests: Iterable[str]) -> None:
    """Hold these digests until the end of the transaction, always in the same order."""
    with connection.cursor() as cursor:
        for digest in sorted(set(digests)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(digest)])


def _number(digest: str) -> int:
    return int.from_bytes(bytes.fromhex(digest[:16]), "big", signed=True)


def _save(storage: Storage, name: str, data: bytes) -> None:
    """Store a file that is either there whole or not at all, also when we are killed meanwhile."""
    if storage.exists(name):
        return
    if not isinstance(storage, FileSystemStorage):
        storage.save(name, ContentFile(data))
        return
    target = Path(storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as part:
        part.write(data)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(target)


@transaction.atomic
def put_all(found: Iterable[tuple[Picture, bytes]]) -> None:
    """Store pictures with their thumbnails; what is there already stays as it is."""
    pictures = {picture.sha256: (picture, data) for picture, data in found}
    _lock(pictures)
    known = set(Blob.objects.filter(pk__in=pictures).values_list("pk", flat=True))
    rows = []
    for digest in pictures.keys() - known:
        picture, data = pictures[digest]
        row = Blob(
            sha256=digest,
            size=picture.size,
            media_type=picture.media_type,
            width=picture.width,
            height=picture.height,
            shown_as_is=picture.shown_as_is,
            dhash=picture.dhash,
        )
        _save(_originals(), row.storage_name, data)
        _save(_derived(), thumbnail_name(row), picture.thumbnail)
        rows.append(row)
    Blob.objects.bulk_create(rows)


def original(blob: Blob) -> bytes:
    """The content itself.

    Raises:
        PictureUnreadable: the file is gone from the storage.
    """
    try:
        with _originals().open(blob.storage_name) as file:
            data: bytes = file.read()
            return data
    except FileNotFoundError as error:
        raise PictureUnreadable from error


def original_url(blob: Blob) -> str | None:
    """A presigned address of five minutes when originals lie in a bucket; None when they lie here."""
    storage = _originals()
    if not isinstance(storage, S3Storage):
        return None
    parameters = {"ResponseContentType": blob.media_type}
    address: str = storage.url(blob.storage_name, parameters=parameters)
    return address


def _made(blob: Blob, name: str, make: Callable[[bytes], bytes]) -> bytes:
    storage = _derived()
    if storage.exists(name):
        with storage.open(name) as file:
            kept: bytes = file.read()
            return kept
    data = original(blob)
    try:
        made = make(data)
    except NotAPicture as error:
        raise PictureUnreadable(error.reason) from error
    _save(storage, name, made)
    return made


def small(blob: Blob) -> bytes:
    """The thumbnail, made now when it is not there yet.

    Raises:
        PictureUnreadable: neither it nor the original can be read.
    """
    return _made(blob, thumbnail_name(blob), thumbnail)


def look(blob: Blob) -> int:
    """Its difference hash: the one that is kept, or found now and kept.

    Raises:
        PictureUnreadable: the original cannot be read.
    """
    if blob.dhash is None:
        try:
            blob.dhash = dhash(original(blob))
        except NotAPicture as error:
            raise PictureUnreadable(error.reason) from error
        Blob.objects.filter(pk=blob.pk).update(dhash=blob.dhash)
    return blob.dhash


def showable(blob: Blob) -> bytes:
    """The converted full size of a picture that browsers do not show, made at the first look.

    Raises:
        PictureUnreadable: neither it nor the original can be read.
    """
    return _made(blob, converted_name(blob), lambda data: converted(data)[0])


def part(blob: Blob, of: Part) -> bytes:
    """A part of the picture at the size of a thumbnail, made at the first look.

    Raises:
        PictureUnreadable: neither it nor the original can be read.
    """
    name = f"{parts_folder(blob)}/{part_size(of)}.webp"
    return _made(blob, name, lambda data: part_of(data, of))


def _drop_parts(blob: Blob) -> None:
    folder = parts_folder(blob)
    try:
        _, files = _derived().listdir(folder)
    except FileNotFoundError:
        return
    for file in files:
        _derived().delete(f"{folder}/{file}")
    _derived().delete(folder)


@transaction.atomic
def drop_unused(digests: Iterable[str]) -> int:
    """Remove those of these contents that no image shows: files first, then rows. How many."""
    wanted = set(digests)
    _lock(wanted)
    # Waits for imports that are about to show one of them, and is asked anew after them.
    held = Blob.objects.filter(pk__in=wanted).order_by("pk").select_for_update()
    unused = list(Blob.objects.filter(pk__in=[blob.pk for blob in held], images=None))
    for blob in unused:
        _originals().delete(blob.storage_name)
        _derived().delete(thumbnail_name(blob))
        _derived().delete(converted_name(blob))
        _drop_parts(blob)
    Blob.objects.filter(pk__in=[blob.pk for blob in unused]).delete()
    return len(unused)


def drop_unused_in_pages(digests: Sequence[str]) -> int:
    """`drop_unused` in many short transactions."""
    return sum(drop_unused(digests[at : at + _PAGE]) for at in range(0, len(digests), _PAGE))


def drop_orphans() -> int:
    """Remove contents that lie unused since a stopped import; how many."""
    before = timezone.now() - ORPHAN_AGE
    found = Blob.objects.filter(images=None, created_at__lt=before)
    return drop_unused_in_pages(list(found.values_list("pk", flat=True)))
