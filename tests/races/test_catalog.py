"""Imports, merges and erasures at the same moment: nothing twice, every count right."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from labelapp.catalog import services as catalog
from labelapp.catalog.counts import differences
from labelapp.catalog.models import Blob, Dataset, Image, Label, LabelClass
from labelapp.imports.models import Import
from labelapp.imports.running import run
from labelapp.imports.services import Sent, create_import
from tests.api.importing import CSV, picture, zip_of
from tests.builders import make_dataset
from tests.cast import Cast, assemble
from tests.races.together import faults, together

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


def queued(dataset: Dataset, rows: str, **fields: Any) -> Import:
    file = ContentFile((CSV + rows).encode(), "labels.csv")
    sent = Sent(file=file, **{"missing_images": "placeholder", **fields})
    return create_import(person=None, dataset=dataset, sent=sent)


def test_the_same_file_from_four_workers_at_once_adds_it_once(cast: Cast) -> None:
    rows = "".join(f"{n}.jpg,{kind},0.{n:03}\n" for n in range(300) for kind in ("Crab", "Cat"))
    for _ in range(ROUNDS):
        dataset = make_dataset()
        works = [queued(dataset, rows) for _ in range(4)]
        results = together(*[lambda work=work: run(work.pk) for work in works])
        assert faults(results) == []
        counts = [Import.objects.get(pk=work.pk).counts for work in works]
        assert sum(one["labels"] for one in counts) == 600
        assert sum(one["images"] for one in counts) == 300
        assert sum(one["unchanged"] for one in counts) == 1800
        assert LabelClass.objects.filter(dataset=dataset).count() == 2
        dataset.refresh_from_db()
        assert dataset.image_count == dataset.images.count() == 300
    assert differences() == []


def test_one_import_is_carried_out_by_one_of_four_workers(cast: Cast) -> None:
    for _ in range(ROUNDS):
        work = queued(make_dataset(), "a.jpg,Crab,0.5\nb.jpg,Crab,0.5\n")
        assert faults(together(*[lambda: run(work.pk)] * 4)) == []
        work.refresh_from_db()
        assert (work.state, work.attempts, work.counts["labels"]) == ("done", 1, 2)


def test_a_merge_while_imports_change_confidences_keeps_every_count_right(cast: Cast) -> None:
    for at in range(ROUNDS):
        dataset = make_dataset()
        both = "".join(f"{n}.jpg,{name},0.5\n" for n in range(200) for name in ("Crab", "Krabbe"))
        run(queued(dataset, both).pk)
        changed = queued(dataset, both.replace("0.5", f"0.{at + 6}"))
        old, new = (LabelClass.objects.get(dataset=dataset, name=n) for n in ("Krabbe", "Crab"))
        results = together(
            lambda: run(changed.pk),
            lambda: catalog.merge_class(person=cast.admin, label_class=old, into=new),
        )
        assert faults(results) == []
        assert differences() == []
        assert Label.objects.live().filter(image__dataset=dataset).count() == 200


def test_erasing_a_picture_while_the_same_content_is_imported_elsewhere_loses_neither(
    cast: Cast,
) -> None:
    zipped = zip_of({"a.jpg": picture()})
    for _ in range(ROUNDS):
        first, second = make_dataset(), make_dataset()
        row = "a.jpg,Crab,0.5\n"
        run(queued(first, row, images=ContentFile(zipped, "p.zip")).pk)
        work = queued(second, row, images=ContentFile(zipped, "p.zip"))
        erased = Image.objects.get(dataset=first)
        results = together(
            lambda: run(work.pk), lambda: catalog.erase_image(person=cast.admin, image=erased)
        )
        assert faults(results) == []
        image = Image.objects.get(dataset=second)
        assert image.blob is not None
        assert storages["pictures"].exists(image.blob.storage_name)
        assert Blob.objects.count() == 1
        catalog.erase_image(person=cast.admin, image=image)
    assert differences() == []
