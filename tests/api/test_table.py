"""The table of a job and its thresholds, through the API."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labelapp.catalog.models import Dataset
from qa.analysis.table import OUTCOMES
from qa.jobs.models import Job
from qa.verification.models import Item, Tally
from qa.verification.places import placed_items, placed_tallies
from qa.verification.verify import differences
from tests.api.reviewing import Reviewer
from tests.builders import make_dataset, make_job, make_labels, make_running_job
from tests.cast import Cast, client_of
from tests.unit.analysis import published

pytestmark = pytest.mark.django_db

EDGES = (0.8, 0.85, 0.9, 0.95, 1.0)
COUNTS = ("total", "decided", "incorrect", "unsure", "pending", "percent_correct", "interval")


def shellfish_dataset() -> Dataset:
    """Labels that fill every bucket of the smaller published table, edges included, and some below."""
    dataset = make_dataset("shellfish")
    for name, (totals, *_) in published.SHELLFISH.items():
        for (low, high), total in zip(pairwise(EDGES), totals, strict=True):
            step = (high - low) / max(total, 1)
            make_labels(dataset, [f"{low + step * k:.4f}" for k in range(total)], label_class=name)
        make_labels(dataset, ["0.7999", "0.10"], label_class=name)
    return dataset


def planned_verdicts(job: Job) -> dict[str, tuple[str, str]]:
    """What two reviewers must say of each item, so that the published counts come out."""
    plan = {}
    for name, (totals, incorrect, _, row) in published.SHELLFISH.items():
        splits = row[3]
        items = Item.objects.filter(job=job, label_class__name=name).order_by("confidence", "pk")
        left = list(items.values_list("pk", flat=True))
        for total, wrong in zip(totals, incorrect, strict=True):
            here, left = left[:total], left[total:]
            for place, pk in enumerate(here):
                if place >= wrong:
                    plan[str(pk)] = ("confirm", "confirm")
                elif splits:
                    splits -= 1
                    plan[str(pk)] = ("confirm", "disconfirm")
                else:
                    plan[str(pk)] = ("disconfirm", "disconfirm")
    return plan


def said_by(plan: dict[str, tuple[str, str]], place: int) -> Callable[[dict[str, Any]], str]:
    return lambda item: plan[item["id"]][place]


def table(job: Job, cast: Cast, query: str = "") -> dict[str, Any]:
    answer = client_of(cast.analyst).get(f"/api/v1/jobs/{job.pk}/table/{query}")
    assert answer.status_code == 200, answer.json()
    found: dict[str, Any] = answer.json()
    return found


def thresholds(job: Job, cast: Cast, query: str = "") -> dict[str, dict[str, Any]]:
    answer = client_of(cast.analyst).get(f"/api/v1/jobs/{job.pk}/thresholds/{query}")
    assert answer.status_code == 200, answer.json()
    return {each["label_class"]["name"]: each for each in answer.json()["classes"]}


def reviewed_shellfish(cast: Cast) -> Job:
    """Both reviewers have judged all 245 items, through the API."""
    job = make_running_job(0, dataset=shellfish_dataset(), min_confidence=0.8, reviewers_per_item=2)
    plan = planned_verdicts(job)
    assert len(plan) == 245
    batches = 0
    for place, person in enumerate((cast.ana, cast.ben)):
        reviewer = Reviewer(client_of(person), job.pk)
        batches += len(reviewer.work(said_by(plan, place)))
    assert batches == 26
    return job


def test_verdicts_given_through_the_api_give_the_published_shellfish_table(cast: Cast) -> None:
    job = reviewed_shellfish(cast)
    found = table(job, cast)
    assert found["edges"] == list(EDGES)
    assert {each["label_class"]["name"] for each in found["classes"]} == set(published.SHELLFISH)
    for each in found["classes"]:
        totals, incorrect, percents, row = published.SHELLFISH[each["label_class"]["name"]]
        names = ("total", "confirmed", "disconfirmed", "split", "percent_correct")
        assert tuple(each[name] for name in names) == row
        assert tuple(bucket["total"] for bucket in each["buckets"]) == totals
        assert tuple(bucket["incorrect"] for bucket in each["buckets"]) == incorrect
        assert tuple(bucket["percent_correct"] or 0 for bucket in each["buckets"]) == percents
    names = ("total", "confirmed", "disconfirmed", "split", "percent_correct")
    assert tuple(found["totals"][name] for name in names) == published.SHELLFISH_ALL
    columns = tuple(
        tuple(bucket[name] for bucket in found["totals"]["buckets"])
        for name in ("total", "incorrect", "percent_correct")
    )
    assert columns == published.SHELLFISH_TOTALS
    assert average(found) == published.SHELLFISH_AVERAGE_WITHOUT_EMPTY
    assert average(table(job, cast, "?published=1")) == published.SHELLFISH_AVERAGE
    assert found["outside"] == 0
    assert differences() == []

    walks = thresholds(job, cast)
    for name, (threshold, reason, _) in published.WALKS["shellfish"].items():
        assert (walks[name]["threshold"], walks[name]["reason"]) == (threshold, reason)
    assert {name: each["kept"] for name, each in walks.items()} == {
        "Crab": 45,
        "Crawdad": 0,
        "Lobster": 28,
        "Scorpion": 63,
        "Shrimp": 0,
    }


def average(found: dict[str, Any]) -> tuple[float, tuple[float, ...]]:
    mean = found["class_average"]
    return mean["percent_correct"], tuple(each["percent_correct"] for each in mean["buckets"])


def test_a_table_without_verdicts_has_no_percentages(cast: Cast) -> None:
    job = make_running_job(40)
    (row,) = table(job, cast, "?edges=0,0.5,1")["classes"]
    assert (row["total"], row["pending"], row["decided"]) == (40, 40, 0)
    assert row["percent_correct"] is None
    assert row["interval"] is None
    assert row["buckets"][1]["total"] == 0
    assert table(job, cast)["class_average"]["percent_correct"] is None
    (walk,) = thresholds(job, cast, "?edges=0,0.5,1").values()
    assert (walk["threshold"], walk["reason"], walk["kept"]) == (None, "unreviewed", 0)
    (nothing,) = thresholds(job, cast).values()
    assert nothing["reason"] == "no_data"


def test_what_has_no_confidence_or_lies_beyond_the_edges_is_counted_outside(cast: Cast) -> None:
    dataset = make_dataset()
    make_labels(dataset, [None, None, "0.79999", "0.8", "0.95", "1"])
    job = make_running_job(0, dataset=dataset)
    found = table(job, cast, "?edges=0.8,0.95")
    assert found["outside"] == 5
    assert found["totals"]["total"] == 1
    assert table(job, cast, "?edges=0.8,1")["outside"] == 3


def items(job: Job, cast: Cast, **query: Any) -> list[dict[str, Any]]:
    answer = client_of(cast.analyst).get("/api/v1/items/", {"job": str(job.pk), **query})
    assert answer.status_code == 200, answer.json()
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


@pytest.mark.parametrize("edges", [(0.8, 0.95), (0.8, 0.85, 1), (0.80005, 0.95, 1)])
def test_the_pictures_behind_a_number_are_as_many_as_the_number_says(
    cast: Cast, edges: tuple[float, ...]
) -> None:
    dataset = make_dataset()
    make_labels(dataset, [None, "0.79999", "0.8", "0.8001", "0.85", "0.95", "1"])
    make_labels(dataset, [None, "0.9"], label_class="shrimp")
    job = make_running_job(0, dataset=dataset)
    found = table(job, cast, f"?edges={','.join(map(str, edges))}")
    for row in found["classes"]:
        label_class = row["label_class"]["id"]
        for bucket in row["buckets"]:
            low, high = bucket["low"], bucket["high"]
            behind = items(
                job, cast, label_class=label_class, min_confidence=low, max_confidence=high
            )
            assert len(behind) == bucket["total"]
        limits = {"min_confidence": edges[0], "max_confidence": edges[-1]}
        assert len(items(job, cast, label_class=label_class, **limits)) == row["total"]
        outside = items(job, cast, label_class=label_class, outside=1, **limits)
        assert len(outside) == row["outside"]
    assert len(items(job, cast, outside=1, **limits)) == found["outside"]


def test_the_shape_of_all_confidences_comes_without_the_classes(cast: Cast) -> None:
    dataset = make_dataset()
    make_labels(dataset, [None, "0.3", "0.9"], label_class="crab")
    make_labels(dataset, ["0.3", "1"], label_class="shrimp")
    job = make_running_job(0, dataset=dataset)
    Reviewer(client_of(cast.ana), job.pk).work()
    for edges in ("0.2,0.5,1", "0.20005,0.5,1"):
        whole, totals = (table(job, cast, f"?edges={edges}&totals_only={n}") for n in (0, 1))
        assert totals["totals"] == whole["totals"]
        assert totals["outside"] == whole["outside"] == 1
        assert [each["total"] for each in totals["totals"]["buckets"]] == [2, 2]
        assert totals["classes"] == []
        assert totals["class_average"]["percent_correct"] is None


def test_kept_counts_everything_from_the_threshold_up_judged_or_not(cast: Cast) -> None:
    dataset = make_dataset()
    make_labels(dataset, ["0.5", "0.85", "0.86", "0.99", None])
    job = make_running_job(0, dataset=dataset)
    Reviewer(client_of(cast.ana), job.pk).work()
    (walk,) = thresholds(job, cast, "?edges=0.8,0.9").values()
    assert (walk["threshold"], walk["kept"]) == (0.8, 3)


def test_an_empty_bucket_passed_over_is_named(cast: Cast) -> None:
    dataset = make_dataset()
    make_labels(dataset, ["0.81", "0.96"])
    job = make_running_job(0, dataset=dataset)
    Reviewer(client_of(cast.ana), job.pk).work()
    (walk,) = thresholds(job, cast).values()
    assert walk["empty_passed"] == [[0.9, 0.95], [0.85, 0.9]]
    assert (walk["threshold"], walk["reason"]) == (0.8, "all_pass")


def test_strict_may_be_switched_off_and_the_ratio_chosen(cast: Cast) -> None:
    dataset = make_dataset()
    make_labels(dataset, ["0.99"] * 11)
    job = make_running_job(0, dataset=dataset)
    reviewer = Reviewer(client_of(cast.ana), job.pk)
    bad = iter(["disconfirm"])
    reviewer.work(lambda _: next(bad, "confirm"))
    assert thresholds(job, cast)["crab"]["threshold"] is None
    assert thresholds(job, cast, "?strict=0")["crab"]["threshold"] == 0.8
    assert thresholds(job, cast, "?error_ratio=1:9")["crab"]["threshold"] == 0.8


@pytest.mark.parametrize(
    ("path", "code", "field"),
    [
        ("table/?edges=0.9,0.8", "bad_edges", "edges"),
        ("table/?edges=0.9", "bad_edges", "edges"),
        ("table/?edges=80,100", "bad_edges", "edges"),
        ("table/?published=perhaps", "invalid", "published"),
        ("thresholds/?edges=x,1", "bad_edges", "edges"),
        ("thresholds/?method=certified", "unknown_method", "method"),
        ("thresholds/?method=certified_fixed", "unknown_method", "method"),
        ("thresholds/?method=guess", "unknown_method", "method"),
        ("thresholds/?error_ratio=10%25", "bad_error_ratio", "error_ratio"),
        ("thresholds/?error_ratio=0:10", "bad_error_ratio", "error_ratio"),
    ],
)
def test_it_refuses_what_it_cannot_read_by_name(
    cast: Cast, path: str, code: str, field: str
) -> None:
    job = make_running_job(1)
    answer = client_of(cast.analyst).get(f"/api/v1/jobs/{job.pk}/{path}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert field in answer.json()["errors"]


@pytest.mark.parametrize("path", ["table", "thresholds"])
def test_only_admin_and_analyst_may_read_and_before_the_query_is_looked_at(
    cast: Cast, path: str
) -> None:
    job = make_running_job(1)
    address = f"/api/v1/jobs/{job.pk}/{path}/?edges=nonsense"
    assert client_of(None).get(address).status_code == 401
    assert client_of(cast.ana).get(address).status_code == 403
    assert client_of(cast.admin).get(address).status_code == 400
    gone = f"/api/v1/jobs/{UUID(int=7)}/{path}/?edges=nonsense"
    assert client_of(cast.analyst).get(gone).status_code == 404


def test_a_draft_job_has_an_empty_table(cast: Cast) -> None:
    dataset = make_dataset()
    make_labels(dataset, ["0.9"])
    found = table(make_job(dataset), cast)
    assert found["classes"] == []
    assert found["totals"]["total"] == 0


def test_edges_on_the_grid_are_answered_without_reading_an_item(cast: Cast) -> None:
    job = make_running_job(30)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        table(job, cast, "?edges=0,0.001,0.5,1")
    assert not any("verification_item" in each["sql"] for each in queries)
    with CaptureQueriesContext(connection) as queries:
        table(job, cast, "?edges=0,0.0005,1")
    assert any("verification_item" in each["sql"] for each in queries)


GRID = st.sets(st.integers(0, 1000), min_size=2, max_size=8).map(sorted)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(edges=GRID, data=st.data())
def test_tallies_and_items_give_the_same_table(edges: list[int], data: st.DataObject) -> None:
    Tally.objects.all().delete()
    Item.objects.all().delete()
    texts = st.one_of(
        st.none(),
        st.integers(0, 1000).map(lambda thousandth: f"{thousandth / 1000:.3f}"),
        st.decimals(0, 1, places=8, allow_nan=False).map(str),
    )
    dataset = make_dataset()
    make_labels(dataset, data.draw(st.lists(texts, min_size=1, max_size=30)))
    job = make_running_job(0, dataset=dataset)
    for item in Item.objects.filter(job=job):
        outcome = data.draw(st.sampled_from(OUTCOMES))
        Item.objects.filter(pk=item.pk).update(outcome=outcome)
        here = Tally.objects.filter(job=job, label_class=item.label_class, bin=item.bin)
        pending, now = here.get(outcome="pending"), here.get(outcome=outcome)
        if pending.pk != now.pk:
            Tally.objects.filter(pk=pending.pk).update(count=pending.count - 1)
            Tally.objects.filter(pk=now.pk).update(count=now.count + 1)
    by_tallies = sorted(placed_tallies(job, edges), key=str)
    by_items = sorted(placed_items(job, [edge / 1000 for edge in edges]), key=str)
    assert by_tallies == by_items
