"""Labels that a check found wrong get their right class by hand."""

from typing import Any

import pytest

from labelapp.catalog.counts import differences
from labelapp.catalog.models import Dataset, Label, LabelClass
from labelapp.catalog.services import erase_image, merge_class
from labelapp.catalog.truths import How, judged
from qa.correction.models import Answer, Item
from qa.jobs.models import Assignment, Batch, Job
from qa.jobs.removal import remove_job
from tests.api.correcting import check, correction, shellfish, started
from tests.api.reviewing import Reviewer, all_of
from tests.builders import make_class, make_dataset, make_labels
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def made(person: str = "ana") -> list[tuple[str, str]]:
    """What a person said: class and picture."""
    labels = Label.objects.filter(source=f"person:{person}").select_related("label_class", "image")
    return sorted((one.label_class.name, one.image.ref) for one in labels)


def refused(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.json()
    found: dict[str, Any] = answer.json()["errors"]
    return found


def test_what_was_found_wrong_is_dealt_under_its_class_and_nothing_else(cast: Cast) -> None:
    ana = correction(cast, shellfish(wrong=3), batch_size=2)
    claimed = ana.claim()
    assert claimed["job"]["kind"] == "correction"
    assert [one["name"] for one in claimed["job"]["classes"]] == ["crab", "lobster", "shrimp"]
    assert claimed["assignment"]["label_class"]["name"] == "lobster"
    tile = claimed["assignment"]["items"][0]
    assert set(tile) == {
        "id", "position", "suggested", "thumb_url", "full_url", "width", "height",
    }  # fmt: skip
    assert Job.objects.get(pk=ana.job_id).items == 3
    assert [len(one["items"]) for one in ana.work("none_of_these")] == [2, 1]
    assert ana.claim()["reason"] == "finished"


def test_the_right_class_becomes_a_label_said_by_the_person(cast: Cast) -> None:
    dataset = shellfish(wrong=2)
    ana = correction(cast, dataset)
    shrimp = make_class(dataset, "shrimp")
    batch = ana.take()
    first, second = (one["id"] for one in batch["items"])
    sent = ana.send(batch, {first: str(shrimp.pk), second: {"value": "crab", "note": "small"}})
    assert sent.json()["counts"] == {"class": 2, "none_of_these": 0, "unsure": 0}
    for pk, name in ((first, "shrimp"), (second, "crab")):
        item = Item.objects.get(pk=pk)
        label = Label.objects.get(source="person:ana", image=item.image)
        assert (label.label_class.name, label.confidence) == (name, None)
        assert label.extra == {"job": ana.job_id, "corrects": str(item.label_id)}
        assert item.answers.get().label == label
    assert Label.objects.filter(label_class__name="lobster").count() == 2
    assert differences() == []


def test_none_of_these_and_unsure_make_no_label(cast: Cast) -> None:
    ana = correction(cast, shellfish(wrong=2))
    batch = ana.take()
    first, second = (one["id"] for one in batch["items"])
    ana.send(batch, {first: "none_of_these", second: "unsure"})
    assert made() == []
    assert set(Answer.objects.values_list("value", flat=True)) == {"none_of_these", "unsure"}


def test_a_batch_opened_again_replaces_its_answers_and_takes_their_labels_back(cast: Cast) -> None:
    ana = correction(cast, shellfish(wrong=2))
    batch = ana.take()
    ana.submit(batch, "crab")
    again = ana.post(f"assignments/{batch['id']}/reopen/").json()
    crab = str(LabelClass.objects.get(name="crab").pk)
    assert again["draft"]["verdicts"] == all_of(batch, crab)
    first, second = (one["id"] for one in batch["items"])
    assert ana.send(batch, {first: "crab", second: "shrimp"}).status_code == 200
    assert [name for name, _ in made()] == ["crab", "shrimp"]
    assert Answer.objects.count() == 4
    assert Answer.objects.filter(replaced_at=None).count() == 2
    assert differences() == []


def test_a_label_that_another_job_rests_on_is_not_taken_back(cast: Cast) -> None:
    dataset = shellfish(wrong=1)
    ana = correction(cast, dataset)
    batch = ana.take()
    ana.submit(batch, "crab")
    started(cast, dataset, source="person:ana")
    ana.post(f"assignments/{batch['id']}/reopen/")
    ana.submit(batch, "shrimp")
    assert [name for name, _ in made()] == ["crab", "shrimp"]
    assert differences() == []


def test_the_same_class_said_in_two_jobs_is_one_label(cast: Cast) -> None:
    dataset = shellfish(wrong=1)
    of = check(cast, dataset)
    for _ in range(2):
        correction(cast, dataset, of).work("crab")
    assert len(made()) == 1
    assert Answer.objects.filter(label__source="person:ana").count() == 2
    assert differences() == []


def test_a_region_goes_with_its_label(cast: Cast) -> None:
    dataset = shellfish(wrong=1)
    box = {"box": [10, 10, 100, 80]}
    Label.objects.filter(label_class__name="lobster").update(region=box)
    ana = correction(cast, dataset)
    batch = ana.take()
    assert batch["items"][0]["close_up"]["outline"]
    ana.submit(batch, "crab")
    assert Label.objects.get(source="person:ana").region == box


def test_the_models_likeliest_come_first_then_what_others_were_corrected_to(cast: Cast) -> None:
    top = [{"label_class": name, "confidence": 0.3} for name in ("Lobster", "shrimp", "crayfish")]
    dataset = shellfish(wrong=2, top=[*top, "broken", {"label_class": 7}])
    ids = {one.name: str(one.pk) for one in LabelClass.objects.all()}
    of = check(cast, dataset)
    ana = correction(cast, dataset, of)
    batch = ana.take()
    assert [one["suggested"] for one in batch["items"]] == [[ids["shrimp"]]] * 2
    ana.submit(batch, "crab")
    later = correction(cast, dataset, of, allow_new_class=True)
    assert later.take()["items"][0]["suggested"] == [ids["shrimp"], "new:crayfish", ids["crab"]]


def test_where_reviewers_differed_the_class_may_be_right_after_all(cast: Cast) -> None:
    dataset = shellfish(wrong=1)
    of = check(cast, dataset, "unsure")
    ana = correction(cast, dataset, of, outcomes=["unsure"])
    lobster = str(LabelClass.objects.get(name="lobster").pk)
    assert ana.take()["items"][0]["suggested"] == [lobster]


def test_a_new_class_is_made_where_the_job_allows_it(cast: Cast) -> None:
    dataset = shellfish(wrong=2)
    of = check(cast, dataset)
    strict = correction(cast, dataset, of)
    batch = strict.take()
    assert refused(strict.send(batch, all_of(batch, "new:Squid")), 400, "new_class_not_allowed")
    # A name that is there is no new class.
    assert strict.send(batch, all_of(batch, "new: CRAB ")).status_code == 200
    correction(cast, dataset, of, allow_new_class=True).work("new:Giant  Squid")
    assert LabelClass.objects.filter(name="Giant Squid").count() == 1
    assert [name for name, _ in made()] == ["Giant Squid"] * 2 + ["crab"] * 2
    assert differences() == []


def test_answers_that_cannot_be_taken_are_refused_whole(cast: Cast) -> None:
    ana = correction(cast, shellfish(wrong=2), allow_unsure=False)
    batch = ana.take()
    first, second = (one["id"] for one in batch["items"])
    cases: list[tuple[dict[str, Any], str]] = [
        ({first: "crab"}, "verdicts_missing"),
        ({first: "crab", second: "whale"}, "unknown_class"),
        ({first: "crab", second: "unsure"}, "unsure_not_allowed"),
        ({first: "crab", second: "new: "}, "invalid"),
        ({first: "crab", second: 7}, "invalid"),
        ({first: "crab", second: {"value": "crab", "looked": True}}, "invalid"),
        ({first: "crab", second: "crab", ana.job_id: "crab"}, "foreign_items"),
    ]
    for verdicts, code in cases:
        errors = refused(ana.send(batch, verdicts), 400, code)
        assert errors
    assert not Answer.objects.exists()
    unreadable = {first: "crab", second: {"value": "unsure", "note": "unreadable"}}
    assert ana.send(batch, unreadable).status_code == 200


def test_a_draft_keeps_choices_and_refuses_what_is_none(cast: Cast) -> None:
    ana = correction(cast, shellfish(wrong=2))
    batch = ana.take()
    first = batch["items"][0]["id"]
    assert ana.draft(batch, {first: "new:Squid"}, 1).status_code == 204
    assert ana.take()["draft"]["verdicts"] == {first: "new:Squid"}
    assert ana.draft(batch, {first: ""}, 2).status_code == 400
    assert ana.draft(batch, {ana.job_id: "crab"}, 2).status_code == 400


def test_a_closed_job_keeps_what_was_sent_as_the_draft(cast: Cast) -> None:
    ana = correction(cast, shellfish(wrong=1))
    batch = ana.take()
    client_of(cast.admin).post(f"/api/v1/jobs/{ana.job_id}/close/")
    refused_ = ana.send(batch, all_of(batch, "crab"))
    assert (refused_.status_code, refused_.json()["code"]) == (409, "job_closed")
    assert Assignment.objects.get(pk=batch["id"]).draft == all_of(batch, "crab")
    assert made() == []


def test_an_erased_picture_gets_no_label_and_a_merged_class_leads_on(cast: Cast) -> None:
    dataset = shellfish(wrong=2)
    ana = correction(cast, dataset)
    batch = ana.take()
    first = Item.objects.get(pk=batch["items"][0]["id"])
    erase_image(person=cast.admin, image=first.image)
    shrimp, crab = make_class(dataset, "shrimp"), make_class(dataset, "crab")
    merge_class(person=cast.admin, label_class=shrimp, into=crab)
    ana.submit(batch, str(shrimp.pk))
    assert [name for name, _ in made()] == ["crab"]
    assert Answer.objects.filter(right_class=crab, label=None).count() == 1
    assert differences() == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [({}, "no_check"), ({"outcomes": ["confirmed"]}, "invalid")],
)
def test_a_job_that_corrects_needs_a_check(cast: Cast, fields: dict[str, Any], code: str) -> None:
    dataset = shellfish()
    body = {"name": "x", "dataset": str(dataset.pk), "kind": "correction", **fields}
    assert refused(client_of(cast.admin).post("/api/v1/jobs/", body, format="json"), 400, code)


def test_a_job_that_judges_nothing_or_is_of_another_dataset_cannot_be_corrected(
    cast: Cast,
) -> None:
    dataset = shellfish()
    of = check(cast, dataset)
    other = make_dataset()
    make_labels(other, ["0.9"])
    nothing = correction(cast, dataset, of).job_id
    draft = client_of(cast.admin).post(
        "/api/v1/jobs/", {"name": "d", "dataset": str(dataset.pk)}, format="json"
    )
    for where, job in [(dataset, nothing), (other, of), (dataset, draft.json()["id"])]:
        body = {"name": "x", "dataset": str(where.pk), "kind": "correction", "from_job": job}
        answer = client_of(cast.admin).post("/api/v1/jobs/preview/", body, format="json")
        refused(answer, 400, "cannot_correct")


def test_a_preview_says_how_many_are_wrong_and_one_person_corrects_each(cast: Cast) -> None:
    dataset = shellfish(wrong=3)
    body = {
        "name": "x",
        "dataset": str(dataset.pk),
        "kind": "correction",
        "from_job": check(cast, dataset),
        "reviewers_per_item": 3,
        "batch_size": 2,
    }
    found = client_of(cast.admin).post("/api/v1/jobs/preview/", body, format="json").json()
    assert (found["items"], found["batches"], found["looks"]) == (3, 2, 3)
    assert [one["label_class"]["name"] for one in found["sample"]] == ["lobster"] * 3


def test_the_page_of_the_job_says_what_became_what(cast: Cast) -> None:
    ana = correction(cast, shellfish(wrong=3), batch_size=2)
    batch = ana.take()
    first, second = (one["id"] for one in batch["items"])
    ana.send(batch, {first: "shrimp", second: "unsure"})
    ana.take()
    page = client_of(cast.analyst).get(f"/api/v1/jobs/{ana.job_id}/correcting/").json()
    assert (page["items"], page["answered"], page["finished"]) == (3, 2, 1)
    assert page["values"] == {"class": 1, "none_of_these": 0, "unsure": 1}
    (pair,) = page["pairs"]
    assert (pair["label_class"]["name"], pair["right_class"]["name"]) == ("lobster", "shrimp")
    (person,) = page["by_person"]
    assert person["values"] == page["values"]
    assert page["held"][0]["label_class"]["name"] == "lobster"
    (row,) = page["by_class"]
    assert (row["items"], row["answered"], row["batches"]) == (3, 2, 2)


def test_every_number_opens_its_pictures(cast: Cast) -> None:
    ana = correction(cast, shellfish(wrong=3), batch_size=2)
    batch = ana.take()
    first, second = (one["id"] for one in batch["items"])
    ana.send(batch, {first: {"value": "shrimp", "note": "no claws"}, second: "unsure"})
    reader = client_of(cast.analyst)

    def asked(**query: str) -> list[dict[str, Any]]:
        found = reader.get("/api/v1/corrections/", {"job": ana.job_id, **query})
        assert found.status_code == 200, found.json()
        rows: list[dict[str, Any]] = found.json()["results"]
        return rows

    assert len(asked()) == len(asked(label_class="lobster")) == 3
    assert [one["id"] for one in asked(value="unsure")] == [second]
    assert [one["person"] for one in asked(value="pending")] == [None]
    (row,) = asked(right_class="shrimp")
    assert (row["id"], row["note"], row["person"]["name"]) == (first, "no claws", "ana")
    assert row["right_label"] == str(Label.objects.get(source="person:ana").pk)
    assert asked(value="none_of_these") == []


def test_a_check_has_no_corrections_page(cast: Cast) -> None:
    of = check(cast, shellfish())
    assert client_of(cast.admin).get(f"/api/v1/jobs/{of}/correcting/").status_code == 404


def test_only_whoever_holds_the_batch_sees_its_pictures(cast: Cast) -> None:
    ana = correction(cast, shellfish(wrong=1), check_team(cast))
    address = ana.take()["items"][0]["thumb_url"]
    assert client_of(cast.ana).get(address).status_code == 200
    assert client_of(cast.ben).get(address).status_code in {403, 404}


def check_team(cast: Cast) -> str:
    return check(cast, Dataset.objects.get(name="shellfish"))


def test_a_job_that_goes_leaves_its_labels(cast: Cast) -> None:
    ana = correction(cast, shellfish(wrong=1))
    ana.work("crab")
    remove_job(Job.objects.get(pk=ana.job_id).pk)
    assert len(made()) == 1
    assert not Item.objects.exists()
    assert not Batch.objects.filter(job=ana.job_id).exists()


def test_a_sent_batch_is_on_ones_home(cast: Cast) -> None:
    ana = correction(cast, shellfish(wrong=1))
    ana.work("crab")
    home = client_of(cast.ana).get("/api/v1/me/work/").json()
    assert [one["kind"] for one in home["jobs"]].count("correction") == 1
    assert Reviewer(client_of(cast.ben), ana.job_id).claim()["reason"] == "finished"


def test_whoever_learns_from_people_hears_of_the_right_classes(cast: Cast) -> None:
    dataset = shellfish(wrong=2)
    ana = correction(cast, dataset)
    batch = ana.take()
    first, second = (one["id"] for one in batch["items"])
    ana.send(batch, {first: "shrimp", second: "unsure"})
    told = [one for one in judged(dataset) if one.how == How.CORRECTED]
    item, shrimp = Item.objects.get(pk=first), make_class(dataset, "shrimp")
    assert (item.image_id, shrimp.pk, How.CORRECTED) in told
    assert item.label.image_id in {one.image for one in told}
    assert Item.objects.get(pk=second).image_id not in {one.image for one in told}
