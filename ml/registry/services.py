"""What takes models in: the built-in one at the first start, and ONNX files that people bring."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction

from labelapp.accounts.audit import record
from labelapp.accounts.models import User
from labelapp.api.errors import Problem
from ml.networks.classifiers import shipped
from ml.networks.classifiers.frame import Frame
from ml.networks.onnx_files import ExternalDataError, NotOnnxError, external_files
from ml.networks.weights import sha256_of
from ml.registry import files
from ml.registry.errors import (
    ExternalData,
    ModelPathNotAllowed,
    ModelUnusable,
    ModelVersionTaken,
    ModelWrongHash,
    NoModelFile,
    NotOnnx,
    UnknownOperators,
    WrongInput,
    WrongOutput,
)
from ml.registry.models import Kind, ModelVersion

TRIAL_SECONDS = 120
_REFUSALS: dict[str, type[Problem]] = {
    one.code: one for one in (UnknownOperators, WrongInput, WrongOutput, ModelUnusable)
}


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A model as somebody brings it: its file, sent or named by a path below `WEIGHTS_DIR`, and what
    is declared of it. `sha256`: what it should be; empty when nobody says."""

    name: str
    version: str
    classes: Sequence[str]
    frame: Frame
    file: "File[Any] | None" = None
    path: str = ""
    sha256: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)


def list_shipped() -> ModelVersion:
    """Make the row of the built-in model, unless it is there. Reads no weights."""
    found = shipped.shipped()
    known, _ = ModelVersion.objects.get_or_create(
        name=found.name,
        version=found.version,
        defaults={
            "kind": Kind.SHIPPED,
            "architecture": found.architecture,
            "classes": found.classes,
            "files": found.files,
            "weights_sha256": found.files[shipped.NUMBERS],
            "weights_bytes": found.weights_bytes,
            "features": found.features,
            "calibration": {"temperature": 1.0, "verdicts": 0},
            "trained_on": {"text": found.trained_on},
            "made_by": found.made_by,
            "licence": found.licence,
            **asdict(found.frame),
        },
    )
    return known


def bring(*, person: User, brought: Brought) -> ModelVersion:
    """Take an ONNX classifier in, after it was checked and tried out.

    Keeps: no row without its files, and no row whose model did not run.

    Raises:
        NoModelFile, ModelPathNotAllowed, ModelVersionTaken, ModelWrongHash, NotOnnx, ExternalData,
        UnknownOperators, WrongInput, WrongOutput, ModelUnusable
    """
    if is_taken(brought.name, brought.version):
        raise ModelVersionTaken
    path = _path_of(brought)
    parts = _parts_of(path, sent=brought.file is not None)
    hashes = {name: sha256_of(one) for name, one in parts.items()}
    if brought.sha256 not in {"", hashes[files.MODEL]}:
        raise ModelWrongHash(f"Its SHA-256 is {hashes[files.MODEL]}.")
    seen = _tried(path, len(brought.classes), brought.frame.size)
    about = {"made_by": person.username, **{key: one for key, one in brought.about.items() if one}}
    row = ModelVersion(
        name=brought.name,
        version=brought.version,
        kind=Kind.ONNX,
        classes=list(brought.classes),
        files=hashes,
        weights_sha256=hashes[files.MODEL],
        weights_bytes=sum(one.stat().st_size for one in parts.values()),
        created_by=person,
        **asdict(brought.frame),
        **seen,
        **about,
    )
    files.keep(row, parts)
    try:
        _save(person, row)
    except IntegrityError as error:
        files.forget(row)
        raise ModelVersionTaken from error
    return row


@dataclass(frozen=True, kw_only=True)
class Taught:
    """What was learned here, a head or a network that was fine-tuned (`kind`): on what base, what it names,
    its files by name, the one with its `numbers` among them, and what is known of it (`calibration`,
    `metrics`, `trained_on`). `pk`: of the row that it becomes."""

    pk: UUID
    name: str
    version: str
    kind: Kind
    base: ModelVersion
    classes: Sequence[str]
    files: dict[str, Path]
    numbers: str
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def architecture(self) -> str:
        if self.kind == Kind.HEAD:
            return f"linear head on {self.base}"
        return f"{self.base} fine-tuned" + (
            f": {self.base.architecture}" * bool(self.base.architecture)
        )


def add_trained(*, person: User | None, taught: Taught) -> ModelVersion:
    """Take in what was learned. In the caller's transaction, so that whoever taught it ends with it.

    Keeps: no row without its files. Files without their row may stay where the transaction fails; the
    caller forgets them (`files.forget_trained`).

    Raises:
        ModelVersionTaken
    """
    base = taught.base
    hashes = {name: sha256_of(path) for name, path in taught.files.items()}
    row = ModelVersion(
        pk=taught.pk,
        name=taught.name,
        version=taught.version,
        kind=taught.kind,
        base=base,
        architecture=taught.architecture,
        classes=list(taught.classes),
        files=hashes,
        weights_sha256=hashes[taught.numbers],
        weights_bytes=sum(path.stat().st_size for path in taught.files.values()),
        features=base.features,
        made_by=person.username if person else "",
        licence=base.licence,  # a head is of no use without it, a network is made from it
        created_by=person,
        **asdict(base.frame),
        **taught.about,
    )
    files.keep(row, taught.files)
    if is_taken(taught.name, taught.version):
        raise ModelVersionTaken
    _save(person, row)
    return row


def is_taken(name: str, version: str) -> bool:
    """Whether there is a version of this name, whatever its capitals."""
    return ModelVersion.objects.filter(name__iexact=name, version__iexact=version).exists()


@transaction.atomic
def _save(person: User | None, row: ModelVersion) -> None:
    row.save(force_insert=True)
    record(person, "model_version.create", str(row), sha256=row.weights_sha256)


def _path_of(brought: Brought) -> Path:
    """Where the file lies now."""
    if (brought.file is None) == (not brought.path):
        raise NoModelFile
    if brought.file is not None:
        sent: Any = brought.file
        return Path(sent.temporary_file_path())
    root: Path = settings.WEIGHTS_DIR
    try:
        found = (root / brought.path).resolve()
        is_there = found.is_relative_to(root) and found.is_file()
    except (OSError, ValueError):  # no file can be called so
        is_there = False
    if not is_there:
        raise ModelPathNotAllowed(f"There is no file “{brought.path}” in {root}.")
    return found


def _parts_of(path: Path, *, sent: bool) -> dict[str, Path]:
    """The model's files by the names that they are kept under."""
    try:
        names = external_files(path)
    except NotOnnxError as error:
        raise NotOnnx(str(error)) from error
    except ExternalDataError as error:
        raise ExternalData(str(error)) from error
    if names and (sent or files.MODEL in names):
        raise ExternalData(
            f"Its weights lie in {', '.join(names)}. Put all files into a folder of"
            f" {settings.WEIGHTS_DIR} and name the model by its path, or save it as one file."
        )
    return {files.MODEL: path} | {name: path.parent / name for name in names}


def _tried(path: Path, classes: int, size: int) -> dict[str, Any]:
    """What a run in a process of its own shows (`probabilities`, `features`)."""
    command = [sys.executable, "-m", "ml.inference.trial", str(path), str(classes), str(size)]
    try:
        told = subprocess.run(  # noqa: S603 (our own program)
            command,
            cwd=settings.BASE_DIR,
            check=False,
            capture_output=True,
            text=True,
            timeout=TRIAL_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise ModelUnusable(f"It did not answer within {TRIAL_SECONDS} seconds.") from error
    if told.returncode:
        raise ModelUnusable("The process that tried it out died; its memory may not have sufficed.")
    found: dict[str, Any] = json.loads(told.stdout)
    if "code" in found:
        raise _REFUSALS[found["code"]](found["message"])
    return found
