import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import Cast, assemble

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data that lies beside some checkouts; tests of it skip, visibly, where it does not."""
    if not (SHARED / "data").is_dir():
        pytest.skip("no ../shared/data beside this checkout")
    return SHARED / "data"


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> None:
    """No rate limits (tests that try them switch them on), and a hash that costs nothing."""
    settings.RATE_LIMITS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def lease_thread_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """For work done in a test's own transaction, which no other connection sees: its lease is not
    renewed, so nobody finds it gone."""
    monkeypatch.setattr("labelapp.background.RENEW_EVERY", 3600.0)


@pytest.fixture(scope="session", autouse=True)
def _sync_playwright_may_use_the_database() -> Iterator[None]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
