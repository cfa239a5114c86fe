"""Deal and submit: what a verdict costs over HTTP, alone and by eight at once, in a large job.

A budget of processor time has no floor: it is the server's and the database's own, the client's is
not in it. Nothing may be dealt twice, and `verify_counts` must be clean at the end.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from django.db import connection

from benchmarks import data
from benchmarks.client import Client
from benchmarks.figures import Figure, Sense, percentile
from benchmarks.installation import Installation
from benchmarks.processes import cpu_seconds
from labelapp.accounts.models import User
from qa.jobs.models import Job
from qa.verification.verify import differences

SMALL = 10_000
WARM = 40  # batches that open connections and fill caches before anything is measured

_TWICE = """
SELECT count(*) FROM (
    SELECT 1 FROM jobs_assignment a JOIN jobs_batch b ON b.id = a.batch_id
    WHERE a.state IN ('dealt', 'submitted')
    GROUP BY b.id, b.wanted HAVING count(*) > b.wanted OR count(*) > count(DISTINCT a.person_id)
) AS twice
"""


@dataclass
class Round:
    """What some clients saw: milliseconds of each request, verdicts, processor seconds."""

    seconds: float = 0.0
    cpu: float = 0.0
    database_cpu: float = 0.0
    verdicts: int = 0
    claims: list[float] = field(default_factory=list)
    submits: list[float] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu / self.verdicts

    @property
    def rate(self) -> float:
        return self.verdicts / self.seconds

    @property
    def screens(self) -> list[float]:
        return [claim + submit for claim, submit in zip(self.claims, self.submits, strict=True)]


def measure(running: Installation, rows: int) -> list[Figure]:
    large, small = data.job(rows), data.job(min(rows, SMALL))
    one, eight = min(300, rows // 200), min(1600, rows // 50)
    alone = work(running, large.job, data.labelers(1, "alone"), batches=one)
    few = work(running, small.job, data.labelers(1, "few"), batches=one)
    many = work(running, large.job, data.labelers(8, "many"), batches=eight)
    pair = data.job(rows, 2)
    veteran = data.labelers(1, "veteran")
    both = work(running, pair.job, data.labelers(8, "pair"), batches=eight)
    data.give_history(pair.job, veteran[0])
    after = work(running, pair.job, veteran, batches=one)
    return [
        Figure(name=f"start of the job of {large.job.items:,}", value=large.seconds, unit="s"),
        *_of_eight(many, ""),
        *_of_eight(both, ", two reviewers"),
        *_of_one(alone),
        *_compared(alone, few, f"{rows:,} items / {small.job.items:,}"),
        *_with_a_past(after, alone),
        Figure(name="dealt twice", value=_dealt_twice(), unit="batches", limit=0),
        Figure(name="counts out of step", value=len(differences()), unit="rows", limit=0),
    ]


def _of_one(alone: Round) -> list[Figure]:
    screen = percentile(alone.screens, 0.5)
    return [
        Figure(
            name="verdicts, 1 client", value=alone.rate, unit="/s", limit=562, sense=Sense.AT_LEAST
        ),
        Figure(name="processor time, 1 client", value=alone.cpu_ms, unit="ms", limit=0.8, aim=0.3),
        Figure(name="one screen (claim + submit), p50", value=screen, unit="ms", limit=40, aim=15),
    ]


def _compared(alone: Round, few: Round, what: str) -> list[Figure]:
    ratio = alone.cpu_ms / few.cpu_ms
    return [Figure(name=f"processor time, {what}", value=ratio, unit="x", limit=1.5)]


def _with_a_past(after: Round, before: Round) -> list[Figure]:
    """Claims of somebody who has had half of all batches, against those of a newcomer."""
    ratio = percentile(after.claims, 0.5) / percentile(before.claims, 0.5)
    late = percentile(after.claims, 0.95)
    return [
        Figure(name="claim p50, half of all behind one / none", value=ratio, unit="x", limit=1.5),
        Figure(name="claim p95, half of all behind one", value=late, unit="ms", limit=60),
    ]


def _of_eight(eight: Round, what: str) -> list[Figure]:
    return [
        Figure(name=f"processor time{what}", value=eight.cpu_ms, unit="ms", limit=0.8, aim=0.3),
        Figure(
            name=f"of it the database's{what}", value=eight.database_cpu / eight.cpu, unit="of 1"
        ),
        Figure(
            name=f"verdicts, 8 clients{what}",
            value=eight.rate,
            unit="/s",
            limit=1500,
            aim=4000,
            sense=Sense.AT_LEAST,
        ),
        Figure(name=f"claim p50{what}", value=percentile(eight.claims, 0.5), unit="ms"),
        Figure(name=f"claim p95{what}", value=percentile(eight.claims, 0.95), unit="ms", limit=60),
        Figure(name=f"submit p50{what}", value=percentile(eight.submits, 0.5), unit="ms"),
        Figure(
            name=f"submit p95{what}", value=percentile(eight.submits, 0.95), unit="ms", limit=80
        ),
    ]


def work(running: Installation, job: Job, people: Sequence[User], *, batches: int) -> Round:
    """Have people review `batches` batches together, each on a connection, after some to warm up."""
    clients = [Client(running.web_port, data.token_of(person)) for person in people]
    _together(clients, job, WARM)
    roots = (running.web_pid, running.database_pid)
    before, began = [cpu_seconds([root]) for root in roots], time.perf_counter()
    done = _together(clients, job, batches)
    done.seconds = time.perf_counter() - began
    web, database = (cpu_seconds([root]) - was for root, was in zip(roots, before, strict=True))
    done.cpu, done.database_cpu = web + database, database
    for client in clients:
        client.close()
    return done


def _together(clients: Sequence[Client], job: Job, batches: int) -> Round:
    """Review until `batches` are done; one Round of all of them."""
    left, lock, faults = count(1), threading.Lock(), []
    total = Round()

    def review(client: Client) -> None:
        mine = Round()
        try:
            while next(left) <= batches:
                _one_batch(client, job, mine)
        except (RuntimeError, OSError) as error:
            faults.append(error)
        with lock:
            total.verdicts += mine.verdicts
            total.claims += mine.claims
            total.submits += mine.submits

    threads = [threading.Thread(target=review, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return total


def _one_batch(client: Client, job: Job, seen: Round) -> None:
    began = time.perf_counter()
    dealt = client.post(f"jobs/{job.pk}/claim/", {"holding": []})["assignment"]
    claimed = time.perf_counter()
    if dealt is None:
        raise RuntimeError("the job has too few items for this measurement")
    verdicts = {
        item["id"]: "disconfirm" if item["position"] % 10 == 0 else "confirm"
        for item in dealt["items"]
    }
    path, body = f"assignments/{dealt['id']}/submit/", {"verdicts": verdicts, "active_ms": 20_000}
    sending = time.perf_counter()
    client.post(path, body, key=str(uuid.uuid4()))
    seen.submits.append(1000 * (time.perf_counter() - sending))
    seen.claims.append(1000 * (claimed - began))
    seen.verdicts += len(verdicts)


def _dealt_twice() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_TWICE)
        return int(cursor.fetchone()[0])
