"""Text as numbered lines, read as a stream: UTF-8 or UTF-16, gzip or not, newlines of any kind."""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple

from django.conf import settings

from labelapp.imports.errors import ImportStopped

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_ZIP = b"PK\x03\x04"
_BLOCK = 65_536


class Line(NamedTuple):
    """A line with its number, from 1, without its newline; `text` is None when it is too long."""

    number: int
    text: str | None


class _Counted(io.RawIOBase):
    """A stream that stops when more comes out of it than a label file may hold."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner
        self._seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        data = self._inner.read(len(buffer))
        self._seen += len(data)
        if self._seen > settings.MAX_LABEL_FILE_BYTES:
            raise ImportStopped(
                "file_too_large",
                f"The label file holds more than {settings.MAX_LABEL_FILE_BYTES:,} bytes.",
            )
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _content(file: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    """The file's bytes from their beginning, unpacked where the name ends in .gz."""
    file.seek(0)
    if not name.lower().endswith(".gz"):
        yield file
        return
    try:
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield io.BufferedReader(_Counted(unpacked))  # type: ignore[arg-type]
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ImportStopped("bad_gzip", f"The gzip file cannot be unpacked: {error}.") from error


def encoding_of(file: IO[bytes], name: str) -> tuple[str, str]:
    """Python's name of the encoding, and the one to show.

    Raises:
        ImportStopped: the file is empty, or no text.
    """
    with _content(file, name) as content:
        start = content.read(4)
    if not start:
        raise ImportStopped("empty_file", "The label file is empty.")
    if start == _ZIP:
        raise ImportStopped(
            "not_text",
            "The label file is a zip or a workbook. Send a zip of pictures as `images`,"
            " and save a workbook as CSV.",
        )
    for bom, encoding, shown in _BOMS:
        if start.startswith(bom):
            return encoding, shown
    return "utf-8", "UTF-8"


@contextmanager
def text_of(file: IO[bytes], name: str) -> Iterator[io.TextIOWrapper]:
    """The text of a label file, every newline as a line feed.

    Raises (also while it is read):
        ImportStopped: empty, unpackable, too large, or not in the encoding it begins with.
    """
    encoding, shown = encoding_of(file, name)
    with _content(file, name) as content:
        text = io.TextIOWrapper(content, encoding=encoding, newline=None)
        try:
            yield text
        except UnicodeError as error:
            raise _undecodable(file, name, encoding, shown) from error
        finally:
            text.detach()


@contextmanager
def opened(file: IO[bytes], name: str) -> Iterator[Iterator[Line]]:
    """The lines of a label file; memory stays flat whatever its size. Raises as `text_of`."""
    with text_of(file, name) as text:
        yield _lines(text)


def _lines(text: io.TextIOWrapper) -> Iterator[Line]:
    most = settings.MAX_LABEL_LINE_CHARACTERS
    number = 0
    while line := text.readline(most + 1):
        number += 1
        if line.endswith("\n"):
            yield Line(number, line[:-1])
        elif len(line) <= most:
            yield Line(number, line)
        else:
            while (rest := text.readline(most)) and not rest.endswith("\n"):
                pass
            yield Line(number, None)


def _newlines(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _undecodable(file: IO[bytes], name: str, encoding: str, shown: str) -> ImportStopped:
    """The refusal that names the line where decoding fails; reads the file once more to find it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    number, last = 1, ""
    with _content(file, name) as content:
        while True:
            block = content.read(_BLOCK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                text = error.object[: error.start].decode(error.encoding, "replace")
                number += _newlines(last + text) - _newlines(last)
                break
            number += _newlines(last + text) - _newlines(last)
            last = text[-1:]
            if not block:
                break
    return ImportStopped(
        "wrong_encoding",
        f"Line {number} is not {shown}. Save the file as UTF-8 and upload it again;"
        " nothing was imported.",
    )
