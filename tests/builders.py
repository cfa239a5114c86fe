"""Rows for tests; each builder makes the least that is valid, and says the rest in keywords."""

import io
import itertools
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import numpy as np
from django.db.models import F
from numpy.typing import NDArray
from PIL import Image as Pillow

from labelapp.accounts.models import Team, User
from labelapp.accounts.roles import Role
from labelapp.catalog import blobs, pictures
from labelapp.catalog.confidence import bin_of
from labelapp.catalog.models import Dataset, Image, Label, LabelClass, LabelCount
from labelapp.catalog.names import class_key
from labelapp.geometry.rle import encode
from qa.jobs import services as jobs
from qa.jobs.models import Job

PASSWORD = "correct horse battery"
_numbers = itertools.count(1)


def make_user(username: str = "", role: Role = Role.LABELER, teams: Iterable[Team] = ()) -> User:
    user = User(username=username or f"person-{next(_numbers)}", role=role.value)
    user.set_password(PASSWORD)
    user.save()
    user.teams.set(teams)
    return user


def make_team(name: str = "") -> Team:
    return Team.objects.create(name=name or f"team {next(_numbers)}")


def make_dataset(name: str = "") -> Dataset:
    return Dataset.objects.create(name=name or f"dataset {next(_numbers)}")


def make_class(dataset: Dataset, name: str = "crab") -> LabelClass:
    found, _ = LabelClass.objects.get_or_create(
        dataset=dataset, key=class_key(name), defaults={"name": name}
    )
    return found


def make_labels(
    dataset: Dataset,
    confidences: Iterable[str | None],
    *,
    label_class: str = "crab",
    source: str = "model.csv",
) -> list[Label]:
    """A label, on a picture of its own, for each confidence (decimal text, or None)."""
    of_class = make_class(dataset, label_class)
    labels = []
    for text in confidences:
        number = next(_numbers)
        image = Image.objects.create(
            dataset=dataset,
            ref=f"{label_class}/{number:06}.jpg",
            location="placeholder:",
            width=640,
            height=480,
        )
        decimal = None if text is None else Decimal(text)
        bin_ = None if decimal is None else bin_of(decimal)
        labels.append(
            Label(
                image=image,
                label_class=of_class,
                confidence=None if decimal is None else float(decimal),
                bin=bin_,
                source=source,
            )
        )
        count, _ = LabelCount.objects.get_or_create(
            dataset=dataset,
            label_class=of_class,
            source=source,
            bin=bin_,
            defaults={"count": 0},
        )
        count.count += 1
        count.save()
    return Label.objects.bulk_create(labels)


def make_photo(dataset: Dataset, pixels: NDArray[np.uint8], kind: str = "PNG") -> Image:
    """A stored picture of these pixels, (H, W, 3), counted as an import counts it."""
    dataset.image_count += 1
    dataset.save(update_fields=["image_count"])
    data = io.BytesIO()
    Pillow.fromarray(pixels).save(data, kind)
    picture = pictures.read(data.getvalue())
    blobs.put_all([(picture, data.getvalue())])
    return Image.objects.create(
        dataset=dataset,
        ref=f"photos/{next(_numbers):06}.{kind.lower()}",
        blob_id=picture.sha256,
        width=picture.width,
        height=picture.height,
    )


def make_mask(
    image: Image, mask: NDArray[np.bool_], *, label_class: str = "Cup", source: str = "model:one"
) -> Label:
    """A label with a mask, (H, W) of its picture, counted as an import counts it."""
    of_class = make_class(image.dataset, label_class)
    count, _ = LabelCount.objects.get_or_create(
        dataset=image.dataset, label_class=of_class, source=source, bin=None, defaults={"count": 0}
    )
    LabelCount.objects.filter(pk=count.pk).update(count=F("count") + 1)
    return Label.objects.create(
        image=image, label_class=of_class, source=source, region={"mask": dict(encode(mask))}
    )


def make_job(dataset: Dataset, *, admin: User | None = None, **fields: Any) -> Job:
    """A draft job."""
    person = admin or make_user(role=Role.ADMIN)
    return jobs.create_job(
        person=person, name=fields.pop("name", f"job {next(_numbers)}"), dataset=dataset, **fields
    )


def make_running_job(items: int = 30, *, admin: User | None = None, **fields: Any) -> Job:
    """A running job on a dataset of its own, with `items` items of one class."""
    dataset = fields.pop("dataset", None) or make_dataset()
    make_labels(dataset, [f"0.{number % 1000:03}" for number in range(items)])
    person = admin or make_user(role=Role.ADMIN)
    job = make_job(dataset, admin=person, **fields)
    return jobs.start_job(person=person, job_id=job.pk, force=True)
