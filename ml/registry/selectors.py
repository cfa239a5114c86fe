"""Model versions as people may see them."""

from uuid import UUID

from django.db.models import QuerySet

from ml.registry.errors import ModelVersionNotFound
from ml.registry.models import ModelVersion


def model_versions(name: str = "") -> QuerySet[ModelVersion]:
    """All, or those of one name."""
    found = ModelVersion.objects.select_related("created_by")
    return found.filter(name__iexact=name) if name else found


def model_version_by_id(version_id: UUID) -> ModelVersion:
    """Raises ModelVersionNotFound."""
    found = model_versions().filter(pk=version_id).first()
    if found is None:
        raise ModelVersionNotFound
    return found
