"""The demo is real: a classifier's own confidences and mistakes, imported as anything else is."""

import pytest

from labelapp.catalog.models import Dataset, Image, Label
from labelapp.local.demo import DATASET, bring_in, classified_digits
from qa.jobs.models import JobState
from qa.verification.models import Item
from qa.verification.verify import differences


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
