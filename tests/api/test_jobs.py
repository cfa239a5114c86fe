"""Making, previewing, starting, pausing, closing, deleting a job."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Label
from qa.jobs.models import Batch, Job, JobStart, Population
from qa.jobs.services import run_start
from qa.verification.models import Item, Tally
from qa.verification.verify import differences
from tests.api.reviewing import Reviewer
from tests.builders import make_class, make_dataset, make_labels, make_running_job
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset(db: None) -> Dataset:
    """60 crabs from 0.700 to 0.995, 10 lobsters at 0.9, 3 crabs without a confidence."""
    dataset = make_dataset("shellfish")
    make_labels(dataset, [f"0.{number}" for number in range(700, 1000, 5)], label_class="Crab")
    make_labels(dataset, ["0.9"] * 10, label_class="Lobster", source="other.csv")
    make_labels(dataset, [None] * 3, label_class="Crab")
    return dataset


def made(admin: APIClient, dataset: Dataset, **fields: Any) -> Any:
    body = {"name": "check", "dataset": str(dataset.pk), **fields}
    return admin.post("/api/v1/jobs/", body, format="json")


def test_it_forecasts_makes_and_starts(cast: Cast, dataset: Dataset) -> None:
    admin = client_of(cast.admin)
    body = {"dataset": str(dataset.pk), "min_confidence": 0.8, "reviewers_per_item": 2}
    preview = admin.post("/api/v1/jobs/preview/", body, format="json").json()
    assert (preview["items"], preview["batches"], preview["looks"]) == (50, 3, 100)
    assert [
        (one["label_class"]["name"], one["items"], one["batches"]) for one in preview["by_class"]
    ] == [
        ("Crab", 40, 2),
        ("Lobster", 10, 1),
    ]
    assert preview["sample"]
    assert Job.objects.count() == 0

    answer = made(admin, dataset, min_confidence=0.8, reviewers_per_item=2)
    assert answer.status_code == 201
    job = answer.json()
    assert (job["state"], job["items"], job["batches"]) == ("draft", 50, 3)
    assert job["by_class"] == preview["by_class"]
    started = admin.post(f"/api/v1/jobs/{job['id']}/start/", {}, format="json")
    assert started.status_code == 200, started.json()
    assert (started.json()["state"], started.json()["items"]) == ("running", 50)
    assert Item.objects.count() == 50
    assert differences() == []


@pytest.mark.parametrize(
    ("limits", "count"),
    [
        ({}, 73),
        ({"min_confidence": 0.9}, 30),
        ({"max_confidence": 0.9}, 40),
        ({"max_confidence": 1}, 70),
        ({"min_confidence": 0.9, "max_confidence": 1}, 30),
        ({"min_confidence": 0.9003}, 19),
        ({"min_confidence": 0.9, "max_confidence": 0.9003}, 11),
        ({"source": "other.csv"}, 10),
        ({"label_classes": ["Lobster"]}, 10),
        ({"cap_per_class": 7}, 14),
    ],
)
def test_the_forecast_and_the_frozen_selection_agree(
    cast: Cast, dataset: Dataset, limits: dict[str, Any], count: int
) -> None:
    admin = client_of(cast.admin)
    job = made(admin, dataset, **limits).json()
    assert job["items"] == count
    admin.post(f"/api/v1/jobs/{job['id']}/start/", {"force": True}, format="json")
    assert Item.objects.filter(job=job["id"]).count() == count


def test_the_population_is_counted_before_the_cap(cast: Cast, dataset: Dataset) -> None:
    admin = client_of(cast.admin)
    job = made(admin, dataset, cap_per_class=7, min_confidence=0.8).json()
    admin.post(f"/api/v1/jobs/{job['id']}/start/", {}, format="json")
    assert sum(Population.objects.values_list("count", flat=True)) == 50
    assert Item.objects.count() == 14


def test_the_random_order_can_be_rebuilt_from_the_seed(cast: Cast, dataset: Dataset) -> None:
    from hashlib import sha256

    admin = client_of(cast.admin)
    job = made(admin, dataset, seed="7", label_classes=["Crab"]).json()
    admin.post(f"/api/v1/jobs/{job['id']}/start/", {}, format="json")
    labels = Label.objects.filter(label_class__name="Crab").values_list("pk", flat=True)
    expected = sorted(map(str, labels), key=lambda one: sha256(f"7|{one}".encode()).hexdigest())
    ranked = Item.objects.order_by("rank").values_list("label", "rank")
    assert [(str(label), rank) for label, rank in ranked] == [
        (label, place) for place, label in enumerate(expected, 1)
    ]


def test_the_order_by_confidence_deals_the_highest_first_and_has_no_plan(
    cast: Cast, dataset: Dataset
) -> None:
    admin = client_of(cast.admin)
    job = made(admin, dataset, order="confidence", label_classes=["Crab"]).json()
    assert job["plan"] == {}
    admin.post(f"/api/v1/jobs/{job['id']}/start/", {}, format="json")
    ranked = list(Item.objects.order_by("rank").values_list("confidence", flat=True))
    assert ranked[0] == 0.995
    assert ranked[-3:] == [None] * 3


def test_a_batch_holds_one_class_and_25_items_at_most(cast: Cast) -> None:
    dataset = make_dataset()
    for name, count in (("Crab", 30), ("Shrimp", 2)):
        make_labels(dataset, ["0.9"] * count, label_class=name)
    job = make_running_job(0, dataset=dataset)
    sizes = Batch.objects.filter(job=job).order_by("number").values_list("items", flat=True)
    assert list(sizes) == [25, 5, 2]
    for batch in Batch.objects.all():
        classes = Item.objects.filter(batch=batch).values("label_class").distinct()
        assert classes.count() == 1
        assert Item.objects.filter(batch=batch).count() == batch.items


def test_a_large_job_is_frozen_by_a_worker(
    cast: Cast, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.jobs.services.FREEZE_AT_ONCE", 10)
    admin = client_of(cast.admin)
    job = made(admin, dataset).json()
    answer = admin.post(f"/api/v1/jobs/{job['id']}/start/", {}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (202, "starting")
    assert answer.json()["starting"]["total"] == 73
    assert Reviewer(client_of(cast.ana), job["id"]).claim()["reason"] == "starting"
    run_start(JobStart.objects.get().pk)
    run_start(JobStart.objects.get().pk)
    assert admin.get(f"/api/v1/jobs/{job['id']}/").json()["state"] == "running"
    assert Item.objects.count() == 73
    assert differences() == []


def test_a_freeze_that_was_cut_short_goes_on_where_it_was(
    cast: Cast, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.jobs.services.FREEZE_AT_ONCE", 10)
    from qa.jobs.kinds import kind_of

    admin = client_of(cast.admin)
    job = made(admin, dataset).json()
    admin.post(f"/api/v1/jobs/{job['id']}/start/", {}, format="json")

    class Killed(Exception):
        pass

    def killed_after_the_first_class(done: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        kind_of(Job.objects.get()).freeze(Job.objects.get(), killed_after_the_first_class)
    assert Item.objects.count() == 63
    run_start(JobStart.objects.get().pk)
    assert (Item.objects.count(), Job.objects.get().batches) == (73, 4)
    assert differences() == []


def test_a_job_without_labels_does_not_start(cast: Cast, dataset: Dataset) -> None:
    admin = client_of(cast.admin)
    make_class(dataset, "Shrimp")
    job = made(admin, dataset, label_classes=["Shrimp"]).json()
    refused = admin.post(f"/api/v1/jobs/{job['id']}/start/", {}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "no_items")


def test_too_few_reviewers_are_said_before_the_start(cast: Cast, dataset: Dataset) -> None:
    admin = client_of(cast.admin)
    job = made(admin, dataset, reviewers_per_item=2, team=str(cast.red.pk)).json()
    refused = admin.post(f"/api/v1/jobs/{job['id']}/start/", {}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "too_few_reviewers")
    forced = admin.post(f"/api/v1/jobs/{job['id']}/start/", {"force": True}, format="json")
    assert forced.status_code == 200


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"batch_size": 101}, "batch_size"),
        ({"reviewers_per_item": 10}, "reviewers_per_item"),
        ({"min_confidence": 1.5}, "min_confidence"),
        ({"min_confidence": 0.9, "max_confidence": 0.8}, "max_confidence"),
        ({"label_classes": ["Whale"]}, "Whale"),
        ({"kind": "poetry"}, "kind"),
        ({"instructions": "x" * 20_001}, "instructions"),
        ({"plan": {"error_ratio": "0:10"}}, "plan"),
        ({"plan": {"grid": [0.8, 0.9]}}, "plan"),
        ({"certify": True}, "certify"),
        ({"name": ""}, "name"),
    ],
)
def test_a_wrong_value_is_named(
    cast: Cast, dataset: Dataset, fields: dict[str, Any], named: str
) -> None:
    refused = made(client_of(cast.admin), dataset, **fields)
    assert refused.status_code in {400, 404}, refused.json()
    assert named in str(refused.json())
    assert Job.objects.count() == 0


def test_two_jobs_of_a_dataset_may_have_one_name(cast: Cast, dataset: Dataset) -> None:
    admin = client_of(cast.admin)
    answers = [made(admin, dataset, name="again") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len({answer.json()["id"] for answer in answers}) == 2


def test_what_is_frozen_stays_and_the_rest_may_change(cast: Cast) -> None:
    admin = client_of(cast.admin)
    job = make_running_job(5)
    refused = admin.patch(f"/api/v1/jobs/{job.pk}/", {"batch_size": 10}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    change = {"name": "renamed", "instructions": "**Ripe** only", "team": str(cast.red.pk)}
    changed = admin.patch(f"/api/v1/jobs/{job.pk}/", change, format="json").json()
    assert (changed["name"], changed["team_name"]) == ("renamed", "red")
    assert changed["team"] == str(cast.red.pk)
    assert changed["instructions_html"] == "<p><strong>Ripe</strong> only</p>\n"


def test_a_state_can_be_left_only_by_its_own_doors(cast: Cast) -> None:
    admin = client_of(cast.admin)
    job = make_running_job(5)

    def go(door: str) -> tuple[int, str]:
        answer = admin.post(f"/api/v1/jobs/{job.pk}/{door}/", {}, format="json")
        return answer.status_code, answer.json().get("state") or answer.json()["code"]

    assert go("start") == (409, "wrong_state")
    assert go("reopen") == (409, "wrong_state")
    assert go("pause") == (200, "paused")
    assert go("start") == (200, "running")
    assert go("close") == (200, "closed")
    assert go("pause") == (409, "wrong_state")
    assert go("reopen") == (200, "running")


def test_jobs_are_listed_by_their_kind(cast: Cast) -> None:
    job = make_running_job(1)
    analyst = client_of(cast.analyst)
    for kind, found in [("verification", [str(job.pk)]), ("segmentation", [])]:
        listed = analyst.get(f"/api/v1/jobs/?kind={kind}").json()["results"]
        assert [one["id"] for one in listed] == found


def test_a_labeler_sees_started_jobs_of_their_own_teams(cast: Cast) -> None:
    dataset = make_dataset()
    red = make_running_job(3, team=cast.red, dataset=dataset, name="red job")
    make_running_job(3, team=cast.blue, dataset=dataset, name="blue job")
    make_running_job(3, dataset=dataset, name="open job")
    client_of(cast.admin).post(
        "/api/v1/jobs/", {"name": "draft", "dataset": str(dataset.pk)}, format="json"
    )

    def seen(person: Any) -> set[str]:
        return {one["name"] for one in client_of(person).get("/api/v1/jobs/").json()["results"]}

    assert seen(cast.ana) == {"red job", "open job"}
    assert seen(cast.ben) == {"blue job", "open job"}
    assert seen(cast.analyst) == {"red job", "blue job", "open job", "draft"}
    ben = client_of(cast.ben)
    assert ben.get(f"/api/v1/jobs/{red.pk}/").status_code == 404
    assert ben.post(f"/api/v1/jobs/{red.pk}/claim/", {}, format="json").status_code == 404


def test_deleting_asks_for_the_name_and_for_the_job_to_be_closed(cast: Cast) -> None:
    admin = client_of(cast.admin)
    job = make_running_job(5)
    address = f"/api/v1/jobs/{job.pk}/"
    assert admin.delete(address, {"name": job.name}, format="json").json()["code"] == "job_running"
    admin.post(f"{address}close/", {}, format="json")
    assert admin.delete(address, {"name": "x"}, format="json").json()["code"] == "name_differs"
    assert admin.delete(address, {"name": job.name}, format="json").status_code == 204
    assert admin.get(address).status_code == 404
    assert Item.objects.count() == 5


def test_the_bin_is_emptied_after_30_days_with_everything_that_hangs_on_the_job(cast: Cast) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from qa.jobs.removal import empty_bin

    job = make_running_job(5)
    Reviewer(client_of(cast.ana), job.pk).work()
    Job.objects.update(deleted_at=timezone.now() - timedelta(days=29))
    assert empty_bin() == 0
    Job.objects.update(deleted_at=timezone.now() - timedelta(days=31))
    assert empty_bin() == 1
    assert not Item.objects.exists()
    assert not Tally.objects.exists()
    assert not Batch.objects.exists()
    assert Label.objects.count() == 5


def test_the_progress_page_shows_classes_reviewers_and_holders(cast: Cast) -> None:
    job = make_running_job(60, reviewers_per_item=2)
    ana, ben = Reviewer(client_of(cast.ana), job.pk), Reviewer(client_of(cast.ben), job.pk)
    ana.work(lambda item: "disconfirm" if item["position"] < 2 else "confirm")
    first = ben.take()
    ben.submit(first, lambda item: "disconfirm" if item["position"] < 1 else "confirm")
    ben.take()
    page = client_of(cast.admin).get(f"/api/v1/jobs/{job.pk}/progress/").json()
    assert page["outcomes"] == {
        "pending": 35,
        "confirmed": 23,
        "disconfirmed": 1,
        "split": 1,
        "unsure": 0,
    }
    assert [
        (one["items"], one["batches"], one["finished"], one["held"]) for one in page["by_class"]
    ] == [(60, 3, 1, 1)]
    assert [
        (one["person"]["name"], one["judged"], one["disconfirmed"]) for one in page["by_reviewer"]
    ] == [
        ("ana", 60, 6),
        ("ben", 25, 1),
    ]
    assert [one["person"]["name"] for one in page["held"]] == ["ben"]
    assert page["agreement"]["items"] == 25
    assert page["agreement"]["raw"]["value"] == pytest.approx(24 / 25)


def test_agreement_without_two_opinions_says_why_it_has_no_value(cast: Cast) -> None:
    job = make_running_job(5)
    page = client_of(cast.analyst).get(f"/api/v1/jobs/{job.pk}/progress/").json()
    assert page["agreement"]["krippendorff_alpha"] == {"value": None, "reason": "no_pairs"}


def test_items_can_be_asked_for_by_outcome_class_and_confidence(cast: Cast) -> None:
    dataset = make_dataset()
    make_labels(dataset, ["0.85", "0.9", "0.95"], label_class="Crab")
    make_labels(dataset, ["0.9"], label_class="Lobster")
    job = make_running_job(0, dataset=dataset)
    Reviewer(client_of(cast.ana), job.pk).work()
    analyst = client_of(cast.analyst)

    def count(query: str) -> int:
        return len(analyst.get(f"/api/v1/items/?job={job.pk}&{query}").json()["results"])

    assert count("") == 4
    assert count("outcome=confirmed") == 4
    assert count("outcome=split&outcome=unsure") == 0
    assert count("label_class=Crab&min_confidence=0.9") == 2
    assert count("min_confidence=0.85&max_confidence=0.9") == 1
    assert analyst.get("/api/v1/items/").status_code == 400
    assert analyst.get(f"/api/v1/items/?job={job.pk}&outcome=fine").status_code == 400


def test_reference_pictures_are_shown_to_those_who_work_on_the_job(cast: Cast) -> None:
    dataset = make_dataset()
    label = make_labels(dataset, ["0.9"], label_class="Crab")[0]
    example = {"image": str(label.image_id), "right": True, "caption": "five pairs of legs"}
    admin = client_of(cast.admin)
    job = made(admin, dataset, examples=[example], team=str(cast.red.pk)).json()
    admin.post(f"/api/v1/jobs/{job['id']}/start/", {}, format="json")
    claim = Reviewer(client_of(cast.ana), job["id"]).claim()
    shown = claim["job"]["examples"][0]
    assert (shown["right"], shown["caption"]) == (True, "five pairs of legs")
    assert client_of(cast.ana).get(shown["url"]).status_code == 200
    assert client_of(cast.ben).get(shown["url"]).status_code in {403, 404}


def test_a_tile_is_shown_to_its_holder_only(cast: Cast) -> None:
    job = make_running_job(3)
    tile = Reviewer(client_of(cast.ana), job.pk).take()["items"][0]
    assert client_of(cast.ana).get(tile["thumb_url"]).status_code == 200
    assert client_of(cast.ben).get(tile["thumb_url"]).status_code in {403, 404}
    assert client_of(None).get(tile["thumb_url"]).status_code in {401, 403}


def test_a_class_is_an_id_and_a_name_in_every_answer_and_a_team_an_id(
    cast: Cast, dataset: Dataset
) -> None:
    admin = client_of(cast.admin)
    job = made(admin, dataset, label_classes=["Crab"], team=str(cast.red.pk)).json()
    crab = {"id": str(make_class(dataset, "Crab").pk), "name": "Crab"}
    assert job["label_classes"] == [crab]
    assert (job["team"], job["team_name"]) == (str(cast.red.pk), "red")
    path = f"/api/v1/jobs/{job['id']}/"
    admin.post(f"{path}start/", {"force": True}, format="json")
    admin.patch(f"/api/v1/classes/{crab['id']}/", {"name": "Krabbe"}, format="json")
    assert admin.get(path).json()["label_classes"] == [crab], "as it was frozen"
    assert made(admin, dataset, name="all").json()["label_classes"] == []
