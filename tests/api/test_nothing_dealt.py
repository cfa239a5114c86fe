"""A claim without a batch says who: who paused or closed the job, who holds what is left."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qa.jobs.models import Job
from qa.jobs.services import close_job, pause_job
from tests.api.reviewing import Reviewer
from tests.builders import make_running_job, make_user
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def claim(person: Any, job: Job) -> dict[str, Any]:
    return Reviewer(client_of(person), job.pk).claim()


@pytest.mark.parametrize("end", [pause_job, close_job])
def test_a_paused_or_closed_job_says_by_whom_and_when(cast: Cast, end: Any) -> None:
    job = make_running_job(3)
    ended = end(person=cast.admin, job_id=job.pk)
    found = claim(cast.ana, job)
    assert (found["by"], found["held_by"]) == ("admin", [])
    assert found["at"] == ended.state_changed_at.isoformat().replace("+00:00", "Z")


def test_all_dealt_says_who_holds_how_many_of_what_this_person_may_take_over(cast: Cast) -> None:
    found = claim(cast.ana, make_held_by(cast.ben, make_user("tom")))
    assert found["reason"] == "all_dealt"
    assert found["held_by"] == [{"name": "ben", "batches": 3}, {"name": "tom", "batches": 1}]


def test_what_one_has_judged_or_holds_oneself_is_not_counted_among_it(cast: Cast) -> None:
    job = make_running_job(10, batch_size=5, reviewers_per_item=2)
    ana, ben = Reviewer(client_of(cast.ana), job.pk), Reviewer(client_of(cast.ben), job.pk)
    tom = Reviewer(client_of(make_user("tom")), job.pk)
    ana.submit(ana.take())
    ben.take()
    tom.take()
    ben.take(ben.take()["id"])
    found = ana.claim()
    assert (found["reason"], found["assignment"]) == ("all_dealt", None)
    assert found["held_by"] == [{"name": "ben", "batches": 1}, {"name": "tom", "batches": 1}]


def make_held_by(most: Any, other: Any) -> Job:
    """A job whose four batches are held: three by one, one by another."""
    job = make_running_job(20, batch_size=5)
    first, second = (Reviewer(client_of(person), job.pk) for person in (most, other))
    held: list[str] = []
    for _ in range(3):
        held.append(first.take(*held)["id"])
    second.take()
    return job


def test_a_batch_in_hand_costs_no_question_about_others(cast: Cast) -> None:
    job = make_running_job(60)
    reviewer = Reviewer(client_of(cast.ana), job.pk)
    reviewer.take()
    with CaptureQueriesContext(connection) as asked:
        found = reviewer.claim()
    assert (found["by"], found["at"], found["held_by"]) == (None, None, [])
    assert not [one for one in asked.captured_queries if "count(" in one["sql"].lower()]
