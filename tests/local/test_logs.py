from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.test import Client

from labelapp.api.request_id import begin_request
from labelapp.logs import JsonFormatter, configuration, scrub


def line(message: str, *arguments: Any, **more: Any) -> dict[str, Any]:
    record = logging.LogRecord("labelapp", logging.INFO, __file__, 1, message, arguments, None)
    for name, value in more.items():
        setattr(record, name, value)
    found: dict[str, Any] = json.loads(JsonFormatter().format(record))
    return found


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("connecting to postgres://labelapp:Kw8-xyz_1@127.0.0.1:5432/labelapp", "Kw8-xyz_1"),
        ("connecting to redis://:Kw8-xyz_1@127.0.0.1:6379/0", "Kw8-xyz_1"),
        ("Authorization: Bearer la_0123456789abcdef", "la_0123456789abcdef"),
        ("{'username': 'ann', 'password': 'Kw8-xyz_1'}", "Kw8-xyz_1"),
        ('{"token": "la_0123456789abcdef"}', "la_0123456789abcdef"),
        ("GET /images/1?signature=abc123&size=320", "abc123"),
        ("SECRET_KEY=0123456789abcdef", "0123456789abcdef"),
    ],
)
def test_no_secret_is_written(text: str, secret: str) -> None:
    assert secret in text
    assert secret not in scrub(text)
    assert secret not in line("%s", text)["message"]


def test_ordinary_words_stay() -> None:
    text = "import 7: 367 labels, 3 rejected (see http://127.0.0.1:8000/imports/7)"
    assert scrub(text) == text


def test_a_line_is_json_with_the_id_of_its_request() -> None:
    request_id = begin_request()
    found = line("two\nlines %s", 2, fields={"status": 200})
    assert found["message"] == "two\nlines 2"
    assert (found["request_id"], found["status"], found["level"]) == (request_id, 200, "INFO")


def test_secrets_in_a_traceback_are_hidden() -> None:
    error = ValueError("redis://:Kw8-xyz_1@127.0.0.1/0")
    text = line("failed", exc_info=(ValueError, error, None))["exception"]
    assert "ValueError" in text
    assert "Kw8-xyz_1" not in text


def test_a_terminal_gets_lines_for_people() -> None:
    assert configuration(for_people=True)["handlers"]["stderr"]["formatter"] == "plain"
    assert configuration(for_people=False)["handlers"]["stderr"]["formatter"] == "json"


def test_each_answer_is_logged_once_with_the_id_it_carries(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="labelapp.access"):
        answer = client.get("/healthz?signature=abc123")
    records = [record for record in caplog.records if record.name == "labelapp.access"]
    assert [record.getMessage() for record in records] == ["GET /healthz 200"]
    found = json.loads(JsonFormatter().format(records[0]))
    assert found["request_id"] == answer["X-Request-Id"]
    assert found["path"] == "/healthz"
