"""Model versions as people may see them."""

from uuid import UUID

from django.db.models import QuerySet

from ml.registry.errors import ModelVersionNotFound
from ml.registry.models import Kind, ModelVersion


def model_versions(name: str = "") -> QuerySet[ModelVersion]:
    """All, or those of one name."""
    found = ModelVersion.objects.select_related("created_by", "base")
    return found.filter(name__iexact=name) if name else found


def model_version_by_id(version_id: UUID) -> ModelVersion:
    """Raises ModelVersionNotFound."""
    found = model_versions().filter(pk=version_id).first()
    if found is None:
        raise ModelVersionNotFound
    return found


def built_in() -> ModelVersion:
    """The version that ships; raises ModelVersionNotFound before the first start has listed it."""
    found = model_versions().filter(kind=Kind.SHIPPED).order_by("created_at").last()
    if found is None:
        raise ModelVersionNotFound("The built-in model is not listed yet; name a base.")
    return found
