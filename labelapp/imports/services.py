"""What starts, answers and ends an import."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from labelapp.accounts.audit import record
from labelapp.accounts.models import User
from labelapp.background import ENDED, MOST_ATTEMPTS, WorkState, ring, sweep
from labelapp.catalog import references
from labelapp.catalog.models import Dataset
from labelapp.imports.errors import (
    ImageRootNotAllowed,
    ImportBusy,
    ImportEnded,
    ImportNotOpen,
    NothingToImport,
    TwoPictureSources,
    UnknownAnswer,
)
from labelapp.imports.models import Import, MissingImages
from labelapp.imports.tasks import run_import
from labelapp.imports.uploads import incoming_folder

# How long what was sent is kept for an import that waits for a person.
KEEP_UPLOADS = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a person sends: a label file, pictures from at most one place, and how to read them."""

    file: "File[Any] | None" = None
    images: "File[Any] | None" = None
    image_root: str = ""
    s3_uri: str = ""
    missing_images: str = MissingImages.REJECT
    source: str = ""
    mapping: Mapping[str, Any] = field(default_factory=dict)
    dry_run: bool = False


def create_import(*, person: User | None, dataset: Dataset, sent: Sent) -> Import:
    """Keep what was sent and queue its check. Nothing is written to the dataset before it is complete.

    Raises:
        NothingToImport: neither labels nor pictures.
        TwoPictureSources: more than one of `images`, `image_root` and `s3_uri`.
        ImageRootNotAllowed: the folder is not there, or outside the allowed roots.
    """
    if sum(map(bool, (sent.images, sent.image_root, sent.s3_uri))) > 1:
        raise TwoPictureSources
    if not any((sent.file, sent.images, sent.image_root, sent.s3_uri)):
        raise NothingToImport
    work = Import(
        id=uuid4(),
        dataset=dataset,
        created_by=person,
        image_root=_allowed_root(sent.image_root) if sent.image_root else "",
        s3_uri=sent.s3_uri,
        missing_images=sent.missing_images,
        mapping=dict(sent.mapping),
        dry_run=sent.dry_run,
    )
    work.file_bytes = sum(file.size for file in (sent.file, sent.images) if file)
    work.file_name, work.file = _kept(work, sent.file, "labels")
    work.images_name, work.images = _kept(work, sent.images, "images")
    work.source = sent.source or _default_source(work)
    with transaction.atomic():
        work.save(force_insert=True)
        record(person, "import.create", f"{dataset.name}: {work.source}", import_id=str(work.pk))
        ring(run_import, work.pk)
    return work


def _kept(work: Import, file: "File[Any] | None", name: str) -> tuple[str, str]:
    """A file's own name without folders, and the name under which the `uploads` storage has it."""
    if file is None:
        return "", ""
    own = (file.name or name).replace("\\", "/").rpartition("/")[2][:300]
    return own, storages["uploads"].save(f"imports/{work.pk}/{name}", file)


def _default_source(work: Import) -> str:
    """The label file's name, else that of what the pictures come from."""
    place = work.image_root or work.s3_uri.rstrip("/")
    return (work.file_name or work.images_name or place.rpartition("/")[2])[:300]


def _allowed_root(image_root: str) -> str:
    for root in settings.IMAGE_ROOTS:
        found = references.allowed(Path(root) / image_root)
        if found is not None and found.is_dir():
            return str(found)
    roots = ", ".join(map(str, settings.IMAGE_ROOTS))
    sentence = f"“{image_root}” is no folder below {roots}."
    raise ImageRootNotAllowed(sentence, errors={"image_root": [sentence]})


@transaction.atomic
def change_import(
    *,
    person: User,
    work: Import,
    answers: Mapping[str, str] | None = None,
    mapping: Mapping[str, Any] | None = None,
    missing_images: str | None = None,
    source: str | None = None,
    dry_run: bool | None = None,
) -> Import:
    """Answer questions, say how it is to be read, or let a dry run become an import; then it is
    checked again and, when nothing is left to ask, carried out.

    Raises:
        ImportBusy: a worker has it now.
        ImportNotOpen: it has ended, or what was sent is no longer kept.
        UnknownAnswer: an answer to no question, or outside its choices.
    """
    work = Import.objects.select_for_update(of=("self",), no_key=True).get(pk=work.pk)
    if not work.is_open:
        raise ImportNotOpen if work.state in ENDED else ImportBusy
    _check_answers(work, answers or {})
    work.answers = {**work.answers, **(answers or {})}
    work.mapping = work.mapping if mapping is None else dict(mapping)
    work.missing_images = missing_images or work.missing_images
    work.source = source or work.source
    work.dry_run = work.dry_run if dry_run is None else dry_run
    work.state, work.finished_at = WorkState.QUEUED, None
    work.attempts_before = work.attempts
    work.save(
        update_fields=[
            "answers", "mapping", "missing_images", "source", "dry_run", "state", "finished_at",
            "attempts_before",
        ]
    )  # fmt: skip
    record(person, "import.change", work.source, import_id=str(work.pk))
    ring(run_import, work.pk)
    return work


def _check_answers(work: Import, answers: Mapping[str, str]) -> None:
    choices = {question["id"]: question["choices"] for question in work.questions}
    errors = {}
    for question_id, choice in answers.items():
        if question_id not in choices:
            errors[question_id] = ["There is no such question."]
        elif choice not in choices[question_id]:
            errors[question_id] = [f"Choose one of: {', '.join(choices[question_id])}."]
    if errors:
        raise UnknownAnswer(errors=errors)


@transaction.atomic
def cancel_import(*, person: User, work: Import) -> Import:
    """End an import; nothing of it is written. A worker that has it stops at its next step.

    Raises:
        ImportEnded: it has ended already.
    """
    work = Import.objects.select_for_update(of=("self",), no_key=True).get(pk=work.pk)
    if work.state in ENDED and not work.is_open:
        raise ImportEnded
    work.state, work.finished_at, work.lease_until = WorkState.CANCELLED, timezone.now(), None
    work.save(update_fields=["state", "finished_at", "lease_until"])
    record(person, "import.cancel", work.source, import_id=str(work.pk))
    transaction.on_commit(work.forget_uploads)
    return work


def sweep_imports() -> int:
    """Ring again for imports whose bell or worker was lost; how many."""
    return sweep(Import, run_import, most=F("attempts_before") + MOST_ATTEMPTS)


def tidy_imports() -> None:
    """Remove what was sent for imports that nobody answered, and uploads that broke off."""
    before = timezone.now() - KEEP_UPLOADS
    waiting = Q(state=WorkState.NEEDS_ANSWERS) | Q(state=WorkState.DONE, dry_run=True)
    for work in Import.objects.filter(waiting, finished_at__lt=before, facts__kept=True):
        work.forget_uploads()
        work.facts = {**work.facts, "kept": False}
        work.state = WorkState.CANCELLED
        work.message = "Nobody went on with it within a week; upload it again."
        work.save(update_fields=["facts", "state", "message"])
    for path in incoming_folder().glob("*"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


class ImportsOfDataset:
    """Imports rest on their dataset while they are at work. See `catalog.dependents`."""

    def holding(self, dataset_id: UUID) -> list[str]:
        at_work = Import.objects.filter(
            dataset=dataset_id,
            state__in=[WorkState.QUEUED, WorkState.CHECKING, WorkState.RUNNING],
        )
        return [f"the import of “{source}”" for source in at_work.values_list("source", flat=True)]

    def remove(self, dataset_id: UUID) -> None:
        for work in Import.objects.filter(dataset=dataset_id):
            work.forget_uploads()
            if work.rejected_file:
                storages["uploads"].delete(work.rejected_file)
            work.delete()
