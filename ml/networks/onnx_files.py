"""No Django here. Which other files an ONNX file reads its weights from, found without loading it.

An ONNX file is a protocol buffer; only the fields that lead to tensors are walked, the bytes of the
weights are stepped over. Field numbers are those of `onnx.proto`.
"""

import mmap
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ml.networks.weights import WeightsError

# Message by message: the fields that are walked into, and what they hold.
_WALK: dict[str, dict[int, str]] = {
    "model": {7: "graph", 25: "function"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "function": {7: "node"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {13: "entry"},
}
_GRAPH, _IR_VERSION = 7, 1
_NUMBER, _BYTES = 0, 2  # wire types
_FIXED = {1: 8, 5: 4}  # bytes of those that always have as many
_MOST_NESTED = 50


class Span(NamedTuple):
    """A part of the file: from the byte `first` to before `end`."""

    first: int
    end: int


class NotOnnxError(WeightsError):
    """The file is no ONNX model."""


class ExternalDataError(WeightsError):
    """The model's weights lie in a file that is not beside it, or outside of its folder."""


def external_files(path: Path) -> list[str]:
    """The files beside `path` that its weights lie in, by their names as it gives them.

    Raises:
        NotOnnxError: it cannot be read as an ONNX model.
        ExternalDataError: one climbs out of the folder (`..`, an absolute path, a link), is missing, or has
            a name that no file can have.
    """
    if not path.stat().st_size:
        raise NotOnnxError("The file is empty.")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        names = _locations(whole)
    folder = path.parent.resolve()
    for name in names:
        _check(name, folder)
    return names


def _check(name: str, folder: Path) -> None:
    parts = PurePosixPath(name)
    try:
        inside = (folder / name).resolve().is_relative_to(folder)
        is_there = (folder / name).is_file()
    except (OSError, ValueError) as error:
        raise ExternalDataError(
            "Its weights are said to lie in a file of a name that no file can have."
        ) from error
    if not name or parts.is_absolute() or ".." in parts.parts or not inside:
        raise ExternalDataError(
            f"Its weights are said to lie in “{name}”, outside of the model's own folder."
            " It was not opened."
        )
    if not is_there:
        raise ExternalDataError(f"Its weights are said to lie in “{name}”, which is not there.")


def _locations(whole: mmap.mmap) -> list[str]:
    """All locations of external data, each once, in order."""
    everything = Span(0, len(whole))
    try:
        top = {number: wire for number, wire, _ in _fields(whole, everything)}
        if top.get(_GRAPH) != _BYTES or top.get(_IR_VERSION) != _NUMBER:
            raise NotOnnxError("The file is no ONNX model.")
        return list(dict.fromkeys(_walk(whole, everything, "model", 0)))
    except (LookupError, UnicodeDecodeError) as error:
        raise NotOnnxError("The file is no ONNX model, or only a part of one.") from error


def _walk(whole: mmap.mmap, message: Span, kind: str, depth: int) -> Iterator[str]:
    if depth > _MOST_NESTED:
        raise NotOnnxError("The graph is nested too deeply.")
    for number, wire, value in _fields(whole, message):
        inner = _WALK[kind].get(number)
        if inner is None or wire != _BYTES:
            continue
        if inner == "entry":
            key, text = _entry(whole, value)
            if key == "location":
                yield text
        else:
            yield from _walk(whole, value, inner, depth + 1)


def _entry(whole: mmap.mmap, message: Span) -> tuple[str, str]:
    """A key and its value, both text (`StringStringEntryProto`)."""
    parts = {
        number: whole[value.first : value.end].decode()
        for number, wire, value in _fields(whole, message)
        if wire == _BYTES
    }
    return parts.get(1, ""), parts.get(2, "")


def _fields(whole: mmap.mmap, message: Span) -> Iterator[tuple[int, int, Span]]:
    """Number, wire type and place of each field's bytes (empty but for bytes, text and messages).

    Raises LookupError when the message ends within a field.
    """
    at = message.first
    while at < message.end:
        key, at = _varint(whole, at)
        wire, length = key & 7, 0
        if wire == _NUMBER:
            _, at = _varint(whole, at)
        elif wire == _BYTES:
            length, at = _varint(whole, at)
        else:
            at += _FIXED[wire]
        if at + length > message.end:
            raise IndexError(at)
        yield key >> 3, wire, Span(at, at + length)
        at += length


def _varint(whole: mmap.mmap, at: int) -> tuple[int, int]:
    """A number of 7 bits a byte, and where the next field begins."""
    value = shift = 0
    while True:
        byte = whole[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
        if shift > 63:
            raise IndexError(at)
