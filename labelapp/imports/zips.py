"""A zip of pictures. What climbs out, is encrypted, a link or a bomb is refused entry by entry."""

import stat
import threading
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO

from django.conf import settings

from labelapp.imports.errors import ImportStopped
from labelapp.imports.finding import PICTURE_ENDINGS, Found, Missing, Names, is_junk
from labelapp.imports.rows import Bad, is_storable, presentable

_ENCRYPTED = 0x1
_TAKEN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


class ZipPlace:
    """The entries of a zip that may be read; `refused` holds the others.

    Raises (on making):
        ImportStopped: it is no zip, or has more entries than are taken.
    """

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise ImportStopped("bad_zip", f"The zip cannot be read: {error}") from error
        entries = self._zip.infolist()
        if len(entries) > settings.MAX_ZIP_ENTRIES:
            raise ImportStopped(
                "too_many_entries",
                f"The zip has {len(entries):,} entries; {settings.MAX_ZIP_ENTRIES:,} are taken.",
            )
        self.refused: list[Bad] = []
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            self._judge(entry)
        self._names = Names(self._entries)
        self._refused_names = Names(bad.entry for bad in self.refused)
        self._reasons = {bad.entry: Missing(bad.code, bad.reason) for bad in self.refused}
        self._lock = threading.Lock()

    def _judge(self, entry: zipfile.ZipInfo) -> None:
        if entry.is_dir() or is_junk(entry.filename):
            return
        problem = _problem(entry)
        if entry.filename in self._entries:
            problem = "entry_twice", "the zip holds this name twice; the first is taken"
        if problem is not None:
            self.refused.append(Bad(0, *problem, entry=presentable(entry.filename)))
        else:
            self._entries[entry.filename] = entry

    def find(self, path: str) -> Found | Missing | None:
        found = self._names.find(path)
        if isinstance(found, str):
            return Found(self, found)
        refused = self._refused_names.find(path)
        return self._reasons[refused] if isinstance(refused, str) else found

    def read(self, key: str) -> bytes:
        """An entry's content, never more than one byte over what a picture may have."""
        try:
            with self._lock, self._zip.open(self._entries[key]) as entry:
                return entry.read(settings.MAX_PICTURE_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise OSError(f"the zip entry is damaged: {error}") from error

    def names(self) -> Iterator[str]:
        return iter(sorted(self._entries))

    def unused(self, paths: Iterable[str]) -> list[str]:
        """The pictures (by their ending) that none of these paths means."""
        used = {self._names.find(path) for path in paths}
        return [
            name
            for name in self.names()
            if name not in used and name.lower().endswith(PICTURE_ENDINGS)
        ]


def _problem(entry: zipfile.ZipInfo) -> tuple[str, str] | None:
    name = entry.filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or parts[0].endswith(":"):
        return "climbs_out", "the entry's path leads out of the zip"
    if not is_storable(name):
        return "bad_text", "the entry's name holds a character that is not text"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "link", "the entry is a link"
    if entry.flag_bits & _ENCRYPTED:
        return "encrypted", "the entry is encrypted"
    if entry.compress_type not in _TAKEN:
        return "compression", "the entry is compressed in a way that is not read here"
    if entry.file_size > settings.MAX_PICTURE_BYTES:
        return "picture_too_large", f"more than {settings.MAX_PICTURE_BYTES:,} bytes"
    packed = max(entry.compress_size, 1)
    if entry.file_size > packed * settings.MAX_ZIP_RATIO:
        return "bomb", f"unpacks to more than {settings.MAX_ZIP_RATIO} times its size"
    return None
