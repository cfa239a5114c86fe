"""The second part of the demo: the photographs that ship with scikit-learn, to be outlined.

`china.jpg` by danielbuechele and `flower.jpg` by vultilion, both from Flickr under CC BY 2.0, as the
README beside them says; 640 x 427 pixels. They come in as any import of pictures without labels does.
"""

import io
import zipfile
from importlib.resources import files

from labelapp.catalog.models import Dataset
from labelapp.catalog.services import create_class, create_dataset
from labelapp.imports.services import Sent
from labelapp.local.demo import as_file, reviewers, take_in
from qa.jobs.models import Job
from qa.jobs.services import create_job, start_job

DATASET = "Two photographs"
PHOTOS = ("china.jpg", "flower.jpg")
CLASSES = ("Building", "Flower", "Tree")
INSTRUCTIONS = """\
Outline each building, each flower and each tree, one object at a time.

1. Choose the class, then click the object's **four outermost points**: top, left, bottom and right, in any
   order. The mask appears with the fourth.
2. Not quite? Click what is missing, Alt-click what is too much, or paint with the brush.
3. `Enter` accepts the mask, `Shift` + `Enter` finishes the picture.

- Where something stands in front, outline only what can be seen. Parts on both sides of it are one object.
- Trees that run into each other are one object.
- A flower that the picture cuts off counts too. Buds do not.

Photographs: danielbuechele and vultilion on Flickr, CC BY 2.0, as shipped with scikit-learn.
"""


def bring_in() -> Job:
    """Import the photographs and open a job on them; the job that is there already, when there is one."""
    if found := Job.objects.live().filter(dataset__name=DATASET).first():
        return found
    dataset = Dataset.objects.live().filter(name=DATASET).first() or create_dataset(
        person=None, name=DATASET
    )
    take_in(dataset, Sent(images=as_file("photos.zip", _pictures()), source="scikit-learn"))
    for name in sorted(set(CLASSES) - set(dataset.classes.values_list("name", flat=True))):
        create_class(person=None, dataset=dataset, name=name)
    job = create_job(
        person=None,
        name="Outline the photographs",
        dataset=dataset,
        kind="segmentation",
        team=reviewers(),
        instructions=INSTRUCTIONS,
    )
    return start_job(person=None, job_id=job.pk, force=True)


def _pictures() -> bytes:
    """A zip of the files as they were shipped."""
    shipped = files("sklearn.datasets.images")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in PHOTOS:
            archive.writestr(name, shipped.joinpath(name).read_bytes())
    return buffer.getvalue()
