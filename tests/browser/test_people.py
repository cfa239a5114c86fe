"""Signing in, losing the session under an open page, inviting somebody: as people do it."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from labelapp.accounts.models import User
from labelapp.accounts.roles import Role
from labelapp.accounts.services import make_reset_link
from tests.browser.axe import serious_violations
from tests.browser.conftest import Open
from tests.builders import PASSWORD, make_user


@pytest.fixture
def admin(transactional_db: None) -> User:
    return make_user("mira", Role.ADMIN)


def sign_in(page: Page, username: str, password: str) -> None:
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password", exact=True).fill(password)
    page.keyboard.press("Enter")


def test_a_wrong_password_is_said_beside_the_button_and_the_name_stays(
    admin: User, browser: object, window: Open, address: str
) -> None:
    page = window(admin).new_page()
    page.context.clear_cookies()
    page.goto("/people?show=teams")
    sign_in(page, "mira", "wrong horse")
    expect(page.get_by_role("alert")).to_contain_text("wrong")
    expect(page.get_by_label("User name")).to_have_value("mira")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/people\?show=teams$"))


def test_a_lost_session_keeps_the_page_and_what_was_typed(admin: User, window: Open) -> None:
    page = window(admin).new_page()
    page.goto("/account")
    page.get_by_label("Name", exact=True).first.fill("Mira Okafor")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save name").click()
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog.get_by_label("Signing in as")).to_have_value("mira")
    page.keyboard.press("Escape")
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_label("Name", exact=True).first).to_have_value("Mira Okafor")
    page.get_by_role("button", name="Save name").click()
    expect(page.get_by_text("Your name is saved.")).to_be_visible()
    assert User.objects.get(username="mira").name == "Mira Okafor"


def test_an_invited_person_chooses_a_password_by_the_link_and_is_at_home(
    admin: User, window: Open
) -> None:
    page = window(admin).new_page()
    page.goto("/people")
    page.get_by_role("heading", name="People").wait_for()
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="Add a person")
    dialog.get_by_label("User name").fill("jonas.lind")
    dialog.get_by_label("Name", exact=True).fill("Jonas Lind")
    page.keyboard.press("Enter")
    link = page.get_by_label("One-time link").input_value()
    theirs = window(admin).new_page()
    theirs.context.clear_cookies()
    theirs.goto(link)
    theirs.get_by_label("New password").fill("a long enough password")
    theirs.keyboard.press("Enter")
    expect(theirs.get_by_role("heading", name="Nothing to do right now")).to_be_visible()
    expect(theirs.get_by_text("mira adds work here")).to_be_visible()
    theirs.context.clear_cookies()
    theirs.goto(link)
    theirs.get_by_label("New password").fill("another long password")
    theirs.keyboard.press("Enter")
    expect(theirs.get_by_role("alert")).to_contain_text("used")


def test_an_open_menu_is_not_serious_for_axe_and_works_by_keyboard(
    admin: User, window: Open
) -> None:
    make_user("ana")
    page = window(admin).new_page()
    page.goto("/people")
    page.get_by_role("button", name="Actions for ana").press("Enter")
    menu = page.get_by_role("menu")
    expect(menu).to_be_visible()
    assert serious_violations(page) == []
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(menu.get_by_role("menuitem").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)


def test_nothing_is_serious_for_axe_before_somebody_is_signed_in(admin: User, window: Open) -> None:
    secret = make_reset_link(person=admin, user=make_user("jonas"))
    page = window(admin).new_page()
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_label("User name").wait_for()
    assert serious_violations(page) == [], "signing in"
    sign_in(page, "mira", "wrong horse")
    page.get_by_role("alert").wait_for()
    assert serious_violations(page) == [], "a wrong password"
    page.goto(f"/reset/{secret}")
    page.get_by_label("New password").wait_for()
    assert serious_violations(page) == [], "the link"
    page.goto("/reset/no-such-link")
    page.get_by_label("New password").fill("a long enough password")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert serious_violations(page) == [], "a link that was used"
