"""Whose turn it is to show pictures to a model, in one process."""

from collections.abc import Iterator
from typing import Any

import pytest

from ml.runs import labellers


def test_who_was_turned_away_has_a_turn_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []

    def another(_: float = 0) -> None:
        with labellers.one_at_a_time() as mine:
            heard.append(mine)

    def show(images: Iterator[Any]) -> None:
        heard.extend(images)
        another()

    monkeypatch.setattr(labellers, "TURN_SECONDS", 0.0)
    monkeypatch.setattr(labellers, "sleep", another)
    labellers.in_turns(["a", "b"], show, lambda: heard.append("asked"))  # type: ignore[list-item]
    assert heard == ["a", False, "asked", True, "b", False, "asked"]


def test_with_nobody_waiting_the_next_turn_begins_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(labellers, "TURN_SECONDS", 0.0)
    monkeypatch.setattr(labellers, "sleep", lambda _: heard.append("slept"))
    labellers.in_turns("abc", heard.extend, lambda: None)  # type: ignore[arg-type]
    assert heard == ["a", "b", "c"]


def test_whoever_waits_is_asked_whether_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def cancelled() -> None:
        raise InterruptedError

    monkeypatch.setattr(labellers, "WAIT_SECONDS", 0.01)
    with labellers.one_at_a_time(), pytest.raises(InterruptedError):
        labellers.in_turns("a", pytest.fail, cancelled)  # type: ignore[arg-type]
