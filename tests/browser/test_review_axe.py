"""Nothing serious for axe on the review screen, whatever lies over it, light and dark."""

from typing import Literal

import pytest
from playwright.sync_api import expect

from labelapp.accounts.models import User
from qa.jobs.models import Job
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.browser.reviewing import Screen
from tests.builders import make_running_job, make_user

Scheme = Literal["light", "dark"]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    value: Scheme = request.param
    return value


@pytest.fixture
def ana(transactional_db: None) -> User:
    return make_user("ana")


@pytest.fixture
def job(transactional_db: None) -> Job:
    return make_running_job(60, instructions="# Crabs\n\nTen legs, the tail folded under.")


@pytest.fixture
def screen(window: Open, ana: User, job: Job, scheme: Scheme) -> Screen:
    """A batch with marks of each kind."""
    opened = Screen(
        window(ana, color_scheme=scheme, reduced_motion="reduce").new_page(), job
    ).open()
    opened.has_ahead(2)
    opened.press("Space", "ArrowRight", "KeyU", "ArrowRight")
    opened.says("Saved")
    return opened


def test_the_grid(screen: Screen) -> None:
    assert serious_violations(screen.page) == []


@pytest.mark.parametrize(
    ("key", "role", "name"),
    [
        ("KeyF", "region", "Picture 3, enlarged"),
        ("KeyG", "complementary", "Guide of this class"),
        ("?", "dialog", "Keys"),
        ("Shift+KeyB", "dialog", "Your sent batches"),
    ],
)
def test_what_lies_over_it(screen: Screen, key: str, role: str, name: str) -> None:
    screen.press(key)
    expect(screen.page.get_by_role(role, name=name)).to_be_visible()  # type: ignore[arg-type]
    screen.page.wait_for_timeout(300)
    assert serious_violations(screen.page) == []


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


def test_the_menu_of_a_picture(screen: Screen) -> None:
    screen.tile(4).click(button="right")
    expect(screen.page.get_by_role("menu")).to_be_visible()
    screen.page.wait_for_timeout(300)
    assert serious_violations(screen.page) == []
    screen.page.get_by_role("menuitem", name="Report picture").click()
    expect(screen.page.get_by_role("dialog", name="Report picture 4")).to_be_visible()
    screen.page.wait_for_timeout(300)
    assert serious_violations(screen.page) == []


def test_a_phone(window: Open, ana: User, job: Job, scheme: Scheme) -> None:
    context = window(
        ana,
        color_scheme=scheme,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
    )
    page = context.new_page()
    page.goto(f"/review/{job.pk}")
    screen = Screen(page, job)
    expect(screen.tiles).to_have_count(25)
    screen.tile(2).tap()
    assert serious_violations(page) == []
