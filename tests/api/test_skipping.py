"""A picture that somebody cannot outline goes to somebody else, and does not come back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from qa.jobs.models import Assignment, Batch, Job
from qa.jobs.removal import remove_job
from qa.jobs.services import close_job, pause_job
from qa.segmentation.models import Skip
from tests.api.outlining import MASK, WIDTH, Annotator, dataset_to_outline, outline, start
from tests.builders import make_running_job, make_user
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


class Skipper(Annotator):
    def skip(self, assignment: Any, **body: Any) -> Any:
        return self.post(f"assignments/{assignment['id']}/skip/", body)

    def skip_next(self, reason: str = "") -> dict[str, Any]:
        held = self.take()
        assert self.skip(held, reason=reason).status_code == 200
        return held


@pytest.fixture
def job(cast: Cast) -> str:
    """Of one picture."""
    return start(cast, dataset_to_outline(), cap_per_class=1)


@pytest.fixture
def ana(cast: Cast, job: str) -> Skipper:
    return Skipper(client_of(cast.ana), job)


@pytest.fixture
def ben(cast: Cast, job: str) -> Skipper:
    return Skipper(client_of(cast.ben), job)


def page_of(admin: APIClient, job: str) -> Any:
    return admin.get(f"/api/v1/jobs/{job}/outlining/").json()


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_skipped_picture_goes_to_somebody_else_and_not_back(ana: Skipper, ben: Skipper) -> None:
    held = ana.take()
    answer = ana.skip(held, reason="Too dark")
    assert (answer.status_code, answer.json()["state"]) == (200, "skipped")
    assert (ana.claim()["assignment"], ana.claim()["reason"]) == (None, "done_for_you")
    theirs = ben.take()
    assert theirs["items"][0]["image"] == held["items"][0]["image"]
    assert ana.claim()["reason"] == "done_for_you"
    assert ben.post(f"assignments/{theirs['id']}/release/").status_code == 200
    assert ana.claim()["assignment"] is None
    assert ben.take()["items"] == theirs["items"]


def test_the_next_picture_is_dealt_at_once(cast: Cast) -> None:
    ana = Skipper(client_of(cast.ana), start(cast, dataset_to_outline()))
    first, second, third = (ana.skip_next()["items"][0]["image"] for _ in range(3))
    assert len({first, second, third}) == 3
    assert ana.claim()["reason"] == "done_for_you"


def test_what_was_drawn_stays_and_later_steps_are_kept_too(ana: Skipper) -> None:
    held = ana.take()
    image, same_size = held["items"][0]["image"], held["items"][0]["width"] == WIDTH
    drawn = outline(1, mask=MASK if same_size else None)
    assert ana.save(image, '"0"', drawn).status_code == 200
    ana.skip(held)
    late = ana.save(image, '"1"', drawn, outline(2, mask=None))
    assert refusal(late) == (409, "skipped")
    assert [one["id"] for one in ana.open(image).json()["objects"]] == ["o1", "o2"]
    assert Assignment.objects.get(pk=held["id"]).state == "skipped"


def test_skipping_again_changes_nothing(ana: Skipper) -> None:
    held = ana.take()
    first, again = ana.skip(held, reason="Too dark"), ana.skip(held, reason="Another")
    assert (again.status_code, again.json()) == (200, first.json())
    assert Skip.objects.get().reason == "Too dark"
    assert Batch.objects.get().places == 1


def test_a_skipped_picture_is_neither_sent_nor_released_nor_marked(ana: Skipper) -> None:
    held = ana.skip_next()
    assert refusal(ana.send(held, {})) == (409, "skipped")
    assert refusal(ana.draft(held, {}, 1)) == (409, "skipped")
    assert refusal(ana.post(f"assignments/{held['id']}/release/")) == (409, "not_held")
    assert refusal(ana.post(f"assignments/{held['id']}/reopen/")) == (409, "not_submitted")


def test_what_was_sent_is_not_skipped_even_when_it_is_open_again(ana: Skipper) -> None:
    held = ana.take()
    ana.send(held, {})
    assert refusal(ana.skip(held)) == (409, "already_submitted")
    assert ana.post(f"assignments/{held['id']}/reopen/").status_code == 200
    assert refusal(ana.skip(held)) == (409, "already_submitted")
    assert Batch.objects.get().places == 0


def test_a_lost_lease_a_closed_job_and_a_paused_one_are_as_for_a_submit(
    cast: Cast, ana: Skipper, ben: Skipper, job: str
) -> None:
    held = ana.take()
    past = timezone.now() - timedelta(minutes=1)
    Assignment.objects.filter(pk=held["id"]).update(lease_expires_at=past)
    theirs = ben.take()
    assert refusal(ana.skip(held)) == (409, "lease_lost")
    close_job(person=cast.admin, job_id=UUID(job))
    assert refusal(ben.skip(theirs)) == (409, "job_closed")
    assert not Skip.objects.exists()
    Job.objects.update(state="running")
    pause_job(person=cast.admin, job_id=UUID(job))
    assert ben.skip(theirs).status_code == 200


def test_a_picture_that_ran_out_can_be_skipped_while_it_is_free(ana: Skipper) -> None:
    held = ana.take()
    ana.post(f"assignments/{held['id']}/release/")
    assert ana.skip(held).status_code == 200
    assert Batch.objects.get().places == 1
    assert ana.claim()["assignment"] is None


def test_an_older_hold_of_a_skipped_picture_sends_nothing(ana: Skipper) -> None:
    older = ana.take()
    ana.post(f"assignments/{older['id']}/release/")
    newer = ana.skip_next()
    assert newer["id"] != older["id"]
    assert refusal(ana.send(older, {})) == (409, "lease_lost")


def test_only_pictures_to_outline_are_skipped_and_only_ones_own(cast: Cast, ana: Skipper) -> None:
    check = Skipper(client_of(cast.ana), make_running_job(2).pk)
    assert refusal(check.skip(check.take())) == (409, "not_skippable")
    held = ana.take()
    other = Skipper(client_of(make_user("tom")), ana.job_id)
    assert other.skip(held, reason="x" * 201).status_code == 404
    too_long = ana.skip(held, reason="x" * 201)
    assert (too_long.status_code, list(too_long.json()["errors"])) == (400, ["reason"])
    assert not Skip.objects.exists()


def test_the_page_says_who_skipped_what_why_and_that_nobody_is_left(
    cast: Cast, ana: Skipper, ben: Skipper, job: str
) -> None:
    admin = client_of(cast.admin)

    def skipped() -> Any:
        page = page_of(admin, job)
        assert page["skipped_pictures"] == len(page["skipped"]) == 1
        return page["skipped"][0]

    assert (page_of(admin, job)["skipped_pictures"], page_of(admin, job)["skipped"]) == (0, [])
    ana.skip_next("Too dark")
    row = skipped()
    assert (row["batch_number"], row["state"]) == (1, "waiting")
    assert [(one["person"]["name"], one["reason"]) for one in row["skips"]] == [("ana", "Too dark")]
    assert admin.get(row["thumb_url"]).status_code == 200
    theirs = ben.take()
    assert skipped()["state"] == "held"
    ben.skip(theirs)
    assert [one["person"]["name"] for one in skipped()["skips"]] == ["ana", "ben"]
    assert skipped()["state"] == "nobody_left"
    assert ben.claim()["reason"] == "done_for_you"
    tom = Skipper(client_of(make_user("tom")), job)
    assert skipped()["state"] == "waiting"
    tom.send(tom.take(), {})
    assert skipped()["state"] == "finished"


def test_a_job_goes_with_its_skips(ana: Skipper, job: str) -> None:
    ana.skip_next()
    remove_job(UUID(job))
    assert not Skip.objects.exists()
