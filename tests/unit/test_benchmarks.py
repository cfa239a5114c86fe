"""The measuring itself: what it reads from figures, from /proc, and from a server's answers."""

import importlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks import loop
from benchmarks.__main__ import ALONE, TOGETHER, main
from benchmarks.client import Client
from benchmarks.figures import Figure, Sense, percentile, shown
from benchmarks.processes import cpu_seconds, memory_mb, tree, watched


@pytest.mark.parametrize(
    ("value", "sense", "verdict"),
    [
        (0.2, Sense.AT_MOST, "aim"),
        (0.5, Sense.AT_MOST, "within limit"),
        (0.9, Sense.AT_MOST, "MISSED"),
        (0.9, Sense.AT_LEAST, "aim"),
        (0.1, Sense.AT_LEAST, "MISSED"),
    ],
)
def test_a_figure_says_whether_it_keeps_its_limit(value: float, sense: Sense, verdict: str) -> None:
    figure = Figure(name="cost", value=value, limit=0.8, aim=0.3, sense=sense)
    assert (figure.verdict, figure.missed) == (verdict, verdict == "MISSED")


def test_a_figure_without_a_limit_is_never_missed() -> None:
    figure = Figure(name="seconds", value=1e9)
    assert not figure.missed
    assert figure.verdict == ""


def test_a_percentile_is_one_of_the_values() -> None:
    values = list(range(1, 101))
    assert [percentile(values, share) for share in (0.0, 0.5, 0.95, 1.0)] == [1, 50, 95, 100]
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_numbers_are_shown_with_three_digits_that_count() -> None:
    shown_as = {1234.5: "1,234", 41.23: "41.2", 4.567: "4.57", 0.3456: "0.346", 0.0: "0"}
    assert {value: shown(value) for value in shown_as} == shown_as


def test_processor_time_of_a_tree_keeps_that_of_children_that_ended() -> None:
    before = cpu_seconds([os.getpid()])
    burn = "import time\nwhile time.process_time() < 0.4: pass"
    subprocess.run([sys.executable, "-c", burn], check=True)
    assert cpu_seconds([os.getpid()]) - before >= 0.35


def test_a_tree_holds_a_running_child_and_not_a_stranger() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        found = {one.pid for one in tree([os.getpid()])}
        child.communicate(b"\n")
    assert {os.getpid(), child.pid} <= found
    assert os.getppid() not in found
    assert memory_mb(child.pid) == 0  # it is gone


def test_the_peak_of_memory_is_seen_while_it_lasts() -> None:
    with watched(os.getpid(), every=0.01) as peak:
        held = bytearray(os.urandom(1)) * 60_000_000
        peak.look()
        del held
    assert 40 < peak.growth < 200


@contextmanager
def serving(*answers: bytes) -> Iterator[int]:
    """A server that sends each answer on a connection of its own, byte by byte at first, then closes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for answer in answers:
            connection, _ = listener.accept()
            with closing(connection):
                if connection.recv(65536):
                    connection.sendall(answer[:20])
                    connection.sendall(answer[20:])

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        thread.join(5)
        listener.close()


def test_the_client_reads_a_whole_answer_and_opens_a_closed_connection_again() -> None:
    one = b'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"a": 10}'
    two = b'HTTP/1.1 201 Created\r\nContent-Length: 8\r\nConnection: close\r\n\r\n{"b": 2}'
    with serving(one, two) as port:
        client = Client(port, "token")
        assert client.get("first/") == {"a": 10}
        assert client.post("second/", {"c": 3}, key="k") == {"b": 2}


def test_the_client_refuses_an_answer_that_is_no_success() -> None:
    refusal = b"HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\nno"
    with serving(refusal) as port, pytest.raises(RuntimeError, match="409"):
        Client(port, "token").get("job/")


@pytest.mark.parametrize("name", [*ALONE, *TOGETHER])
def test_every_question_can_be_asked(name: str) -> None:
    module = importlib.import_module(f"benchmarks.{name}")
    assert callable(module.measure)
    assert module.__doc__


def test_an_unknown_question_is_refused_before_anything_starts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["imports"])
    assert "import_labels" in capsys.readouterr().err


def test_the_loop_says_that_it_is_skipped_where_its_photographs_are_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    nothing_started: Any = None
    assert loop.measure(nothing_started, 0, tmp_path) == []
    assert str(tmp_path) in capsys.readouterr().out
