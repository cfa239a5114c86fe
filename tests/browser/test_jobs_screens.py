"""Making, watching and pausing a job by its screens, and the three homes."""

import re

import pytest
from playwright.sync_api import expect

from labelapp.accounts.models import User
from labelapp.accounts.roles import Role
from qa.jobs.models import Job, JobState
from tests.api.reviewing import Reviewer
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.builders import make_dataset, make_labels, make_running_job, make_team, make_user
from tests.cast import client_of


@pytest.fixture
def admin(transactional_db: None) -> User:
    return make_user("mira", Role.ADMIN)


@pytest.fixture
def ana(transactional_db: None) -> User:
    return make_user("ana", Role.LABELER, [make_team("Reviewers")])


@pytest.fixture
def job(admin: User, ana: User) -> Job:
    """Running, with a split, a wrong one, a note, and a batch in Ana's hands."""
    running = make_running_job(60, admin=admin, name="Crab check", reviewers_per_item=2)
    ben = make_user("ben")
    for person in (ana, ben):
        reviewer = Reviewer(client_of(person), running.pk)
        batch = reviewer.take()
        wrong = {"value": "disconfirm", "note": "Two crabs"}
        verdicts = dict.fromkeys((item["id"] for item in batch["items"]), "confirm")
        first, second = list(verdicts)[:2]
        verdicts[first] = wrong  # type: ignore[assignment] # the long form of a verdict
        if person == ben:
            verdicts[second] = "disconfirm"
        assert reviewer.send(batch, verdicts).status_code == 200
    Reviewer(client_of(ana), running.pk).take()
    return running


def test_a_check_is_made_and_started_on_one_screen(admin: User, ana: User, window: Open) -> None:
    dataset = make_dataset("Shellfish")
    make_labels(dataset, ["0.7"] * 5 + ["0.9"] * 30, label_class="crab")
    page = window(admin).new_page()
    page.goto("/jobs")
    page.get_by_role("link", name="Make the first job").click()
    page.get_by_role("textbox", name="Name").fill("Crab check")
    page.get_by_label("Confidence from").fill("0,8")
    page.get_by_role("button", name="Create 2 batches").click()
    expect(page.get_by_text("Running since")).to_be_visible()
    made = Job.objects.get()
    assert (made.name, made.state, made.items, made.batches) == (
        "Crab check", JobState.RUNNING, 30, 2,
    )  # fmt: skip


def test_people_who_are_picked_become_the_team_of_the_check(
    admin: User, ana: User, window: Open
) -> None:
    ben = make_user("ben")
    make_labels(make_dataset("Shellfish"), ["0.9"] * 5)
    page = window(admin).new_page()
    page.goto("/jobs/new")
    page.get_by_role("textbox", name="Name").fill("Crab check")
    people = page.get_by_role("combobox", name="or single people")
    for name in ("ana", "ben"):
        people.click()
        page.get_by_role("option", name=name).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Create 1 batch").click()
    expect(page.get_by_text("Running since")).to_be_visible()
    team = Job.objects.get().team
    assert team is not None
    assert (team.name, set(team.members.all())) == ("ana and ben", {ana, ben})
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("combobox", name="Team")).to_have_value("ana and ben")


def test_a_filter_that_leaves_nothing_is_named(admin: User, window: Open) -> None:
    make_labels(make_dataset("Shellfish"), ["0.7"] * 5)
    page = window(admin).new_page()
    page.goto("/jobs/new")
    page.get_by_label("Confidence from").fill("0.8")
    expect(page.get_by_text("Loosen the confidence limits")).to_be_visible()
    expect(page.get_by_role("button", name="Create batches")).to_be_disabled()


def test_too_few_reviewers_are_asked_about_and_the_draft_is_kept(
    admin: User, ana: User, window: Open
) -> None:
    make_labels(make_dataset("Shellfish"), ["0.9"] * 5)
    page = window(admin).new_page()
    page.goto("/jobs/new")
    page.get_by_role("textbox", name="Name").fill("Crab check")
    page.get_by_text("3", exact=True).click()
    page.get_by_role("button", name="Create 1 batch").click()
    page.get_by_role("dialog", name="Fewer reviewers").get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Create 1 batch")).to_be_visible()
    assert Job.objects.get().state == JobState.DRAFT


def test_p_pauses_and_goes_on_and_a_number_opens_its_pictures(
    admin: User, job: Job, window: Open
) -> None:
    page = window(admin).new_page()
    page.goto(f"/jobs/{job.pk}")
    page.get_by_text("Running since").wait_for()
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Go on")).to_be_enabled()
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.get_by_role("link", name="2 pictures, splits counted").click()
    expect(page.get_by_role("list", name="Pictures").get_by_role("listitem")).to_have_count(2)
    expect(page).to_have_url(re.compile("disconfirmed.*split"))


def test_an_admin_takes_a_batch_back(admin: User, job: Job, window: Open) -> None:
    page = window(admin).new_page()
    page.goto(f"/jobs/{job.pk}")
    page.get_by_role("button", name=re.compile("^Take back crab, batch 2")).click()
    expect(page.get_by_role("list", name="Held now")).to_be_hidden()


def test_bars_fill_with_opinions_and_a_frame_shows_what_is_held(
    admin: User, job: Job, window: Open
) -> None:
    page = window(admin).new_page()
    page.goto(f"/jobs/{job.pk}")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="crab"))
    expect(row.get_by_text("1 of 3 batches, 1 held now")).to_be_visible()
    bars = row.locator("[style*='--filled']")
    filled = "bars => bars.map(bar => [bar.style.getPropertyValue('--filled'), bar.dataset.held])"
    assert bars.evaluate_all(filled) == [["100%", None], ["0%", "true"], ["0%", None]]
    times = page.get_by_role("img", name=re.compile("^Time for a batch: the middle half takes"))
    expect(times).to_be_visible()


def test_enter_at_home_goes_on_with_the_batch_in_hand(ana: User, job: Job, window: Open) -> None:
    page = window(ana).new_page()
    page.goto("/")
    page.get_by_role("heading", name="Pick up where you left off").wait_for()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/review/{job.pk}$"))


def test_the_first_start_shows_three_steps_that_lead_somewhere(admin: User, window: Open) -> None:
    page = window(admin).new_page()
    for name, place in [("Import", "/datasets"), ("Make a check", "/jobs/new")]:
        page.goto("/")
        page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
        expect(page).to_have_url(re.compile(f"{place}$"))
        # The page that says "There is no such page" has no heading of the first rank.
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Invite", exact=True).click()
    expect(page.get_by_role("dialog", name="Add a person")).to_be_visible()


def test_nothing_is_serious_for_axe(admin: User, ana: User, job: Job, window: Open) -> None:
    mine = window(admin).new_page()
    of_job = f"/jobs/{job.pk}"
    for place, shown in [
        ("/", "Needs you"),
        ("/people", "mira"),
        ("/people?show=teams", "Reviewers"),
        ("/people?show=history", "job.start"),
        ("/people?add=true", "Add and make a sign-in link"),
        ("/account", "Tokens for scripts"),
        ("/jobs", "Crab check"),
        ("/jobs/new", "Batches by class"),
        (of_job, "Krippendorff"),
        (f"{of_job}?show=pictures", "confidence"),
        (f"{of_job}?show=settings", "Frozen since the start"),
    ]:
        mine.goto(place)
        mine.get_by_text(shown).first.wait_for()
        assert serious_violations(mine) == [], place
    hers = window(ana).new_page()
    for place, shown in [("/", "This week"), ("/account", "Tokens for scripts")]:
        hers.goto(place)
        hers.get_by_text(shown).first.wait_for()
        assert serious_violations(hers) == [], place
