"""Signing in, by the screen or past it."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from labelapp.accounts.models import User
from tests.builders import PASSWORD


def sign_in_by_cookie(context: BrowserContext, person: User, address: str) -> None:
    """Puts a session's cookie into the browser; for stories that are not about signing in."""
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])


def sign_in_by_screen(page: Page, person: User) -> None:
    page.goto("/sign-in")
    page.get_by_label("User name").fill(person.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/")
