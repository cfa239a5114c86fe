"""Masks for a whole dataset by the screen, through a real server and a real worker."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from labelapp.accounts.models import User
from labelapp.accounts.roles import Role
from labelapp.catalog.models import Dataset, Label
from tests.api.mask_running import BOX, boxed
from tests.api.outlining import POINTS
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.builders import make_dataset, make_user
from tests.workers.conftest import Worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin(transactional_db: None) -> User:
    return make_user("mira", Role.ADMIN)


@pytest.fixture
def dataset(transactional_db: None) -> Dataset:
    """Two boxes, four points, and a box beside its picture."""
    dataset = make_dataset("Shells")
    boxed(dataset, 2)
    boxed(dataset, region={"points": POINTS, "box": BOX})
    boxed(dataset, region={"box": [500, 500, 40, 40]})
    return dataset


def masks_of(window: Open, person: User, dataset: Dataset, address: str) -> Page:
    page = window(person, reduced_motion="reduce").new_page()
    page.goto(f"{address}/datasets/{dataset.pk}?show=masks")
    return page


def choose_grabcut(page: Page) -> None:
    """By keyboard: one below the default."""
    page.get_by_role("radio", name="dextr-lite").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="grabcut")).to_be_checked()


def test_masks_are_drawn_by_keyboard_and_what_was_refused_opens_its_pictures(
    window: Open, admin: User, dataset: Dataset, address: str, worker: Worker
) -> None:
    page = masks_of(window, admin, dataset, address)
    choose_grabcut(page)
    expect(page.get_by_text("4 labels with a box or four points.")).to_be_visible()
    assert serious_violations(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
    with worker("gpu", 1):
        expect(page.get_by_text("3 masks drawn")).to_be_visible(timeout=60_000)
    assert Label.objects.filter(source__startswith="model:grabcut@").count() == 3
    expect(page.get_by_text("4 labels with a box or four points; 1 mask by")).to_be_visible()
    expect(page.get_by_text("Box or point outside the picture")).to_be_visible()
    page.get_by_role("button", name="Show the pictures").click()
    tiles = page.get_by_role("list", name="Labels without a mask").get_by_role("button")
    expect(tiles).to_have_count(1)
    assert serious_violations(page) == []
    tiles.click()
    expect(page.get_by_role("dialog", name="Picture")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Review them").click()
    source = page.get_by_role("combobox", name="Source")
    expect(source).to_have_value(re.compile(r"^model:grabcut@\w+"))


def test_a_run_is_cancelled_and_the_form_is_there_again(
    window: Open, admin: User, dataset: Dataset, address: str
) -> None:
    page = masks_of(window, admin, dataset, address)
    page.get_by_role("button", name="Draw 4 masks").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled; no mask drawn")).to_be_visible()
    expect(page.get_by_role("button", name="Draw 4 masks")).to_be_enabled()


def test_a_segmenter_that_is_not_there_says_where_its_file_goes(
    window: Open, admin: User, dataset: Dataset, address: str, settings: Settings
) -> None:
    page = masks_of(window, admin, dataset, address)
    expect(page.get_by_role("radio", name="sam-vit-b")).to_be_disabled()
    sentence = f"sam_vit_b_01ec64.pth is not there. Put it into {settings.WEIGHTS_DIR}."
    expect(page.get_by_text(sentence)).to_be_visible()


def test_a_dataset_without_places_says_what_to_bring(
    window: Open, admin: User, address: str
) -> None:
    page = masks_of(window, admin, make_dataset("Empty"), address)
    expect(page.get_by_text("No label here says where its object is")).to_be_visible()
    expect(page.get_by_role("link", name="Import labels")).to_be_visible()
