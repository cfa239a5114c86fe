"""A batch on a phone, by taps alone: real touch events, no mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from labelapp.accounts.models import User
from qa.jobs.models import Job
from tests.browser.conftest import Open
from tests.browser.reviewing import Screen, totals, until, verdicts_of
from tests.builders import make_running_job, make_user

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def ana(transactional_db: None) -> User:
    return make_user("ana")


@pytest.fixture
def job(transactional_db: None) -> Job:
    return make_running_job(25)


@pytest.fixture
def phone(window: Open, ana: User) -> Page:
    return window(ana, **PHONE).new_page()


def rest_on(page: Page, x: float, y: float) -> None:
    """A finger that stays where it is for longer than a tap."""
    touch = page.context.new_cdp_session(page)
    touch.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    page.wait_for_timeout(600)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_whole_batch_by_taps(phone: Page, job: Job) -> None:
    phone.goto(f"/review/{job.pk}")
    screen = Screen(phone, job)
    expect(screen.tiles).to_have_count(25)
    items = screen.item_ids()

    screen.tile(2).tap()
    expect(screen.tile(2)).to_have_accessible_name("Picture 2, marked wrong")
    screen.tile(5).tap()
    phone.get_by_role("button", name="Undo").tap()
    expect(screen.tile(5)).to_have_accessible_name("Picture 5, right")

    expect(screen.submit_button).to_have_count(0)
    more = phone.get_by_role("button", name=re.compile(r"more to look at"))
    for _ in range(10):
        if more.count() == 0:
            break
        more.tap()
        phone.wait_for_timeout(700)
    screen.tile(25).tap()
    screen.submit_button.tap()

    expect(phone.get_by_role("heading", name="Everything here is reviewed")).to_be_visible()
    until(lambda: len(verdicts_of(job)) == 25)
    expected = dict.fromkeys(items, "confirm") | {items[1]: "disconfirm", items[24]: "disconfirm"}
    assert verdicts_of(job) == expected
    assert totals(job) == {"confirm_count": 23, "disconfirm_count": 2}


def test_a_resting_finger_opens_the_menu(phone: Page, job: Job) -> None:
    phone.goto(f"/review/{job.pk}")
    screen = Screen(phone, job)
    box = screen.tile(5).bounding_box()
    assert box is not None
    rest_on(phone, box["x"] + 40, box["y"] + 40)
    phone.get_by_role("menuitem", name="Unsure").tap()
    expect(screen.tile(5)).to_have_accessible_name("Picture 5, unsure")
    expect(phone.get_by_role("menu")).to_have_count(0)


def test_every_target_is_large_enough_for_a_finger(phone: Page, job: Job) -> None:
    phone.goto(f"/review/{job.pk}")
    expect(Screen(phone, job).tiles).to_have_count(25)
    for button in [*phone.get_by_role("button").all(), *phone.get_by_role("link").all()]:
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, button.inner_text()
