"""Export: all rows of a job as CSV over HTTP and by a worker, against COPY TO of the same query."""

from __future__ import annotations

import os
import time
import urllib.request
from typing import Any

from django.db import connection

from benchmarks import data
from benchmarks.figures import Figure
from benchmarks.installation import Installation
from benchmarks.processes import tree, watched
from qa.exports.copying import snapshot
from qa.exports.rows import Rows
from qa.exports.services import request_export, write_export
from qa.jobs.models import Job

FLAT_MB = 150.0


class _Nowhere:
    """Takes bytes and counts them."""

    def __init__(self) -> None:
        self.size = 0

    def write(self, part: bytes, /) -> None:
        self.size += len(part)


def measure(running: Installation, rows: int) -> list[Figure]:
    job = data.job(rows).job
    wanted = Rows(dataset=job.dataset_id, job=job.pk)
    floor = _floor(wanted)
    with watched(*(one.pid for one in tree([running.web_pid]))) as web:
        streamed = _streamed(running, job)
    with watched(os.getpid()) as worker:
        began = time.perf_counter()
        export = request_export(person=data.admin(), rows=wanted, file_format="csv", guard=True)
        write_export(export.pk)
        written = time.perf_counter() - began
    export.refresh_from_db()
    if export.rows != job.items:
        raise RuntimeError(f"{export.rows} of {job.items} rows were exported: {export.message}")
    return [
        Figure(name=f"COPY TO of {job.items:,} rows", value=floor, unit="s"),
        Figure(name="streamed / COPY TO", value=streamed / floor, unit="x", limit=4, aim=2),
        Figure(name="memory grown, web", value=web.growth, unit="MB", limit=FLAT_MB),
        Figure(
            name="by a worker, with manifest / COPY TO",
            value=written / floor,
            unit="x",
            limit=4,
            aim=2,
        ),
        Figure(name="memory grown, worker", value=worker.growth, unit="MB", limit=FLAT_MB),
    ]


def _floor(wanted: Rows) -> float:
    statement = f"COPY ({wanted.ordered()}) TO STDOUT WITH (FORMAT csv, HEADER)"
    print(f"  floor: {' '.join(statement.split())}")
    connection.ensure_connection()
    times = []
    for _ in range(2):  # the first one warms the cache for all of them
        began = time.perf_counter()
        with snapshot() as view:
            view.copy(statement, wanted.parameters(), _Nowhere())
        times.append(time.perf_counter() - began)
    return min(times)


def _streamed(running: Installation, job: Job) -> float:
    request = urllib.request.Request(
        f"http://127.0.0.1:{running.web_port}/api/v1/exports/labels/?job={job.pk}&format=csv",
        headers={"Authorization": f"Bearer {data.token_of(data.admin())}"},
    )
    began = time.perf_counter()
    lines = 0
    with urllib.request.urlopen(request, timeout=600) as answer:
        body: Any = answer
        while part := body.read(1 << 16):
            lines += part.count(b"\n")
    if lines != job.items + 1:
        raise RuntimeError(f"{lines - 1} of {job.items} rows came")
    return time.perf_counter() - began
