"""The pictures of an import: found, read, checked and stored, some at a time."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from labelapp.catalog import blobs, pictures, placeholder
from labelapp.catalog.errors import NotAPicture
from labelapp.catalog.pictures import Picture
from labelapp.imports.finding import Found, Missing, Places
from labelapp.imports.models import MissingImages

# Pictures of one page are in memory at once, so it is kept small; threads decode beside each other.
_PAGE = 16
_THREADS = min(4, os.cpu_count() or 1)
_WANTED = """
SELECT n, ref FROM staged_image
WHERE n > %s AND NOT erased AND (image_id IS NULL OR is_open) ORDER BY n LIMIT %s
"""
_REFS = "SELECT n, ref FROM staged_image WHERE n > %s ORDER BY n LIMIT %s"
_REFS_PAGE = 10_000
_COUNT = """
SELECT count(*) FROM staged_image WHERE NOT erased AND (image_id IS NULL OR is_open)
"""
_NOTE = """
UPDATE staged_image s
SET blob = v.blob, location = v.location, width = v.width, height = v.height,
    code = CASE WHEN s.image_id IS NULL THEN v.code END,
    reason = CASE WHEN s.image_id IS NULL THEN v.reason END
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::int[], %s::int[], %s::text[], %s::text[])
    AS v(n, blob, location, width, height, code, reason)
WHERE s.n = v.n
"""
_NOTE_ALL = """
UPDATE staged_image SET location = coalesce(%s, ref), width = %s, height = %s
WHERE image_id IS NULL AND NOT erased
"""
_NOTE_ERASED = """
UPDATE staged_image SET code = 'picture_erased', reason = 'this picture was erased' WHERE erased
"""
# In a dry run no content is stored, so none can go away.
# Until our commit nobody removes a content that we are about to show (`blobs.drop_unused` waits).
_HOLD = """
SELECT FROM catalog_blob WHERE sha256 IN (SELECT blob FROM staged_image WHERE blob IS NOT NULL)
ORDER BY sha256 FOR KEY SHARE
"""
_OVERTAKEN = """
SELECT EXISTS (
    SELECT FROM staged_image s WHERE %(stored)s AND s.blob IS NOT NULL
        AND NOT EXISTS (SELECT FROM catalog_blob b WHERE b.sha256 = s.blob)
) OR EXISTS (
    SELECT FROM catalog_image i JOIN staged_image s ON s.ref = i.ref
    WHERE i.dataset_id = %(dataset)s AND i.erased_at IS NOT NULL AND NOT s.erased
)
"""
_TWINS = """
SELECT count(*), count(DISTINCT blob) FROM staged_image
WHERE blob IN (SELECT blob FROM staged_image WHERE blob IS NOT NULL GROUP BY blob HAVING count(*) > 1)
"""


class Facts(NamedTuple):
    """What is known of one staged image; a `code` means that it is not taken."""

    n: int
    blob: str | None = None
    location: str = ""
    width: int | None = None
    height: int | None = None
    code: str | None = None
    reason: str | None = None


def settle(
    places: Places | None,
    missing: MissingImages,
    *,
    store: bool,
    report: Callable[[int, int], None],
) -> None:
    """Fill `staged_image`: where each picture is, how large, or why it is not taken.

    Args:
        places: where to look; None to open nothing at all.
        missing: what becomes of a picture that is not found.
        store: whether contents are kept, or only looked at.
        report: hears how many of how many pictures are done.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NOTE_ERASED)
    if places is None:
        _note_all(missing)
        return
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        total = cursor.fetchone()[0]
    done = 0
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="pictures") as threads:
        for page in _pages(_WANTED, _PAGE):
            report(done, total)
            _note(_settle_page(page, places, missing, threads, store=store))
            done += len(page)
    report(done, total)


def _note_all(missing: MissingImages) -> None:
    """Record every new picture as a reference or a stand-in without looking for it."""
    if missing == MissingImages.PLACEHOLDER:
        values: list[Any] = [placeholder.LOCATION, placeholder.WIDTH, placeholder.HEIGHT]
    else:
        values = [None, None, None]
    with connection.cursor() as cursor:
        cursor.execute(_NOTE_ALL, values)


def refs() -> Iterator[str]:
    """The path of every picture that a row of the file names, each once."""
    for page in _pages(_REFS, _REFS_PAGE):
        yield from (ref for _, ref in page)


def _pages(query: str, size: int) -> Iterator[list[tuple[int, str]]]:
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [after, size])
            page = cursor.fetchall()
        if not page:
            return
        yield page
        after = page[-1][0]


def _settle_page(
    page: list[tuple[int, str]],
    places: Places,
    missing: MissingImages,
    threads: ThreadPoolExecutor,
    *,
    store: bool,
) -> list[Facts]:
    found = [(n, ref, places.find(ref)) for n, ref in page]
    read = list(threads.map(lambda one: _read(one[2]), found))
    if store:
        blobs.put_all(content for content in read if not isinstance(content, Missing))
    return [_facts(n, ref, got, missing) for (n, ref, _), got in zip(found, read, strict=True)]


def _read(found: Found | Missing) -> tuple[Picture, bytes] | Missing:
    """A picture's content, checked by decoding it."""
    if isinstance(found, Missing):
        return found
    try:
        data = found.place.read(found.key)
        return pictures.read(data), data
    except FileNotFoundError:
        return Missing("picture_not_found", "picture not found")
    except OSError as error:
        return Missing("picture_unreadable", f"the picture cannot be read: {error}")
    except NotAPicture as error:
        return Missing(error.code, error.reason)


def _facts(n: int, ref: str, got: tuple[Picture, bytes] | Missing, missing: MissingImages) -> Facts:
    if not isinstance(got, Missing):
        picture = got[0]
        return Facts(n, picture.sha256, "", picture.width, picture.height)
    if got.code == "picture_not_found" and missing == MissingImages.PLACEHOLDER:
        return Facts(n, None, placeholder.LOCATION, placeholder.WIDTH, placeholder.HEIGHT)
    if got.code == "picture_not_found" and missing == MissingImages.REFERENCE:
        return Facts(n, None, ref)
    return Facts(n, code=got.code, reason=got.reason)


def _note(facts: list[Facts]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [list(column) for column in zip(*facts, strict=True)])


def overtaken(dataset_id: UUID, *, stored: bool) -> bool:
    """Whether somebody erased one of these pictures, or its content, since it was looked at.

    In the transaction that writes: from here on their contents stay.
    """
    with connection.cursor() as cursor:
        if stored:
            cursor.execute(_HOLD)
        cursor.execute(_OVERTAKEN, {"dataset": dataset_id, "stored": stored})
        return bool(cursor.fetchone()[0])


def twins() -> tuple[int, int]:
    """How many pictures share their content with another one, and how many contents that is."""
    with connection.cursor() as cursor:
        cursor.execute(_TWINS)
        images, contents = cursor.fetchone()
    return images, contents
