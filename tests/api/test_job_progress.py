"""The page of a job: what an admin watches while people work, exact for small jobs, bounded for all."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qa.jobs import watching
from qa.jobs.models import Assignment, Job
from qa.verification import progress
from tests.api.reviewing import Reviewer
from tests.builders import make_dataset, make_labels, make_running_job
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def page_of(cast: Cast, job: Job) -> Any:
    answer = client_of(cast.admin).get(f"/api/v1/jobs/{job.pk}/progress/")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_bar_fills_with_the_opinions_of_its_batch_and_says_who_holds_it(cast: Cast) -> None:
    job = make_running_job(60, reviewers_per_item=2)
    ana, ben = Reviewer(client_of(cast.ana), job.pk), Reviewer(client_of(cast.ben), job.pk)
    ana.submit(ana.take())
    ben.submit(ben.take())
    ana.submit(ana.take())
    ben.take()
    (row,) = page_of(cast, job)["by_class"]
    assert row["bars"] == {"opinions": [2, 1, 0], "held": [1]}
    assert (row["opinions"], row["finished"], row["held"]) == (3, 1, 1)


def test_a_batch_with_a_free_place_that_somebody_holds_is_not_finished(cast: Cast) -> None:
    job = make_running_job(5, reviewers_per_item=1)
    Reviewer(client_of(cast.ana), job.pk).take()
    (row,) = page_of(cast, job)["by_class"]
    assert (row["finished"], row["bars"]) == (0, {"opinions": [0], "held": [0]})


def test_a_class_of_very_many_batches_has_its_sum_and_no_bars(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MOST_BARS", 2)
    dataset = make_dataset()
    make_labels(dataset, ["0.9"] * 3, label_class="crab")
    make_labels(dataset, ["0.9"] * 2, label_class="lobster")
    job = make_running_job(0, dataset=dataset, batch_size=1)
    Reviewer(client_of(cast.ana), job.pk).work()
    crab, lobster = page_of(cast, job)["by_class"]
    assert (crab["opinions"], crab["bars"]) == (3, None)
    assert lobster["bars"] == {"opinions": [1, 1], "held": []}


def test_of_very_many_classes_those_in_work_are_listed_and_all_are_counted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "MOST_CLASSES", 2)
    dataset = make_dataset()
    for name in ("ant", "bee", "cat", "dog"):
        make_labels(dataset, ["0.9", "0.8"], label_class=name)
    job = make_running_job(0, dataset=dataset, batch_size=2)
    ana = Reviewer(client_of(cast.ana), job.pk)
    ana.submit(ana.take())
    page = page_of(cast, job)
    assert [one["label_class"]["name"] for one in page["by_class"]] == ["bee", "cat"]
    assert (page["classes"], page["finished"], page["judged"]) == (4, 1, 2)
    assert page["outcomes"]["confirmed"] == 2


def test_the_time_for_a_batch_has_quartiles_and_a_histogram(cast: Cast) -> None:
    job = make_running_job(20, batch_size=4)
    Reviewer(client_of(cast.ana), job.pk).work()
    times = [2_000, 31_000, 39_000, 45_000, 400_000]
    for assignment, ms in zip(Assignment.objects.filter(job=job), times, strict=True):
        Assignment.objects.filter(pk=assignment.pk).update(active_ms=ms)
    found = page_of(cast, job)["batch_time"]
    quartiles = (found["lower_seconds"], found["median_seconds"], found["upper_seconds"])
    assert quartiles == (31, 39, 45)
    assert (found["batches"], sum(found["bars"])) == (5, 5)
    assert found["step_seconds"] * len(found["bars"]) <= 400
    assert found["bars"][-1] == 1, "the last bar takes all that is longer"
    assert (found["too_fast"], found["too_fast_seconds"]) == (1, 2.4)


def test_without_a_batch_there_is_no_time(cast: Cast) -> None:
    found = page_of(cast, make_running_job(5))["batch_time"]
    assert (found["batches"], found["median_seconds"], found["bars"]) == (0, None, [])


def test_a_reviewer_is_compared_with_the_others_on_the_same_pictures(cast: Cast) -> None:
    job = make_running_job(10, batch_size=5, reviewers_per_item=2)
    ana, ben = Reviewer(client_of(cast.ana), job.pk), Reviewer(client_of(cast.ben), job.pk)
    ana.work(lambda item: "disconfirm" if item["position"] == 0 else "confirm")
    ben.submit(ben.take())
    one, other = page_of(cast, job)["by_reviewer"]
    assert (one["person"]["name"], one["judged"], one["disconfirmed"]) == ("ana", 10, 2)
    assert (one["compared"], one["agreed"]) == (5, 4)
    assert (other["compared"], other["agreed"]) == (5, 4)


def test_the_figures_of_reviewers_rest_on_their_latest_batches_and_say_on_how_many(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MOST_RECENT", 2)
    job = make_running_job(15, batch_size=5)
    ana = Reviewer(client_of(cast.ana), job.pk)
    for value in ("disconfirm", "confirm", "unsure"):
        ana.submit(ana.take(), value)
    page = page_of(cast, job)
    (one,) = page["by_reviewer"]
    assert (one["batches"], one["judged"]) == (3, 15)
    assert (one["seen"], one["disconfirmed"], one["unsure"]) == (10, 0, 5)
    assert (page["judged"], page["recent_batches"]) == (15, 2)


def test_holders_and_notes_are_counted_where_not_all_are_listed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MOST_HELD", 1)
    monkeypatch.setattr(progress, "MOST_NOTES", 1)
    job = make_running_job(15, batch_size=5)
    ana, ben = Reviewer(client_of(cast.ana), job.pk), Reviewer(client_of(cast.ben), job.pk)
    ana.submit(ana.take(), lambda _: {"value": "unsure", "note": "blurred"})
    ana.take()
    ben.take()
    page = page_of(cast, job)
    assert (len(page["held"]), page["held_batches"], page["at_work"]) == (1, 2, 2)
    assert (len(page["notes"]), page["noted"]) == (1, 5)


def test_more_batches_and_reviewers_ask_no_more_questions(cast: Cast) -> None:
    def questions(job: Job) -> int:
        page_of(cast, job)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page_of(cast, job)
        return len(asked)

    small, large = make_running_job(5), make_running_job(200, batch_size=5, reviewers_per_item=2)
    for person in (cast.ana, cast.ben):
        Reviewer(client_of(person), large.pk).work()
    Reviewer(client_of(cast.ana), small.pk).work()
    assert questions(large) <= questions(small) <= 20
