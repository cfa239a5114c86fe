"""Nothing serious for axe on the review screen, whatever lies over it."""

import pytest
from playwright.sync_api import expect

from labelapp.accounts.models import User
from qa.jobs.models import Job
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.browser.reviewing import Screen
from tests.builders import make_running_job, make_user


@pytest.fixture
def ana(transactional_db: None) -> User:
    return make_user("ana")


@pytest.fixture
def job(transactional_db: None) -> Job:
    return make_running_job(60, instructions="# Crabs\n\nTen legs, the tail folded under.")


@pytest.fixture
def screen(window: Open, ana: User, job: Job) -> Screen:
    """A batch with marks of each kind."""
    opened = Screen(window(ana, reduced_motion="reduce").new_page(), job).open()
    opened.has_ahead(2)
    opened.press("Space", "ArrowRight", "KeyU", "ArrowRight")
    opened.says("Saved")
    return opened


def test_the_grid_and_what_lies_over_it(screen: Screen) -> None:
    page = screen.page
    assert serious_violations(page) == []
    for key, region in [
        ("KeyF", page.get_by_role("region", name="Picture 3, enlarged")),
        ("KeyG", page.get_by_role("complementary", name="Guide of this class")),
        ("?", page.get_by_role("dialog", name="Keys")),
        ("Shift+KeyB", page.get_by_role("dialog", name="Your sent batches")),
    ]:
        screen.press(key)
        expect(region).to_be_visible()
        page.wait_for_timeout(300)
        assert serious_violations(page) == [], key
        screen.press("Escape")
        expect(region).to_be_hidden()
    screen.tile(4).click(button="right")
    expect(page.get_by_role("menu")).to_be_visible()
    page.wait_for_timeout(300)
    assert serious_violations(page) == []
    page.get_by_role("menuitem", name="Report picture").click()
    expect(page.get_by_role("dialog", name="Report picture 4")).to_be_visible()
    page.wait_for_timeout(300)
    assert serious_violations(page) == []


def test_offline_and_out_of_batches(screen: Screen) -> None:
    screen.page.context.set_offline(True)
    expect(screen.page.get_by_text("You are offline. Keep going.")).to_be_visible()
    assert serious_violations(screen.page) == []
    for _ in range(3):
        screen.send_by_key()
    expect(
        screen.page.get_by_role("heading", name="No more batches on this device")
    ).to_be_visible()
    assert serious_violations(screen.page) == []


def test_a_phone(window: Open, ana: User, job: Job) -> None:
    context = window(ana, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"/review/{job.pk}")
    screen = Screen(page, job)
    expect(screen.tiles).to_have_count(25)
    screen.tile(2).tap()
    assert serious_violations(page) == []
