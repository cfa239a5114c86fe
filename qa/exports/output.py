"""Where a written file goes, and the zips among them."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol


class Output(Protocol):
    """Takes the bytes of a file; `step` hears how many more of its objects are written."""

    def write(self, data: bytes, /) -> object: ...

    def step(self, objects: int = 1, /) -> None: ...


class _Stream:
    """What `zipfile` needs of a file that is only ever written on."""

    def __init__(self, out: Output) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        self._out.write(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Whoever holds the file flushes it."""


class Zip:
    """A zip that is written as it grows: the same content is the same bytes, whenever it is made."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped

    def add(self, name: str, data: bytes) -> None:
        """An entry; pictures are packed already, so nothing is packed here."""
        self._zip.writestr(_entry(name), data)

    def add_lines(self, name: str, lines: Any) -> None:
        """An entry made of the rest of an open file, packed."""
        entry = _entry(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(entry, "w", force_zip64=True) as target:
            while block := lines.read(1 << 20):
                target.write(block)


@contextmanager
def zip_into(out: Output) -> Iterator[Zip]:
    """A zip whose bytes go to `out`; whole at the end of the block."""
    stream: Any = _Stream(out)
    with zipfile.ZipFile(stream, "w") as zipped:
        yield Zip(zipped)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry


def json_bytes(value: Any) -> bytes:
    """A value as one line of JSON, without its line feed."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
