"""The stream of a COPY: complete or broken off, and never a connection left behind."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from psycopg2 import DataError

from qa.exports.copying import Download, snapshot
from tests.builders import make_team

pytestmark = pytest.mark.django_db(transaction=True)

NUMBERS = "(SELECT generate_series(1, %(rows)s) AS n) AS numbers"
MANY = f"COPY (SELECT n, repeat('x', 100) FROM {NUMBERS}) TO STDOUT"
# Breaks at its last row, long after the first bytes are out.
BREAKS = f"COPY (SELECT 1 / (%(rows)s - n), repeat('x', 100) FROM {NUMBERS}) TO STDOUT"


def others() -> int:
    """How many connections there are beside this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        ((number,),) = cursor.fetchall()
    return int(number)


def soon(true: Callable[[], bool]) -> bool:
    """A closed connection's process takes a moment to leave."""
    end = time.monotonic() + 10
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


@pytest.fixture
def _nothing_left() -> Iterator[None]:
    """No connection, thread or file is left of a download when the test is over."""
    assert soon(lambda: others() == 0)
    threads, files = threading.active_count(), open_files()
    yield
    assert soon(lambda: others() == 0)
    assert threading.active_count() == threads
    assert open_files() == files


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.usefixtures("_nothing_left")
def test_it_sends_everything_in_order() -> None:
    with closing(Download(MANY, {"rows": 50_000})) as download:
        assert others() == 1
        lines = b"".join(download).decode().splitlines()
    assert [int(line.split("\t")[0]) for line in lines] == list(range(1, 50_001))


@pytest.mark.usefixtures("_nothing_left")
def test_a_reader_who_leaves_early_ends_the_copy() -> None:
    with closing(Download(MANY, {"rows": 500_000_000})) as download:
        assert next(download).startswith(b"1\t")
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert list(download) == []


@pytest.mark.usefixtures("_nothing_left")
def test_one_that_is_never_read_can_be_closed_and_closed_again() -> None:
    download = Download(MANY, {"rows": 500_000_000})
    download.close()
    download.close()


@pytest.mark.usefixtures("_nothing_left")
def test_what_is_wrong_from_the_start_raises_before_anything_is_sent() -> None:
    with pytest.raises(DataError, match="division by zero"):
        Download(BREAKS, {"rows": 1})


@pytest.mark.usefixtures("_nothing_left")
def test_what_breaks_in_the_middle_does_not_end_as_if_it_were_complete() -> None:
    with (
        closing(Download(BREAKS, {"rows": 50_000})) as download,
        pytest.raises(DataError, match="division by zero"),
    ):
        list(download)


def test_a_snapshot_does_not_see_what_comes_later() -> None:
    count = "SELECT count(*) FROM accounts_team"
    with snapshot() as view:
        assert view.fetch(count, {}) == [(0,)]
        make_team()
        assert view.fetch(count, {}) == [(0,)]
    with snapshot() as view:
        assert view.fetch(count, {}) == [(1,)]
