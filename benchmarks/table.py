"""Table and walk of a large job through the API, with edges anywhere on the grid."""

from __future__ import annotations

import random
import time

from benchmarks import data
from benchmarks.client import Client
from benchmarks.figures import Figure, percentile
from benchmarks.installation import Installation
from benchmarks.processes import cpu_seconds

WARM, ASKED = 5, 40


def measure(running: Installation, rows: int) -> list[Figure]:
    job = data.job(rows).job
    client = Client(running.web_port, data.token_of(data.admin()))
    draw, roots = random.Random(7), (running.web_pid, running.database_pid)
    figures = []
    for name, path in (("table", "table/?"), ("walk", "thresholds/?method=walk&error_ratio=1:10&")):
        times, cpu = [], 0.0
        for number in range(WARM + ASKED):
            if number == WARM:
                cpu = cpu_seconds(roots)
            edges = ",".join(f"{edge / 1000:.3f}" for edge in _edges(draw))
            began = time.perf_counter()
            client.get(f"jobs/{job.pk}/{path}edges={edges}")
            if number >= WARM:
                times.append(1000 * (time.perf_counter() - began))
        cpu = cpu_seconds(roots) - cpu
        what, middle = f"{name} of {job.items:,} items", percentile(times, 0.5)
        figures += [
            Figure(name=f"{what}, p50", value=middle, unit="ms", limit=50, aim=15),
            Figure(name=f"{what}, p95", value=percentile(times, 0.95), unit="ms"),
            Figure(name="processor time of each", value=1000 * cpu / ASKED, unit="ms"),
        ]
    return figures


def _edges(draw: random.Random) -> list[int]:
    """Three to eight edges in whole thousandths, in order."""
    return sorted(draw.sample(range(1001), draw.randint(3, 8)))
