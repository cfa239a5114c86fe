"""The pictures of a dataset that are most like one of them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from labelapp.catalog import contents
from labelapp.catalog.errors import PictureErased
from labelapp.catalog.models import Image, Label, LabelClass
from labelapp.likeness.nearest import nearest
from ml.alike.atlas import atlas_of
from ml.alike.errors import NotSeenByVersion
from ml.registry.models import ModelVersion
from ml.runs.models import Features
from ml.runs.selectors import features_of

# Of 64 bits at random, so few differ in one of 20,000 pairs: beyond it likeness is chance.
FAR = 16
_BY_LOOK = """
SELECT image.id, bit_count((blob.dhash # %(look)s)::bit(64)) AS bits
FROM catalog_image AS image JOIN catalog_blob AS blob ON blob.sha256 = image.blob_id
WHERE image.dataset_id = %(dataset)s AND image.id <> %(image)s
  AND bit_count((blob.dhash # %(look)s)::bit(64)) <= %(far)s
ORDER BY bits, image.id LIMIT %(count)s
"""


@dataclass
class Like:
    """A picture and how like it is: the cosine of its features, or how many of 64 bits differ."""

    image: Image
    cosine: float | None = None
    bits: int | None = None
    label_classes: list[LabelClass] = field(default_factory=list)


@dataclass(frozen=True)
class Likes:
    """The most alike first. `version` saw them; None: none has seen this one, so looks decided."""

    version: ModelVersion | None
    found: list[Like]


def alike_to(image: Image, *, version: ModelVersion | None, count: int) -> Likes:
    """Up to `count` pictures of the same dataset, erased ones left out, by what `version` saw; else by
    the newest version that has seen this picture; else by how they look.

    Raises:
        NotSeenByVersion: `version` has not seen this picture.
        PictureErased, PictureUnreadable
    """
    if image.erased_at is not None:
        raise PictureErased
    seen_by = _seen_by(image, version)
    if seen_by is None:
        return Likes(None, _with_classes(_by_look(image, count)))
    return Likes(version or seen_by, _with_classes(_by_features(image, seen_by.pk, count)))


def _seen_by(image: Image, version: ModelVersion | None) -> ModelVersion | None:
    seen = ModelVersion.objects.filter(
        pk__in=Features.objects.filter(image=image).values("model_version")
    )
    if version is None:
        return seen.order_by("created_at").last()
    found = seen.filter(pk=version.seen_by).first()
    if found is None:
        raise NotSeenByVersion
    return found


def _by_features(image: Image, seen_by: UUID, count: int) -> list[Like]:
    atlas = atlas_of(image.dataset_id, seen_by)
    own = features_of(seen_by, [image.pk])[image.pk]
    near = nearest(atlas.features, own, count + 1)
    cosines = {atlas.image(number): cosine for number, cosine in near}
    cosines.pop(image.pk, None)
    there = Image.objects.filter(erased_at=None).in_bulk(list(cosines))
    found = [Like(there[pk], cosine=cosine) for pk, cosine in cosines.items() if pk in there]
    return found[:count]


def _by_look(image: Image, count: int) -> list[Like]:
    values: dict[str, Any] = {
        "look": contents.look_of(image),
        "dataset": image.dataset_id,
        "image": image.pk,
        "far": FAR,
        "count": count,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BY_LOOK, values)
        bits = dict(cursor.fetchall())
    there = Image.objects.in_bulk(list(bits))
    return [Like(there[pk], bits=differ) for pk, differ in bits.items()]


def _with_classes(found: list[Like]) -> list[Like]:
    """With every class that is said of each picture as a whole."""
    by_image = {like.image.pk: like for like in found}
    labels = Label.objects.live().filter(image__in=by_image, region={})
    for label in labels.select_related("label_class").order_by("label_class__name", "pk"):
        classes = by_image[label.image_id].label_classes
        if label.label_class not in classes:
            classes.append(label.label_class)
    return found
