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


@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v1/me/no/", "/api/", "/images/no"])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_an_unknown_address_is_a_problem_like_any_other(path: str, method: str) -> None:
    answer = getattr(APIClient(enforce_csrf_checks=True), method)(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["X-Request-Id"] == answer.json()["request_id"]


@pytest.mark.parametrize("body", ["[" * 100_000, '{"name": ' * 50_000])
def test_brackets_without_end_are_no_json(cast: Cast, body: str) -> None:
    answer = client_of(cast.admin).post("/api/v1/teams/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")


def test_half_a_character_is_no_json_wherever_it_stands(cast: Cast) -> None:
    for body in (r'{"\ud800": 1}', r'{"name": "\uD800"}', r'["\uDBFF"]'):
        answer = client_of(cast.admin).post("/api/v1/teams/", body, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json"), body
    whole = client_of(cast.admin).post(
        "/api/v1/teams/", r'{"name": "\ud83e\udd80"}', content_type="application/json"
    )
    assert (whole.status_code, whole.json()["name"]) == (201, "🦀")


@pytest.mark.parametrize("size", ["0", "2001", "²", "-1", "1.0", "", "9" * 5000])
def test_a_page_size_is_a_number_up_to_2000(cast: Cast, size: str) -> None:
    answer = client_of(cast.admin).get("/api/v1/teams/", {"page_size": size})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["page_size"])


def test_a_forgotten_slash_at_the_end_keeps_the_method_and_the_body(cast: Cast) -> None:
    client = client_of(cast.admin)
    answer = client.post("/api/v1/teams", {"name": "green"}, format="json", follow=False)
    assert (answer.status_code, answer["Location"]) == (308, "/api/v1/teams/")
    answer = client.post("/api/v1/teams", {"name": "green"}, format="json", follow=True)
    assert (answer.status_code, answer.json()["name"]) == (201, "green")


def test_a_body_without_a_length_is_refused_and_not_read_as_empty(cast: Cast) -> None:
    answer = client_of(cast.admin).post(
        "/api/v1/teams/", {"name": "green"}, format="json", HTTP_TRANSFER_ENCODING="chunked"
    )
    assert (answer.status_code, answer.json()["code"]) == (411, "length_required")


@pytest.mark.parametrize("accept", ["text/csv", "image/webp", "text/html", ""])
def test_an_accept_header_refuses_nobody(cast: Cast, accept: str) -> None:
    for person, status in ((cast.admin, 200), (cast.ana, 403)):
        answer = client_of(person).get("/api/v1/teams/", HTTP_ACCEPT=accept)
        assert (answer.status_code, "code" in answer.json()) == (status, status == 403)


def test_the_schema_is_json_for_who_asks_for_it(cast: Cast) -> None:
    answer = client_of(cast.ana).get("/api/schema/", HTTP_ACCEPT="application/json")
    assert answer.json()["info"]["title"] == "labelapp"
