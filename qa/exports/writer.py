"""Writing a label file and its manifest; nobody sees either before both are whole."""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.core.files.storage import FileSystemStorage, storages
from django.utils import timezone

from qa.exports.copying import Snapshot, snapshot
from qa.exports.formats import FORMATS
from qa.exports.labelled import Labelled
from qa.exports.manifest import MANIFEST, manifest
from qa.exports.models import Export
from qa.exports.outlines import Outlines
from qa.exports.rows import Rows
from qa.exports.selectors import Source, source_of

REPORT_EVERY = 1.0
LOOK_EVERY = 1000  # rows between two looks at the clock


class Written(NamedTuple):
    """A finished file: its storage name, its rows, its manifest."""

    file: str
    rows: int
    manifest: dict[str, Any]


def storage() -> FileSystemStorage:
    """Where exports lie: a folder for each, in it one for each attempt."""
    found = storages["exports"]
    if not isinstance(found, FileSystemStorage):
        raise TypeError("exports are written to a local folder")
    return found


def folder_of(export: Export) -> Path:
    """The folder of an export, whether it is there or not."""
    return Path(storage().path(str(export.pk)))


def write(export: Export, rows: Rows, *, guard: bool, report: Callable[..., None]) -> Written:
    """Write the file and the manifest of an attempt, both from one state of the database.

    Each attempt has a folder of its own, so one that lost its lease can never touch the files of the
    next. `report(done=...)`, `report(total=...)` is called now and then; what it raises ends the work.
    """
    attempt = folder_of(export) / str(export.attempts)
    attempt.mkdir(parents=True, exist_ok=True)
    form = FORMATS[export.format]
    path = attempt / form.file_name
    values = rows.parameters()
    with snapshot() as view, _Part(path, report) as part:
        source = source_of(rows, export.format, view.fetch)
        ((number,),) = view.fetch(source.number(), values)
        report(total=number)
        _write_rows(view, source, export.format, part, guard=guard)
        facts = manifest(
            export,
            counts=[(row[0], row[1], row[2]) for row in view.fetch(source.counted(), values)],
            labels_sha256=part.digest.hexdigest(),
            verdicts_sha256=_verdicts_sha256(view, source),
            now=timezone.now(),
        )
        report(done=number)
        part.keep()
    _write_whole(attempt / MANIFEST, json.dumps(facts, ensure_ascii=False, indent=2).encode())
    return Written(f"{export.pk}/{export.attempts}/{form.file_name}", number, facts)


def _write_rows(
    view: Snapshot, source: Source, file_format: str, part: "_Part", *, guard: bool
) -> None:
    form = FORMATS[file_format]
    match source:
        case Rows() | Outlines() if form.copy:
            copied = form.copy(source.ordered(), source.cells, guard)
            view.copy(copied, source.parameters(), _EachWrite(part))
        case Outlines() | Labelled() if form.write:
            form.write(view, source, part)
        case _:
            raise TypeError(f"{file_format} is not written of {source}")


def remove_attempt(export: Export) -> None:
    """Remove what this attempt has written."""
    shutil.rmtree(folder_of(export) / str(export.attempts), ignore_errors=True)


def remove_former_attempts(export: Export) -> None:
    """Remove what workers left behind that died or lost the row."""
    for folder in folder_of(export).glob("*"):
        if folder.name != str(export.attempts):
            shutil.rmtree(folder, ignore_errors=True)


class _Part:
    """A file that gets its name only when `keep` was called; else it is removed."""

    def __init__(self, path: Path, report: Callable[..., None]) -> None:
        self._path = path
        self._part = path.with_name(path.name + ".part")
        self._report = report
        self._reported = time.monotonic()
        self._rows = 0
        self.digest = hashlib.sha256()

    def __enter__(self) -> "_Part":
        self._file = self._part.open("wb", buffering=1 << 20)
        return self

    def write(self, data: bytes, /) -> None:
        self.digest.update(data)
        self._file.write(data)

    def step(self, objects: int = 1, /) -> None:
        """Count what is written, and tell the progress once a second."""
        self._rows += objects
        if time.monotonic() - self._reported > REPORT_EVERY:
            self._report(done=self._rows)
            self._reported = time.monotonic()

    def keep(self) -> None:
        """Give the file its name, its bytes on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._part.rename(self._path)

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._part.unlink(missing_ok=True)


class _EachWrite:
    """A sink to which each write is a row, as COPY writes."""

    def __init__(self, part: _Part) -> None:
        self._part = part
        self._rows = 0

    def write(self, data: bytes, /) -> None:
        self._part.write(data)
        self._rows += 1
        if self._rows == LOOK_EVERY:
            self._part.step(self._rows)
            self._rows = 0


class _Digest:
    """A sink that keeps nothing but the hash."""

    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()

    def write(self, data: bytes, /) -> None:
        self.sha256.update(data)


def _verdicts_sha256(view: Snapshot, source: Source) -> str:
    sink = _Digest()
    statement = f"COPY ({source.verdicts()}) TO STDOUT WITH (FORMAT csv)"
    view.copy(statement, source.parameters(), sink)
    return sink.sha256.hexdigest()


def _write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.rename(path)
