"""The demo is real: a classifier's own confidences and mistakes, real photographs, imported as anything
else is."""

import hashlib
from importlib.resources import files

import pytest

from labelapp.accounts.models import User
from labelapp.accounts.services import first_accounts
from labelapp.catalog.models import Dataset, Image, Label
from labelapp.local import demo_photos
from labelapp.local.demo import DATASET, bring_in, classified_digits
from qa.jobs.models import JobState
from qa.verification.models import Item
from qa.verification.verify import differences
from tests.cast import client_of


def test_the_classifier_makes_real_mistakes_with_real_confidences() -> None:
    digits = classified_digits()
    assert len(digits.pixels) == 1797
    assert digits.mistakes >= 20
    assert 0.1 <= digits.confidence.min() < digits.confidence.max() <= 1
    wrong = digits.said != digits.truth
    assert digits.confidence[wrong].mean() < digits.confidence[~wrong].mean()


@pytest.mark.django_db(transaction=True)
def test_it_comes_in_once_with_an_open_job_and_pictures_large_enough_to_judge() -> None:
    job = bring_in()
    assert (job.state, job.items) == (JobState.RUNNING, 1797)
    assert Item.objects.filter(job=job).count() == Label.objects.count() == 1797
    sizes = set(Image.objects.values_list("width", "height"))
    assert sizes == {(240, 240)}
    assert len(job.examples) == 20
    assert differences() == []
    assert bring_in().pk == job.pk
    assert Dataset.objects.filter(name=DATASET).count() == 1


@pytest.mark.django_db(transaction=True)
def test_real_photographs_come_in_once_to_be_outlined_by_the_first_labeler() -> None:
    first_accounts(demo=True)
    job = demo_photos.bring_in()
    assert (job.state, job.kind, job.items) == (JobState.RUNNING, "segmentation", 2)
    shipped = files("sklearn.datasets.images")
    for name in demo_photos.PHOTOS:
        photo = Image.objects.get(dataset=job.dataset, ref=name)
        content = shipped.joinpath(name).read_bytes()
        assert photo.blob_id == hashlib.sha256(content).hexdigest(), "not a byte of it is changed"
        assert (photo.width, photo.height) == (640, 427)
    labeler = client_of(User.objects.get(username="labeler"))
    (home,) = labeler.get("/api/v1/me/work/").json()["jobs"]
    assert (home["id"], home["kind"], home["available"]) == (str(job.pk), "segmentation", True)
    claim = labeler.post(f"/api/v1/jobs/{job.pk}/claim/", {}, format="json").json()
    assert claim["assignment"]["items"][0]["width"] == 640
    assert [one["name"] for one in claim["job"]["classes"]] == ["Building", "Flower", "Tree"]
    assert "danielbuechele and vultilion" in claim["job"]["instructions"]
    assert demo_photos.bring_in().pk == job.pk
