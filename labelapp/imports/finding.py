"""Finding the picture that a path means: in a zip, below a folder of the server, in a bucket.

A path finds its picture in this order: the exact path; the path below the folder or the bucket's
prefix; the one entry of the zip that ends with "/" + path. Names are compared after NFC and with `\\`
as `/`. Case must agree; a match but for case is named in the refusal.
"""

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from labelapp.catalog import references
from labelapp.imports.errors import ImportStopped

PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp")


class Found(NamedTuple):
    """Where a picture is; `key` is what `read` of the same place takes."""

    place: "Place"
    key: str


class Missing(NamedTuple):
    """A path without its picture, and why."""

    code: str
    reason: str


class Place(Protocol):
    """Somewhere pictures lie."""

    def find(self, path: str) -> Found | Missing | None:
        """The picture of a path; None when nothing here resembles it."""

    def read(self, key: str) -> bytes:
        """The content, at most one byte more than a picture may have.

        Raises:
            OSError: it cannot be read after all.
        """

    def names(self) -> Iterator[str]:
        """Every file here, in a fixed order."""


def normal(path: str) -> str:
    """A path as it is compared.

    >>> normal(".\\\\crab\\\\1.jpg")
    'crab/1.jpg'
    """
    plain = unicodedata.normalize("NFC", path).replace("\\", "/")
    while plain.startswith("./"):
        plain = plain[2:]
    return plain


def is_junk(name: str) -> bool:
    """Whether a file is one that systems leave behind, not one that a person put there."""
    last = name.rpartition("/")[2]
    return last.startswith(".") or last == "Thumbs.db" or name.startswith("__MACOSX/")


class Names:
    """Names of files, findable by the whole path or by how it ends."""

    def __init__(self, names: Iterable[str]) -> None:
        self._whole: dict[str, list[str]] = {}
        self._last: dict[str, list[str]] = {}
        for name in names:
            plain = normal(name)
            self._whole.setdefault(plain, []).append(name)
            self._last.setdefault(plain.rpartition("/")[2], []).append(name)

    def find(self, path: str) -> str | Missing | None:
        """The one name that is this path or ends with it; what stands in the way; or None."""
        plain = normal(path)
        found = self._whole.get(plain) or _ending(self._last, plain)
        if len(found) > 1:
            return Missing("matches_many", f"matches {len(found)} files")
        if found:
            return found[0]
        return self._but_for_case(plain)

    def _but_for_case(self, plain: str) -> Missing | None:
        near = _ending(self._folded, plain.casefold(), fold=True)
        if not near:
            return None
        return Missing("picture_not_found", f"picture not found; “{near[0]}” differs only in case")

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        folded: dict[str, list[str]] = {}
        for last, names in self._last.items():
            folded.setdefault(last.casefold(), []).extend(names)
        return folded


def _ending(by_last: dict[str, list[str]], plain: str, *, fold: bool = False) -> list[str]:
    """The names that are `plain` or end with "/" + `plain`."""
    candidates = by_last.get(plain.rpartition("/")[2], [])
    found = []
    for name in candidates:
        whole = normal(name).casefold() if fold else normal(name)
        if whole == plain or whole.endswith(f"/{plain}"):
            found.append(name)
    return found


class FolderPlace:
    """A folder of the server inside the allowed roots."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def find(self, path: str) -> Found | Missing | None:
        for candidate in (path, normal(path)):
            file = references.allowed(self._root / candidate)
            if file is not None and file.is_file():
                return Found(self, str(file))
        return self._by_listing(normal(path))

    def _by_listing(self, plain: str) -> Found | Missing | None:
        """Walk down by names as compared, for disks that hold NFD names; notice other cases."""
        folder, is_exact = self._root, True
        for part in plain.split("/"):
            exact, folded = _listing(str(folder))
            name = exact.get(part) or folded.get(part.casefold())
            if name is None or part in {"", ".", ".."}:
                return None
            is_exact = is_exact and part in exact
            folder = folder / name
        file = references.allowed(folder)
        if file is None or not file.is_file():
            return None
        if is_exact:
            return Found(self, str(file))
        near = folder.relative_to(self._root)
        return Missing("picture_not_found", f"picture not found; “{near}” differs only in case")

    def read(self, key: str) -> bytes:
        return references.read_file(Path(key))

    def names(self) -> Iterator[str]:
        for folder, below, files in os.walk(self._root):
            below.sort()
            for name in sorted(files):
                found = (Path(folder) / name).relative_to(self._root).as_posix()
                if not is_junk(found):
                    yield found


@lru_cache(maxsize=256)
def _listing(folder: str) -> tuple[dict[str, str], dict[str, str]]:
    """A folder's entries by their NFC name, and by that without regard to case."""
    try:
        entries = sorted(os.listdir(folder))  # noqa: PTH208 (names alone are wanted)
    except OSError:
        entries = []
    exact = {unicodedata.normalize("NFC", name): name for name in entries}
    return exact, {name.casefold(): exact[name] for name in exact}


def forget_listings() -> None:
    """Look at folders anew; called when an import begins."""
    _listing.cache_clear()


class RootsPlace:
    """All allowed roots, for files whose paths need no folder named beside them."""

    def __init__(self, roots: Iterable[Path]) -> None:
        self._places = [FolderPlace(root) for root in roots]

    def find(self, path: str) -> Found | Missing | None:
        answers = [place.find(path) for place in self._places]
        found = next((one for one in answers if isinstance(one, Found)), None)
        return found or next((one for one in answers if one is not None), None)

    def read(self, key: str) -> bytes:
        return references.read_file(Path(key))

    def names(self) -> Iterator[str]:
        return iter(())


class S3Place:
    """A bucket below a prefix, listed once."""

    def __init__(self, uri: str) -> None:
        self._bucket, self._prefix = references.split_s3(uri)
        if self._prefix and not self._prefix.endswith("/"):
            self._prefix += "/"

    @cached_property
    def _names(self) -> Names:
        return Names(self.names())

    def find(self, path: str) -> Found | Missing | None:
        found = self._names.find(path)
        if not isinstance(found, str):
            return found
        return Found(self, f"s3://{self._bucket}/{self._prefix}{found}")

    def read(self, key: str) -> bytes:
        return references.read_s3(key)

    def names(self) -> Iterator[str]:
        """The keys below the prefix, without it.

        Raises:
            ImportStopped: there is no such bucket, or we may not list it.
        """
        client = references.bucket(self._bucket).connection.meta.client
        pages = client.get_paginator("list_objects_v2")
        try:
            for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
                for entry in page.get("Contents", ()):
                    name = entry["Key"].removeprefix(self._prefix)
                    if name and not name.endswith("/") and not is_junk(name):
                        yield name
        except (BotoCoreError, ClientError) as error:
            sentence = f"The bucket s3://{self._bucket}/ cannot be listed: {error}"
            raise ImportStopped("bucket_unreadable", sentence) from error


class UriPlace:
    """Single objects that a row names by a whole `s3://` address."""

    def find(self, path: str) -> Found | Missing | None:
        return Found(self, path) if path.startswith(references.S3) else None

    def read(self, key: str) -> bytes:
        return references.read_s3(key)

    def names(self) -> Iterator[str]:
        return iter(())


class Places:
    """Everywhere an import looks, in order."""

    def __init__(
        self, places: list[Place], also_named: Callable[[str], str | None] = lambda _: None
    ) -> None:
        self._places, self._also_named = places, also_named

    def with_names(self, also_named: Callable[[str], str | None]) -> "Places":
        """The same places, where a path that is not found may lie under another name."""
        return Places(self._places, also_named)

    def find(self, path: str) -> Found | Missing:
        """The picture, or why there is none."""
        answer = self._look(path)
        if isinstance(answer, Missing) and (other := self._also_named(path)) is not None:
            found = self._look(other)
            return found if isinstance(found, Found) else answer
        return answer

    def _look(self, path: str) -> Found | Missing:
        """The first place that has something to say decides."""
        reason: Missing | None = None
        for place in self._places:
            answer = place.find(path)
            if isinstance(answer, Found):
                return answer
            reason = reason or answer
        return reason or Missing("picture_not_found", "picture not found")
