"""Whatever goes wrong leaves as problem JSON, and never with the server's own words."""

import pytest
from django.db import OperationalError
from rest_framework.test import APIClient

from labelapp.accounts import selectors
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def fails_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(selectors, "teams", fail)


def test_a_fault_of_ours_is_logged_under_the_id_that_it_answers(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fails_with(ZeroDivisionError("secret detail"), monkeypatch)
    answer = client_of(cast.admin).get("/api/v1/teams/")
    assert (answer.status_code, answer.json()["code"]) == (500, "fault")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["X-Request-Id"] == answer.json()["request_id"]
    assert "secret detail" not in answer.content.decode()
    assert "secret detail" in caplog.text


def test_a_database_that_is_away_asks_for_another_try(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_with(OperationalError("server closed the connection"), monkeypatch)
    answer = client_of(cast.admin).get("/api/v1/teams/")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer["Retry-After"] == "2"


def test_an_unknown_address_of_the_api_is_not_the_page() -> None:
    answer = APIClient().get("/api/v1/nothing/")
    assert answer.status_code == 404
    assert "text/html" not in answer["Content-Type"] or b"<div id=" not in answer.content
