"""PostgreSQL writes, we pass on: `COPY ... TO STDOUT` on a connection of its own.

A download may last as long as its reader likes, and a written file must rest on one state of the
database; both want a connection that nobody else uses and that can be thrown away at any moment.
"""

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any, Protocol, Self

from django.db import connection

CHUNK = 1 << 16
AT_ONCE = 100  # rows that a cursor fetches together
_CURSORS = count()


class Sink(Protocol):
    """Takes what COPY writes, a row at a time."""

    def write(self, data: bytes, /) -> object: ...


@contextmanager
def snapshot() -> Iterator["Snapshot"]:
    """A read-only view of the database as it is now, until the end of the block."""
    own = connection.copy()
    own.connect()
    try:
        raw: Any = own.connection
        raw.set_session(isolation_level="REPEATABLE READ", readonly=True, autocommit=False)
        yield Snapshot(raw)
    finally:
        own.close()


class Snapshot:
    """Queries that all see one and the same state, over a connection of psycopg2's."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def fetch(self, query: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with self._raw.cursor() as cursor:
            cursor.execute(query, parameters)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    def stream(self, query: str, parameters: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of a query one by one, a few in memory at a time."""
        with self._raw.cursor(name=f"rows_{next(_CURSORS)}") as cursor:
            cursor.itersize = AT_ONCE
            cursor.execute(query, parameters)
            yield from cursor

    def copy(self, statement: str, parameters: Mapping[str, Any], sink: Sink) -> int:
        """Let PostgreSQL write into `sink`; how many rows it wrote."""
        with self._raw.cursor() as cursor:
            cursor.copy_expert(cursor.mogrify(statement, parameters), sink)
            return int(cursor.rowcount)

    def cancel(self) -> None:
        """End what is running, from another thread."""
        self._raw.cancel()


class Download:
    """The bytes of a COPY, one chunk after the other, no faster than they are taken.

    The first chunk is there before the constructor returns, so that whatever is wrong with the query
    is an answer of its own and not half a file. `close` may come at any time; what breaks later
    raises from `__next__`, and whoever sends the bytes must not end them as if they were complete.
    """

    def __init__(self, statement: str, parameters: Mapping[str, Any]) -> None:
        with ExitStack() as ends:
            view = ends.enter_context(snapshot())
            worker = ends.enter_context(ThreadPoolExecutor(1, thread_name_prefix="copy"))
            self._source, target = os.pipe()
            self._result = worker.submit(_copy_into, view, statement, parameters, target)
            # Last in, first out: our end of the pipe goes first, so the writer never waits for us.
            ends.callback(lambda: None if self._result.done() else view.cancel())
            ends.callback(os.close, self._source)
            self._chunk = os.read(self._source, CHUNK) or self._end()
            self._ends = ends.pop_all()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        chunk = self._chunk
        if not chunk:
            raise StopIteration
        self._chunk = os.read(self._source, CHUNK) or self._end()
        return chunk

    def _end(self) -> bytes:
        """Nothing more comes: raise what broke the copy, if anything did."""
        self._result.result()
        return b""

    def close(self) -> None:
        """Stop, and give back the connection and the thread."""
        self._chunk = b""
        self._ends.close()


def _copy_into(view: Snapshot, statement: str, parameters: Mapping[str, Any], target: int) -> None:
    with os.fdopen(target, "wb", CHUNK) as sink:
        view.copy(statement, parameters, sink)
