"""A reviewer's home: what is open, what there is to do, what was sent; never anybody else's."""

from typing import Any

import pytest

from qa.jobs.services import close_job, pause_job
from tests.api.reviewing import Reviewer
from tests.builders import make_running_job
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def work_of(person: Any) -> dict[str, Any]:
    answer = client_of(person).get("/api/v1/me/work/")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_it_names_whom_to_ask_when_there_is_nothing_to_do(cast: Cast) -> None:
    work = work_of(cast.ana)
    assert (work["open"], work["jobs"], work["sent"]) == (None, [], [])
    assert cast.admin.display_name in work["admins"]


def test_it_offers_the_batch_in_hand_with_its_pictures(cast: Cast) -> None:
    job = make_running_job(30)
    Reviewer(client_of(cast.ana), job.pk).take()
    opened = work_of(cast.ana)["open"]
    assert (opened["job"]["id"], opened["items"], opened["marks"]) == (str(job.pk), 25, 0)
    assert len(opened["tiles"]) == 7
    assert "confidence" not in opened["tiles"][0]


def test_it_shows_only_own_work(cast: Cast) -> None:
    job = make_running_job(30, reviewers_per_item=2)
    Reviewer(client_of(cast.ana), job.pk).work()
    work = work_of(cast.ben)
    assert sum(day["items"] for day in work["week"]) == 0
    assert work["sent"] == []
    assert work["jobs"][0]["judged"] == 0


def test_it_counts_the_week_and_lists_what_was_sent(cast: Cast) -> None:
    job = make_running_job(30)
    Reviewer(client_of(cast.ana), job.pk).work()
    work = work_of(cast.ana)
    assert len(work["week"]) == 7
    assert sum(day["items"] for day in work["week"]) == 30
    assert [one["batch_number"] for one in work["sent"]] == [2, 1]
    assert all(one["can_reopen"] for one in work["sent"])
    assert work["jobs"][0]["available"] is False


def test_it_says_when_a_job_has_nothing_for_this_person(cast: Cast) -> None:
    job = make_running_job(5)
    assert work_of(cast.ana)["jobs"][0]["available"] is True
    pause_job(person=cast.admin, job_id=job.pk)
    (paused,) = work_of(cast.ana)["jobs"]
    assert (paused["state"], paused["available"]) == ("paused", False)
    close_job(person=cast.admin, job_id=job.pk)
    assert work_of(cast.ana)["jobs"] == []


def test_it_refuses_an_unknown_time_zone(cast: Cast) -> None:
    answer = client_of(cast.ana).get("/api/v1/me/work/?timezone=Mars/Olympus")
    assert answer.status_code == 400
    assert "timezone" in answer.json()["errors"]
