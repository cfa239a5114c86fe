"""Classes by confidence on the screen, the pictures behind its numbers, and the export of labels."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from qa.jobs.models import Job
from tests.api.reviewing import Reviewer
from tests.api.test_table import reviewed_shellfish
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.builders import make_dataset, make_labels, make_running_job
from tests.cast import Cast, assemble, client_of
from tests.workers.conftest import Worker, worker

__all__ = ["worker"]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def shellfish(people: Cast) -> Job:
    """The published shellfish counts, given by two reviewers through the API."""
    return reviewed_shellfish(people)


def cell(page: Page, name: str) -> Locator:
    """The number with this class and column, such as `Crab, 80 to 85`."""
    return page.get_by_role("button", name=re.compile(f"^{re.escape(name)}: "))


def tiles(page: Page) -> Locator:
    return page.get_by_role("list", name="Pictures").get_by_role("button")


def open_table(page: Page, job: Job, query: str = "") -> None:
    page.goto(f"/analysis/{job.pk}{query}")
    expect(page.get_by_role("grid")).to_be_visible()


def test_the_screen_shows_the_published_table_and_why_each_walk_stopped(
    shellfish: Job, people: Cast, window: Open
) -> None:
    page = window(people.analyst).new_page()
    page.goto("/analysis")
    page.get_by_role("link", name=shellfish.name).click()
    for name, words in {
        "Crab, 95 to 100": "100.0 23 of 23 right",
        "Crawdad, 95 to 100": "23.4 11 of 47 right, 95 % interval 14–37, surely below the target",
        "Lobster, 90 to 95": "72.7 8 of 11 right",
        "Shrimp, 80 to 85": "no pictures",
        "Lobster, Walk": "95 keeps 28 Stopped at 90 to 95: 3 of 11 wrong",
        "Crab, Walk": "80 keeps 45 Every bucket passes",
        "Shrimp, Walk": "none Stopped at 95 to 100: 1 of 1 wrong",
        "All classes, % correct": "70.6",
        "Class average, 80 to 85": "65.6 4 classes",
    }.items():
        expect(cell(page, name)).to_have_accessible_name(
            re.compile(re.escape(f"{name}: {words}").replace(r"95\ %", r"95\s%"))
        )
    page.get_by_role("switch", name="Empty buckets as 0").press("Space")
    expect(cell(page, "Class average, 80 to 85")).to_have_accessible_name(
        re.compile("52.5 5 class")
    )
    expect(page).to_have_url(re.compile("published=true"))
    expect(cell(page, "Shrimp, Walk")).to_be_disabled()


def test_every_number_of_a_class_opens_as_many_pictures_as_it_says(
    shellfish: Job, people: Cast, window: Open
) -> None:
    page = window(people.analyst).new_page()
    open_table(page, shellfish)
    for column, number in {
        "Total": 53, "Confirmed": 40, "Disconfirmed": 11, "Split": 2, "% correct": 53,
        "80 to 85": 4, "85 to 90": 10, "90 to 95": 11, "95 to 100": 28, "Walk": 28,
    }.items():  # fmt: skip
        cell(page, f"Lobster, {column}").click()
        expect(tiles(page)).to_have_count(number)
        page.keyboard.press("Escape")
        expect(cell(page, f"Lobster, {column}")).to_be_focused()
    cell(page, "All classes, Split").click()
    expect(tiles(page)).to_have_count(25)
    page.keyboard.press("Escape")
    cell(page, "Class average, 80 to 85").click()
    expect(tiles(page)).to_have_count(17)


def test_pictures_beyond_the_edges_can_be_opened_too(
    shellfish: Job, people: Cast, window: Open
) -> None:
    page = window(people.analyst).new_page()
    open_table(page, shellfish, "?edges=0.9,0.95")
    cell(page, "Crab, Outside").click()
    expect(tiles(page)).to_have_count(4 + 7 + 23)


def test_by_keyboard_alone_a_number_is_found_opened_and_left_again(
    shellfish: Job, people: Cast, window: Open
) -> None:
    page = window(people.analyst).new_page()
    open_table(page, shellfish)
    page.keyboard.press("ArrowDown")
    expect(cell(page, "Crab, Total")).to_be_focused()
    for key in ("ArrowDown", "ArrowDown", "End", "ArrowLeft"):
        page.keyboard.press(key)
    expect(cell(page, "Lobster, 95 to 100")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tiles(page).first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    large = page.get_by_role("region", name="Lobster, enlarged")
    expect(large.get_by_text("2 of 28")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(large.get_by_text("3 of 28")).to_be_visible()
    page.keyboard.press("Escape")
    expect(tiles(page).nth(2)).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell(page, "Lobster, 95 to 100")).to_be_focused()
    expect(page).not_to_have_url(re.compile("column"))
    page.keyboard.press("/")
    page.keyboard.type("shr")
    expect(page.get_by_role("rowheader")).to_have_count(3)


def test_edges_move_by_key_and_a_shared_address_shows_the_same_question(
    shellfish: Job, people: Cast, window: Open
) -> None:
    page = window(people.analyst).new_page()
    open_table(page, shellfish)
    edge = page.get_by_role("slider", name="Edge 2 of 5")
    edge.press("ArrowRight")
    edge.press("ArrowRight")
    expect(page.get_by_role("columnheader", name="80 to 87")).to_be_visible()
    page.get_by_text("1 : 4", exact=True).click()
    cell(page, "Scorpion, 80 to 87").click()
    number = tiles(page).count
    expect(page).to_have_url(re.compile("column=b0"))
    expect(tiles(page).first).to_be_visible()
    shown = number()
    other = window(people.admin).new_page()
    other.goto(page.url)
    expect(tiles(other)).to_have_count(shown)
    other.keyboard.press("Escape")
    expect(other.get_by_role("slider", name="Edge 2 of 5")).to_have_attribute(
        "aria-valuetext", "0.87"
    )
    expect(other.get_by_label("Right ones to them")).to_have_value("4")


def test_of_many_classes_only_those_in_sight_are_drawn_and_arrows_reach_the_last(
    people: Cast, window: Open
) -> None:
    dataset = make_dataset()
    for number in range(260):
        make_labels(dataset, ["0.9"], label_class=f"class {number:03}")
    job = make_running_job(0, dataset=dataset)
    page = window(people.analyst).new_page()
    open_table(page, job)
    expect(page.get_by_text("No reviews yet")).to_be_visible()
    assert page.get_by_role("rowheader").count() < 100
    page.keyboard.press("ArrowDown")
    expect(cell(page, "class 000, Total")).to_be_focused()
    page.keyboard.press("Control+End")
    expect(cell(page, "All classes, Total")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(":focus")).to_have_accessible_name("class 259, Total: 1")


def test_table_gallery_and_export_have_no_serious_fault_for_anybody(
    shellfish: Job, people: Cast, window: Open
) -> None:
    page = window(
        people.analyst,
    ).new_page()
    page.goto("/analysis")
    expect(page.get_by_role("link", name=shellfish.name)).to_be_visible()
    assert serious_violations(page) == []
    open_table(page, shellfish)
    assert serious_violations(page) == []
    page.get_by_role("button", name="4 buckets").click()
    expect(page.get_by_role("button", name="Equal count")).to_be_visible()
    assert serious_violations(page) == []
    page.keyboard.press("Escape")
    cell(page, "All classes, Split").click()
    expect(tiles(page)).to_have_count(25)
    assert serious_violations(page) == []
    tiles(page).first.click()
    expect(page.get_by_role("button", name="All pictures")).to_be_focused()
    assert serious_violations(page) == []
    page.goto(f"/exports?job={shellfish.pk}")
    expect(page.get_by_role("button", name=re.compile("Export 245 rows"))).to_be_enabled()
    expect(page.get_by_role("table", name="Some of the rows")).to_be_visible()
    assert serious_violations(page) == []


def test_a_phone_reads_the_table_class_by_class(shellfish: Job, people: Cast, window: Open) -> None:
    page = window(people.analyst, viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.goto(f"/analysis/{shellfish.pk}")
    lobster = page.get_by_role("region", name="Lobster", exact=True)
    expect(lobster.get_by_text("Stopped at 90 to 95: 3 of 11 wrong")).to_be_visible()
    cell(page, "Lobster, 90 to 95").tap()
    expect(tiles(page)).to_have_count(11)
    assert serious_violations(page) == []


def test_an_export_carries_its_count_on_the_button_and_becomes_a_file(
    shellfish: Job, people: Cast, window: Open, worker: Worker
) -> None:
    page = window(people.analyst).new_page()
    open_table(page, shellfish)
    page.get_by_role("link", name="Export").last.click()
    page.get_by_role("combobox", name="Outcome").click()
    page.get_by_role("option", name="Disconfirmed").click()
    page.get_by_role("option", name="Split").click()
    page.keyboard.press("Escape")
    page.get_by_text("JSON Lines", exact=True).click()
    button = page.get_by_role("button", name=re.compile("^Export 72 rows$"))
    code = page.get_by_role("region", name="Code")
    expect(code).to_contain_text('"outcome": ["disconfirmed", "split"],')
    expect(code).to_contain_text(f'"job": "{shellfish.pk}",')
    with worker():
        button.click()
        line = page.get_by_role("region", name="Earlier exports").get_by_role("listitem")
        expect(line.get_by_text("Ready")).to_be_visible(timeout=60_000)
    expect(line).to_contain_text("72 rows · JSON Lines · disconfirmed, split")
    with page.expect_download() as started:
        line.get_by_role("link", name="Download").click()
    rows = [json.loads(row) for row in started.value.path().read_text().splitlines()]
    assert len(rows) == 72
    assert {row["outcome"] for row in rows} == {"disconfirmed", "split"}
    with page.expect_download() as started:
        line.get_by_role("link", name="Manifest").click()
    assert json.loads(started.value.path().read_text())["rows"] == 72


def test_where_no_row_is_left_the_screen_says_which_filter_removed_them(
    people: Cast, window: Open
) -> None:
    job = make_running_job(30)
    Reviewer(client_of(people.ana), job.pk).work()
    page = window(people.analyst).new_page()
    page.goto(f'/exports?job={job.pk}&outcome=["split"]&min_confidence=0.01')
    expect(page.get_by_text("No row is left")).to_be_visible()
    expect(page.get_by_text("Without the filter by outcome there would be 20 rows")).to_be_visible()
    expect(page.get_by_role("button", name="Export 0 rows")).to_be_disabled()
