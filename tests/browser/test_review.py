"""A reviewer's day: the keyboard, a lost connection, a closed browser, another reviewer."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, Route, expect

from labelapp.accounts.models import User
from qa.jobs.models import Job
from qa.verification.models import Look, Verdict
from tests.browser.conftest import Open
from tests.browser.people import sign_in_by_screen
from tests.browser.reviewing import Screen, cold_pictures, kept_files, totals, until, verdicts_of
from tests.builders import PASSWORD, make_running_job, make_user

Profile = Callable[[], BrowserContext]


@pytest.fixture
def ana(transactional_db: None) -> User:
    return make_user("ana")


@pytest.fixture
def job(transactional_db: None) -> Job:
    """Sixty pictures of crabs: batches of 25, 25 and 10."""
    return make_running_job(60, name="Crabs")


def test_a_whole_job_by_keyboard_alone_over_a_lost_connection_and_a_closed_browser(
    profile: Profile, ana: User, job: Job
) -> None:
    context = profile()
    page = context.pages[0]
    sign_in_by_screen(page, ana)
    screen = Screen(page, job).open()
    screen.has_ahead(2)
    first = screen.item_ids()

    screen.press("ArrowRight", "Space")
    screen.says("Saved")
    context.set_offline(True)
    screen.press("ArrowDown", "KeyU", "End", "KeyX", "KeyZ")
    screen.says("Kept here, 1 mark")
    screen.send_by_key()
    expect(screen.tile(1)).to_be_focused()
    second = screen.item_ids()
    assert not set(second) & set(first)
    screen.press("Numpad6", "Numpad6", "Numpad5", "Numpad0", "KeyR", "ArrowLeft", "Numpad5")
    screen.send_by_key()
    screen.says("Kept here, 2 finished batches")
    third = screen.item_ids()
    screen.press("KeyX")
    screen.says("Kept here, 1 mark and 2 finished batches")
    assert totals(job) == {}
    context.close()

    again = Screen(profile().pages[0], job).open()
    expect(again.tile(1)).to_have_accessible_name("Picture 1, marked wrong")
    assert again.item_ids() == third
    again.says("Saved")
    until(lambda: len(verdicts_of(job)) == 50)
    again.send_by_key()
    expect(again.page.get_by_role("heading", name="Everything here is reviewed")).to_be_visible()

    columns = 7
    expected = dict.fromkeys([*first, *second, *third], "confirm")
    expected |= {first[1]: "disconfirm", first[1 + columns]: "unsure"}
    expected |= {second[1]: "disconfirm", third[0]: "disconfirm"}
    assert verdicts_of(job) == expected
    assert totals(job) == {"confirm_count": 56, "disconfirm_count": 3, "unsure_count": 1}
    call_command("verify_counts")


def test_saved_is_said_only_after_the_server_has_answered(
    window: Open, ana: User, job: Job
) -> None:
    page = window(ana, service_workers="block").new_page()
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route("**/draft/", keep)
    screen = Screen(page, job).open()
    screen.press("Space")
    page.wait_for_timeout(1_000)
    assert len(held) == 1
    screen.says("Saving")
    expect(page.get_by_text("Saved", exact=True)).to_have_count(0)
    held[0].continue_()
    screen.says("Saved")


def test_the_next_batch_is_there_without_waiting_for_the_network(
    window: Open, ana: User, job: Job
) -> None:
    page = window(ana).new_page()
    Screen(page, job).open()
    # At the very first visit the service worker takes the page over midway; Chromium then asks its cache
    # on the disk again for what it had in memory.
    page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")
    screen = Screen(page, job).open()
    screen.has_ahead(2)
    page.wait_for_timeout(500)
    page.context.set_offline(True)
    before = screen.item_ids()
    frames = page.evaluate(
        """async () => {
            const key = { code: "Enter", key: "Enter", bubbles: true, cancelable: true };
            const shown = () => document.querySelector("[data-item]").dataset.item;
            const before = shown();
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", key));
            let frames = 0;
            while (shown() === before && frames < 60) {
                await new Promise(requestAnimationFrame);
                frames += 1;
            }
            return frames;
        }"""
    )
    assert frames <= 1
    assert cold_pictures(page) == []
    assert not set(screen.item_ids()) & set(before)


def test_an_ended_session_is_mended_in_place_and_the_marks_go_out(
    window: Open, ana: User, job: Job
) -> None:
    context = window(ana)
    page = context.new_page()
    screen = Screen(page, job).open()
    screen.has_ahead(2)
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    screen.press("Space", "ArrowRight", "Space")
    dialog = page.get_by_role("dialog", name="Sign in again to save")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in and save 2 marks").click()
    expect(dialog).to_be_hidden()
    screen.says("Saved")
    expect(screen.tile(1)).to_have_accessible_name("Picture 1, marked wrong")
    until(lambda: job.assignments.filter(draft_revision__gt=0).exists())


def test_two_reviewers_at_once_judge_every_picture_once_each(window: Open, ana: User) -> None:
    job = make_running_job(60, reviewers_per_item=2)
    screens = [Screen(window(person).new_page(), job) for person in (ana, make_user("ben"))]
    for screen in screens:
        screen.open()
    for _ in range(3):
        for nth, screen in enumerate(screens):
            screen.press(*["ArrowRight"] * nth, "Space")
            screen.send_by_key()
    for screen in screens:
        expect(screen.page.get_by_role("heading", level=2)).to_have_text(
            re.compile("Everything here is reviewed|You have done your part")
        )
    until(lambda: Verdict.objects.filter(item__job=job).count() == 120)
    assert totals(job) == {"confirm_count": 114, "disconfirm_count": 6}
    call_command("verify_counts")


def test_a_drag_paints_and_shift_marks_a_range_each_undone_at_once(
    window: Open, ana: User, job: Job
) -> None:
    page = window(ana).new_page()
    screen = Screen(page, job).open()
    wrong = page.get_by_role("button", name=re.compile("marked wrong"))

    screen.tile(1).hover()
    page.mouse.down()
    for number in (2, 3, 4):
        screen.tile(number).hover()
    page.mouse.up()
    expect(wrong).to_have_count(4)
    screen.tile(6).click()
    screen.tile(10).click(modifiers=["Shift"])
    expect(wrong).to_have_count(9)
    screen.press("KeyZ")
    expect(wrong).to_have_count(5)
    screen.press("KeyZ", "KeyZ")
    expect(wrong).to_have_count(0)
    screen.press("Shift+KeyZ")
    expect(wrong).to_have_count(4)


def test_a_look_at_the_confidence_is_held_shown_and_recorded(
    window: Open, ana: User, job: Job
) -> None:
    page = window(ana).new_page()
    screen = Screen(page, job).open()
    looked_at = screen.item_ids()[0]
    page.keyboard.down("c")
    expect(page.get_by_text("Model confidence of picture 1: 0.")).to_be_visible()
    page.keyboard.up("c")
    expect(page.get_by_text("Model confidence of picture 1")).to_have_count(0)
    assert Look.objects.filter(item_id=looked_at, person=ana).exists()
    screen.send_by_key()
    until(lambda: len(verdicts_of(job)) == 25)
    assert Verdict.objects.get(item_id=looked_at).looked


def test_the_last_sent_batch_opens_again_and_its_new_marks_count(
    window: Open, ana: User, job: Job
) -> None:
    page = window(ana).new_page()
    screen = Screen(page, job).open()
    sent = screen.item_ids()
    screen.press("Space")
    screen.send_by_key()
    until(lambda: len(verdicts_of(job)) == 25)
    screen.press("KeyB")
    expect(screen.tile(1)).to_have_accessible_name("Picture 1, marked wrong")
    assert screen.item_ids() == sent
    screen.press("ArrowRight", "KeyU")
    screen.send_by_key()
    until(lambda: verdicts_of(job)[sent[1]] == "unsure")
    assert verdicts_of(job)[sent[0]] == "disconfirm"
    assert totals(job) == {"confirm_count": 23, "disconfirm_count": 1, "unsure_count": 1}


def test_a_picture_that_does_not_load_can_be_tried_again_else_it_counts_as_unsure(
    window: Open, ana: User, job: Job
) -> None:
    page = window(ana, service_workers="block").new_page()
    broken: list[str] = []

    def break_one(route: Route) -> None:
        broken.append(route.request.url)
        if route.request.url.split("?")[0] == broken[0].split("?")[0]:
            route.fulfill(status=500, body="")
        else:
            route.continue_()

    page.route("**/images/*/thumb*", break_one)
    screen = Screen(page, job).open()
    expect(page.get_by_text("Picture did not load")).to_be_visible()
    expect(
        page.get_by_role("button", name=re.compile("did not load, counted as unsure"))
    ).to_have_count(1)
    page.unroute("**/images/*/thumb*")
    page.get_by_role("button", name=re.compile("Retry picture")).click()
    expect(page.get_by_text("Picture did not load")).to_have_count(0)
    until(lambda: cold_pictures(page) == [])
    assert screen.page.get_by_role("button", name=re.compile(", right$")).count() == 25


def test_the_enlarged_picture_says_its_size_and_lets_the_marks_go_on(
    window: Open, ana: User, job: Job
) -> None:
    page = window(ana).new_page()
    screen = Screen(page, job).open()
    screen.press("KeyF")
    view = page.get_by_role("region", name="Picture 1, enlarged")
    shown = view.get_by_role("img", name="Number 1, enlarged")
    until(lambda: shown.evaluate("picture => picture.naturalWidth > 0"))
    width, height = shown.evaluate("picture => [picture.naturalWidth, picture.naturalHeight]")
    said = view.get_by_role("status")
    expect(said).to_have_text(re.compile(rf"^{width} × {height} at \d+\s%"))
    screen.press("Digit1")
    expect(said).to_have_text(re.compile(rf"^{width} × {height} at 100\s%"))
    screen.press("ArrowRight", "Space")
    expect(page.get_by_role("region", name="Picture 2, enlarged")).to_be_visible()
    expect(screen.tile(2)).to_have_accessible_name("Picture 2, marked wrong")
    screen.press("Escape")
    expect(page.get_by_role("region", name="Picture 2, enlarged")).to_have_count(0)
    expect(screen.tile(2)).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720)])
def test_25_pictures_fit_the_window_without_scrolling(
    window: Open, ana: User, job: Job, width: int, height: int
) -> None:
    page: Page = window(ana, viewport={"width": width, "height": height}).new_page()
    screen = Screen(page, job).open()
    bottom = page.get_by_role("contentinfo").bounding_box()
    last = screen.tile(25).bounding_box()
    assert bottom is not None
    assert last is not None
    assert last["y"] + last["height"] <= bottom["y"]
    assert page.evaluate("() => document.documentElement.scrollHeight <= innerHeight")


def test_a_reload_without_a_connection_shows_the_batch_its_pictures_and_its_marks(
    profile: Profile, ana: User, job: Job
) -> None:
    context = profile()
    page = context.pages[0]
    sign_in_by_screen(page, ana)
    screen = Screen(page, job).open()
    screen.has_ahead(2)
    screen.press("Space")
    screen.says("Saved")
    until(lambda: any("ReviewPage" in name for name in kept_files(page)))
    context.set_offline(True)
    page.reload()
    screen.is_ready()
    expect(screen.tile(1)).to_have_accessible_name("Picture 1, marked wrong")
    until(lambda: cold_pictures(page) == [])
    screen.send_by_key()
    expect(screen.tile(1)).to_have_accessible_name("Picture 1, right")
    screen.says("Kept here, 1 finished batch")
    context.set_offline(False)
    until(lambda: len(verdicts_of(job)) == 25)
