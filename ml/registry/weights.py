"""Where weight files lie, and what they are: their hashes, read once for each content.

A segmenter's files are looked for in `WEIGHTS_DIR`, which is the installation's own, and where they
are not there at all, in `ml/weights`, which ships with labelapp.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from ml.networks import registry
from ml.networks.weights import MissingWeightsError, WeightsError, WrongHashError, sha256_of
from ml.registry.errors import (
    UnknownSegmenter,
    WeightsMissing,
    WeightsUnusable,
    WeightsWrongHash,
)

SHORT = 12  # digits of a hash in a version


@dataclass(frozen=True)
class Segmenter:
    """A segmenter and the state of its files.

    version: name and the hash of its files, such as `dextr-lite@0a1b2c3d4e5f`; empty when it cannot
    be used. refusal: why it cannot be used; None when it can.
    """

    name: str
    title: str
    licence: str
    folder: Path
    version: str
    refusal: WeightsMissing | WeightsWrongHash | WeightsUnusable | None


def segmenter(name: str) -> Segmenter:
    """What is known of a segmenter, its hashes looked at.

    Raises:
        UnknownSegmenter: there is none of this name.
    """
    try:
        entry = registry.find(name)
    except registry.UnknownSegmenterError as error:
        raise UnknownSegmenter(str(error.args[0]), errors={"segmenter": [error.args[0]]}) from error
    folder = folder_of(entry)
    refusal: WeightsMissing | WeightsWrongHash | WeightsUnusable | None = None
    version = ""
    try:
        version = version_of(entry, folder)
    except MissingWeightsError as error:
        refusal = WeightsMissing(str(error))
    except WrongHashError as error:
        refusal = WeightsWrongHash(str(error))
    except WeightsError as error:
        refusal = WeightsUnusable(str(error))
    return Segmenter(entry.name, entry.title, entry.licence, folder, version, refusal)


def segmenters() -> list[Segmenter]:
    return [segmenter(name) for name in registry.SEGMENTERS]


def folder_of(entry: registry.Entry) -> Path:
    """The installation's own folder, unless only what ships has all of the segmenter's files."""
    own: Path = settings.WEIGHTS_DIR
    return (
        own if is_there(entry, own) or not is_there(entry, registry.WEIGHTS) else registry.WEIGHTS
    )


def is_there(entry: registry.Entry, folder: Path) -> bool:
    """Whether the folder has something of this segmenter, be it right or wrong."""
    try:
        return any((folder / file.name).is_file() for file in entry.files(folder))
    except MissingWeightsError:
        return False
    except WeightsError:
        return True


def version_of(entry: registry.Entry, folder: Path) -> str:
    """Name and hash of the files as they are now.

    Raises:
        WeightsError: a file is missing or is not the one it should be.
    """
    digest = sha256()
    for file in entry.files(folder):
        path = folder / file.name
        if not path.is_file():
            raise file.missing_from(folder)
        found = hash_now(path)
        if file.sha256 not in {None, found}:
            raise WrongHashError(
                f"{path} is not the file it should be: its SHA-256 begins {found[:SHORT]},"
                f" {str(file.sha256)[:SHORT]} is expected. It is not loaded; fetch it again."
            )
        digest.update(found.encode())
    return f"{entry.name}@{digest.hexdigest()[:SHORT]}"


def hash_now(path: Path) -> str:
    """The file's SHA-256; read again only when size or time of change are others."""
    facts = path.stat()
    return _hash(path, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=64)
def _hash(path: Path, changed: int, size: int) -> str:
    return sha256_of(path)
