"""Corrections where something else has moved: labels that were there, merges, checks that are gone."""

from typing import Any

import pytest

from labelapp.catalog.counts import differences, recount
from labelapp.catalog.models import Dataset, Label, LabelClass
from labelapp.catalog.services import merge_class
from labelapp.catalog.truths import How, judged
from qa.correction.models import Item
from qa.jobs.cutting import cut_class
from qa.jobs.models import Job
from tests.api.correcting import check, correction, shellfish, started
from tests.api.reviewing import Reviewer, all_of
from tests.builders import make_class
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def said_before(dataset: Dataset, **fields: Any) -> Label:
    """What ana had said of the first lobster by an import, long before anybody checked."""
    image = Label.objects.filter(label_class__name="lobster").order_by("pk")[0].image
    crab = make_class(dataset, "crab")
    label = Label.objects.create(image=image, label_class=crab, source="person:ana", **fields)
    recount(dataset.pk, [crab.pk])
    return label


def reopened(ana: Reviewer, batch: dict[str, Any]) -> None:
    assert ana.post(f"assignments/{batch['id']}/reopen/").status_code == 200


@pytest.mark.parametrize("fields", [{}, {"confidence": 0.9, "bin": 900}])
def test_a_label_that_was_there_before_outlives_the_answer(
    cast: Cast, fields: dict[str, Any]
) -> None:
    dataset = shellfish(wrong=1)
    before = said_before(dataset, **fields)
    ana = correction(cast, dataset, check(cast, dataset, source="model.csv"))
    batch = ana.take()
    ana.submit(batch, "crab")
    reopened(ana, batch)
    ana.submit(batch, "shrimp")
    names = Label.objects.filter(source="person:ana").values_list("label_class__name", flat=True)
    assert sorted(names) == ["crab", "shrimp"]
    assert Label.objects.filter(pk=before.pk).exists()
    assert differences() == []


def test_what_a_correction_found_said_already_is_learned_as_its_own(cast: Cast) -> None:
    dataset = shellfish(wrong=1)
    said_before(dataset)
    ana = correction(cast, dataset, check(cast, dataset, source="model.csv"))
    ana.work("crab")
    (found,) = judged(dataset, [Job.objects.get(pk=ana.job_id).pk])
    assert found.how == How.CORRECTED


def test_what_a_later_check_doubts_is_no_longer_known(cast: Cast) -> None:
    dataset = shellfish(wrong=1)
    correction(cast, dataset).work("shrimp")
    assert [one.how for one in judged(dataset)].count(How.CORRECTED) == 1
    job = started(cast, dataset, source="person:ana")
    Reviewer(client_of(cast.ben), job).work("disconfirm")
    assert How.CORRECTED not in [one.how for one in judged(dataset)]


def test_two_wrong_labels_of_a_picture_make_one_confirmed_row(cast: Cast) -> None:
    dataset = shellfish(wrong=1)
    first = Label.objects.get(label_class__name="lobster")
    Label.objects.create(
        image=first.image,
        label_class=first.label_class,
        source="other.csv",
        confidence=0.7,
        bin=700,
    )
    recount(dataset.pk, [first.label_class_id])
    ana = correction(cast, dataset)
    ana.work("shrimp")
    preview = "/api/v1/exports/preview/"
    for asked in ({"dataset": str(dataset.pk)}, {"job": ana.job_id}):
        found = client_of(cast.analyst).get(preview, {**asked, "outcome": "confirmed"}).json()
        assert [row["label"] for row in found["sample"]].count("shrimp") == 1


def test_a_correction_can_be_changed_when_its_check_is_gone(cast: Cast) -> None:
    ana = correction(cast, shellfish(wrong=1))
    Job.objects.filter(pk=ana.job_id).update(from_job=None)
    changed = client_of(cast.admin).patch(
        f"/api/v1/jobs/{ana.job_id}/", {"name": "another name"}, format="json"
    )
    assert (changed.status_code, changed.json()["name"]) == (200, "another name")


def test_numbers_open_their_pictures_after_a_merge_of_classes(cast: Cast) -> None:
    dataset = shellfish(wrong=2)
    ana = correction(cast, dataset)
    ana.work("shrimp")
    lobster, shrimp = make_class(dataset, "lobster"), make_class(dataset, "shrimp")
    merge_class(person=cast.admin, label_class=shrimp, into=make_class(dataset, "crab"))
    merge_class(person=cast.admin, label_class=lobster, into=make_class(dataset, "clam"))
    reader = client_of(cast.analyst)
    (pair,) = reader.get(f"/api/v1/jobs/{ana.job_id}/correcting/").json()["pairs"]
    assert (pair["label_class"]["name"], pair["right_class"]["name"]) == ("clam", "crab")
    query = {name: pair[name]["id"] for name in ("label_class", "right_class")}
    found = reader.get("/api/v1/corrections/", {"job": ana.job_id, **query}).json()
    assert len(found["results"]) == pair["items"] == 2


def test_what_a_wrong_class_was_merged_into_is_not_offered_as_right(cast: Cast) -> None:
    dataset = shellfish(wrong=1, top=[{"label_class": "clam"}, {"label_class": "shrimp"}])
    ana = correction(cast, dataset)
    clam = make_class(dataset, "clam")
    merge_class(person=cast.admin, label_class=make_class(dataset, "lobster"), into=clam)
    shrimp = str(LabelClass.objects.get(name="shrimp").pk)
    assert ana.take()["items"][0]["suggested"] == [shrimp]


def test_a_name_that_grows_when_it_is_compared_is_refused_in_words(cast: Cast) -> None:
    grows = "\ufdfa" * 300  # one character, eighteen when normalized
    dataset = shellfish(wrong=1, top=[{"label_class": grows}, {"label_class": "x" * 301}])
    ana = correction(cast, dataset, allow_new_class=True)
    batch = ana.take()
    assert batch["items"][0]["suggested"] == []
    answer = ana.send(batch, all_of(batch, f"new:{grows}"))
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    made = client_of(cast.admin).post(
        f"/api/v1/datasets/{dataset.pk}/classes/", {"name": grows}, format="json"
    )
    assert made.status_code == 400


def test_a_check_that_moves_while_it_is_frozen_leaves_no_empty_places(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = shellfish(wrong=3)
    of = check(cast, dataset)

    def moved_meanwhile(job: Job, **given: Any) -> Any:
        # Another transaction reopened the check's batch after the labels were counted.
        Job.objects.get(pk=of).frozen_items.update(
            outcome="pending", confirm_count=0, disconfirm_count=0, reviewed_at=None
        )
        return cut_class(job, **given)

    monkeypatch.setattr("qa.correction.freezing.cut_class", moved_meanwhile)
    ana = correction(cast, dataset, of)
    job = Job.objects.get(pk=ana.job_id)
    assert job.items == Item.objects.filter(job=job).count() == 3
