"""When no batch can be had, the words are true: an error of the server, a pause, others at work."""

import re

import pytest
from playwright.sync_api import Route, expect

from labelapp.accounts.models import User
from labelapp.accounts.roles import Role
from qa.jobs.models import Job
from qa.jobs.services import pause_job, start_job
from tests.api.reviewing import Reviewer
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.browser.reviewing import Screen, totals, until
from tests.builders import make_running_job, make_user
from tests.cast import client_of


@pytest.fixture
def ana(transactional_db: None) -> User:
    return make_user("ana")


@pytest.fixture
def job(transactional_db: None) -> Job:
    """Ten pictures of crabs in two batches."""
    return make_running_job(10, batch_size=5, name="Crabs")


def fails(route: Route) -> None:
    route.fulfill(status=500, content_type="text/plain", body="Server Error")


def test_an_error_of_the_server_at_a_claim_is_called_that_and_can_be_tried_again(
    ana: User, job: Job, window: Open
) -> None:
    page = window(ana, service_workers="block").new_page()
    page.route("**/claim/", fails)
    page.goto(f"/review/{job.pk}")
    expect(page.get_by_role("heading", name="The server had an error")).to_be_visible()
    expect(page.get_by_text("offline")).to_have_count(0)
    page.unroute("**/claim/")
    page.get_by_role("button", name="Try again").click()
    Screen(page, job).is_ready()


def test_an_error_of_the_server_at_a_submit_keeps_the_marks_and_says_so(
    ana: User, job: Job, window: Open
) -> None:
    page = window(ana, service_workers="block").new_page()
    screen = Screen(page, job).open()
    screen.has_ahead(1)
    page.route("**/submit/", fails)
    screen.tile(2).click()
    screen.send_by_key()
    said = page.get_by_role("alert").filter(has_text="The server had an error.")
    expect(said).to_contain_text("Your 1 finished batch is kept.")
    expect(page.get_by_text("You are offline")).to_have_count(0)
    assert serious_violations(page) == []
    assert totals(job) == {}
    page.unroute("**/submit/")
    said.get_by_role("button", name="Try again").click()
    until(lambda: totals(job) == {"confirm_count": 4, "disconfirm_count": 1})
    expect(said).to_be_hidden()


def test_a_paused_job_says_who_paused_it_and_goes_on_by_itself(
    ana: User, job: Job, window: Open
) -> None:
    mira = make_user("mira", Role.ADMIN)
    pause_job(person=mira, job_id=job.pk)
    page = window(ana).new_page()
    page.goto(f"/review/{job.pk}")
    expect(
        page.get_by_text(re.compile(r"mira paused this job at \d\d:\d\d\. Your marks are kept\."))
    ).to_be_visible()
    assert serious_violations(page) == []
    start_job(person=mira, job_id=job.pk)
    Screen(page, job).is_ready()


def test_what_others_hold_is_said_with_their_names(ana: User, job: Job, window: Open) -> None:
    ben = Reviewer(client_of(make_user("ben")), job.pk)
    ben.take(ben.take()["id"])
    page = window(ana).new_page()
    page.goto(f"/review/{job.pk}")
    expect(page.get_by_role("heading", name="All batches are dealt out until")).to_be_visible()
    expect(page.get_by_text("ben holds the last 2 batches.")).to_be_visible()
    expect(page.get_by_role("list", name="Who holds the last batches")).to_contain_text("2 batches")
    assert serious_violations(page) == []
