"""Carrying an import out, in a worker: survey, questions, staging, pictures, one write.

Whatever is killed on the way leaves nothing but stored contents that no image shows (content-addressed;
the next try finds them, a sweep removes them): labels, images, counts and the end of the import itself
are one transaction, written under the lease of this worker.
"""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from labelapp.background import WorkCancelled, WorkState
from labelapp.catalog import arrivals, intake
from labelapp.catalog.errors import TooManyClasses
from labelapp.catalog.intake import Intake
from labelapp.catalog.services import lock_dataset
from labelapp.imports import formats, loader, pictures, report
from labelapp.imports.asking import KnownClasses, Plan, answered_columns, plan
from labelapp.imports.errors import ImportStopped
from labelapp.imports.finding import (
    FolderPlace,
    Place,
    Places,
    RootsPlace,
    S3Place,
    UriPlace,
    forget_listings,
)
from labelapp.imports.formats import Reader
from labelapp.imports.formats.folder import FolderReader
from labelapp.imports.models import Import, MissingImages
from labelapp.imports.survey import Survey, survey
from labelapp.imports.zips import ZipPlace

log = logging.getLogger(__name__)
_TRIES = 3


@dataclass
class Sources:
    """Where an import's rows and pictures come from, opened. `places` None: nothing is looked for."""

    file: IO[bytes] | None
    main: Place | None
    places: Places | None

    @contextmanager
    def reader(self, work: Import) -> Iterator[Reader]:
        """A fresh reader of the rows, from their beginning."""
        if self.file is None:
            if self.main is None:
                raise ImportStopped(
                    "nothing_to_import", "There is neither a label file nor pictures."
                )
            yield FolderReader(list(self.main.names()))
            return
        taken_for = {**(work.mapping.get("columns") or {}), **answered_columns(work.answers)}
        with formats.opened(self.file, work.file_name, taken_for) as reader:
            yield reader


def run(import_id: UUID | str) -> None:
    """Check an import and, when nothing is left to ask, carry it out. Safe to call twice at once."""
    work = Import.objects.select_related("dataset").filter(pk=import_id).first()
    if work is None or not work.claim(WorkState.CHECKING):
        return
    try:
        with work.kept_alive(), _opened(work) as sources:
            _carry_out(work, sources)
    except WorkCancelled:
        log.info("import %s was cancelled or taken over", work.pk)
    except ImportStopped as error:
        _fail(work, error)
    finally:
        intake.clear()
        loader.clear()


def _fail(work: Import, error: ImportStopped) -> None:
    """End an import that cannot go on; what was sent is of no more use."""
    try:
        work.finish(WorkState.FAILED, message=error.sentence, error_code=error.code)
    except WorkCancelled:
        return
    work.forget_uploads()


@contextmanager
def _opened(work: Import) -> Iterator[Sources]:
    """Open what was sent, and the places where its pictures may lie."""
    forget_listings()
    with ExitStack() as stack:
        uploads = storages["uploads"]
        file = stack.enter_context(uploads.open(work.file)).file if work.file else None
        main: Place | None = None
        if work.images:
            zipped: Any = stack.enter_context(uploads.open(work.images)).file
            main = ZipPlace(zipped)
        elif work.image_root:
            main = FolderPlace(Path(work.image_root))
        elif work.s3_uri:
            main = S3Place(work.s3_uri)
        yield Sources(file, main, _places(work, main))


def _places(work: Import, main: Place | None) -> Places | None:
    """Everywhere to look, in order. By reference and without a place, nothing is opened at all."""
    if main is None and work.missing_images == MissingImages.REFERENCE:
        return None
    everywhere = RootsPlace(settings.IMAGE_ROOTS)
    return Places([one for one in (UriPlace(), main, everywhere) if one is not None])


class _Overtaken(Exception):
    """Somebody changed the dataset's classes or erased a picture since they were looked at."""


def _carry_out(work: Import, sources: Sources) -> None:
    with sources.reader(work) as reader:
        found = survey(reader, lambda rows: work.report(done=rows, message="Reading the rows"))
    for _ in range(_TRIES):
        try:
            return _attempt(work, sources, reader, found)
        except _Overtaken:
            log.info("import %s was overtaken by a change of its dataset; once more", work.pk)
    raise ImportStopped(
        "overtaken", "The dataset was changed again and again meanwhile. Try again."
    )


def _attempt(work: Import, sources: Sources, reader: Reader, found: Survey) -> None:
    """Plan by the classes as they are now, then ask, forecast or write."""
    made = _planned(work, found)
    work.report(**report.of_survey(work, reader, found, made))
    if found.missing_roles or not (made.is_complete or work.dry_run):
        work.finish(WorkState.NEEDS_ANSWERS, counts=report.asking_counts(found), message="")
        return
    _check_not_empty(sources, reader, found)
    intake.expect(found.rows)
    _stage(work, sources, found, made)
    if work.dry_run:
        _forecast(work, found, made)
    else:
        _write(work, found, made)


def _check_not_empty(sources: Sources, reader: Reader, found: Survey) -> None:
    """Raises ImportStopped when nothing was sent that could be taken or rejected."""
    if found.rows:
        return
    if reader.kind != "folder":
        raise ImportStopped("no_rows", reader.no_rows)
    if not (isinstance(sources.main, ZipPlace) and sources.main.refused):
        raise ImportStopped("no_pictures", "There is no picture in what was sent.")


def _planned(work: Import, found: Survey) -> Plan:
    return plan(found, KnownClasses.of(work.dataset_id), work.mapping, work.answers)


def _stage(work: Import, sources: Sources, found: Survey, made: Plan) -> None:
    """Fill the staging tables and reject what is not taken; nothing of the catalog is written."""
    intake.prepare()
    loader.begin()
    work.report(state=WorkState.RUNNING, done=0, total=found.rows, message="Checking the rows")
    with sources.reader(work) as reader:
        made.numbered = loader.stage(
            reader.rows(),
            scale=made.scale or report.likely_scale(found),
            classes=made.classes,
            report=lambda rows: work.report(done=rows),
        )
    if isinstance(sources.main, ZipPlace):
        loader.refuse(sources.main.refused)
    intake.list_images(work.dataset_id)
    if isinstance(sources.main, ZipPlace) and sources.file is not None:
        found.unused = sources.main.unused(_names(pictures.refs(), reader))

    def checked(done: int, total: int) -> None:
        work.report(done=done, total=total, message="Checking pictures")

    pictures.settle(
        sources.places and sources.places.with_names(reader.also_named),
        MissingImages(work.missing_images),
        store=not work.dry_run,
        report=checked,
    )
    loader.refuse_bad_pictures()
    loader.refuse_other_sizes()
    loader.refuse_duplicates(reader.unit)
    work.report(message="Checking for what is there already")


def _names(refs: Iterator[str], reader: Reader) -> Iterator[str]:
    """The paths of pictures, and the other names that they may lie under."""
    for ref in refs:
        yield ref
        if (other := reader.also_named(ref)) is not None:
            yield other


def _intake(work: Import, found: Survey, made: Plan) -> Intake:
    """Begin to take the staged rows in; the transaction that this runs in holds the dataset."""
    dataset = lock_dataset(work.dataset_id)
    if dataset.deleted_at is not None:
        raise ImportStopped("dataset_deleted", "The dataset was put into the bin.")
    if _planned(work, found).classes != made.classes or pictures.overtaken(
        dataset.pk, stored=not work.dry_run
    ):
        raise _Overtaken
    taking = Intake(dataset, source=work.source, origin=work.pk, person_id=work.created_by_id)
    try:
        taking.classes(made.numbered)
    except TooManyClasses:
        most = settings.MAX_CLASSES_PER_DATASET
        raise ImportStopped(
            "too_many_classes", f"The dataset would have more than {most:,} classes."
        ) from None
    return taking


def _forecast(work: Import, found: Survey, made: Plan) -> None:
    """End a dry run with the counts that it would have."""
    with transaction.atomic():
        taken = _intake(work, found, made).forecast()
        # The classes that were made for the count go again.
        transaction.set_rollback(True)
    fields = report.of_staging(work, found, taken)
    state = WorkState.DONE if made.is_complete else WorkState.NEEDS_ANSWERS
    work.finish(state, **fields, message="")


def _write(work: Import, found: Survey, made: Plan) -> None:
    """Write everything and end the import, in one transaction."""
    work.report(done=0, total=found.rows, message="Writing")
    try:
        with transaction.atomic():
            taken = _intake(work, found, made).write(work.show)
            fields = report.of_staging(work, found, taken)
            work.finish(WorkState.DONE, **fields, done=found.rows, message="")
            arrivals.tell(work.dataset_id)
    except IntegrityError as error:
        # A content erased after we looked: the foreign key notices at the commit.
        raise _Overtaken from error
    work.forget_uploads()
