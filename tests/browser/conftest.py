"""A real Chromium before a real server: the built front end, Django, PostgreSQL."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Playwright, expect

from labelapp.accounts.models import User
from tests.browser.people import sign_in_by_cookie
from tests.workers.conftest import worker  # noqa: F401 (a fixture: imports need one)

# Playwright runs an event loop in this thread; the database is used between its calls, never within.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A machine that is busy with other things is no failure of the screen.
expect.set_options(timeout=15_000)

FRONTEND = django_settings.BASE_DIR / "frontend"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium. Without one these tests fail in CI and skip, visibly, elsewhere."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("No Chromium on this machine: the browser tests cannot run.")
    if found is None:
        pytest.skip("no Chromium on this machine")
    return {**browser_type_launch_args, "executable_path": found, "args": QUIET}


def _newest(folder: Path) -> float:
    return max(path.stat().st_mtime for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="session")
def front_end() -> None:
    """The front end, built from the sources as they are now."""
    index = django_settings.FRONTEND_DIST / "index.html"
    if not index.is_file() or index.stat().st_mtime < _newest(FRONTEND / "src"):
        subprocess.run(["npx", "vite", "build"], cwd=FRONTEND, check=True, timeout=300)
    # Read when the server's handler is made, which is after this.
    django_settings.WHITENOISE_ROOT = django_settings.FRONTEND_DIST


@pytest.fixture
def address(front_end: None, live_server: Any) -> str:
    """Where the app is, without a slash at the end."""
    return str(live_server.url)


def _server_rests() -> None:
    """Waits until no request is at work any more: the tables are emptied after the test."""
    quiet = 0
    end = time.monotonic() + 10
    while quiet < 3 and time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
            (busy,) = cursor.fetchone()
        quiet = 0 if busy else quiet + 1
        time.sleep(0.05)


Open = Callable[..., BrowserContext]


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a window for a person: `window(person, color_scheme="dark", has_touch=True)`.

    A test that answers requests itself (`page.route`) says `service_workers="block"`: Playwright may
    miss a request while a service worker takes over the page.
    """
    opened: list[BrowserContext] = []

    def open_window(person: User, **options: Any) -> BrowserContext:
        context = browser.new_context(
            base_url=address,
            viewport=options.pop("viewport", {"width": 1440, "height": 900}),
            **options,
        )
        context.set_default_timeout(15_000)
        sign_in_by_cookie(context, person, address)
        opened.append(context)
        return context

    yield open_window
    for context in opened:
        context.close()
    _server_rests()


@pytest.fixture
def profile(
    playwright: Playwright, browser_type_launch_args: dict[str, Any], address: str, tmp_path: Path
) -> Iterator[Callable[[], BrowserContext]]:
    """Starts a browser with one and the same profile folder each time, as a person at home does."""
    started: list[BrowserContext] = []

    def start() -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            base_url=address,
            viewport={"width": 1440, "height": 900},
            **browser_type_launch_args,
        )
        context.set_default_timeout(15_000)
        started.append(context)
        return context

    yield start
    for context in started:
        context.close()
    _server_rests()
