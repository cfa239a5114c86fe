"""Which imports there are, and what they rejected."""

from typing import IO, Any
from uuid import UUID

from django.core.files.storage import storages
from django.db.models import QuerySet

from labelapp.api.errors import NotFound
from labelapp.imports.models import Import

NOTHING_REJECTED = b"line,reason\n"


def imports(dataset_id: UUID | None = None) -> QuerySet[Import]:
    """All imports into datasets that are not in the bin, or those into one."""
    found = Import.objects.filter(dataset__deleted_at=None).select_related("created_by")
    return found.filter(dataset=dataset_id) if dataset_id else found


def import_by_id(import_id: UUID) -> Import:
    """Raises NotFound."""
    found = imports().filter(pk=import_id).first()
    if found is None:
        raise NotFound("There is no such import.")
    return found


def rejected_rows(work: Import) -> IO[Any] | bytes:
    """The CSV of what was not taken: line or zip entry, reason."""
    if not work.rejected_file:
        return NOTHING_REJECTED
    return storages["uploads"].open(work.rejected_file)
