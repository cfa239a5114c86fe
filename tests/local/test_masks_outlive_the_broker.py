"""The broker is killed while masks are waited for: the supervisor starts it again, and all are drawn."""

from __future__ import annotations

import json
import os
import signal
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.local.installation import AGAIN, Installation

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

MANY = 50
PREPARE = """
from labelapp.accounts.roles import Role
from tests.api.outlining import photo
from tests.builders import make_dataset, make_user
from tests.workers import drawn
make_user("mira", Role.ADMIN)
drawn.watch()
print(photo(make_dataset(), 400, 600).pk)
"""
DRAWN = """
import json
from tests.workers import drawn
print(json.dumps({str(pk): often for pk, often in drawn.counted().items()}))
"""


class Client:
    def __init__(self, labelapp: Installation, token: str) -> None:
        self.root = f"http://127.0.0.1:{labelapp.port}"
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def send(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """GET, or POST with a body."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.root + path, data, self.headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            found: dict[str, Any] = json.loads(answer.read())
        return found


def ask(client: Client, image: str, number: int) -> str:
    points = [[300, 45 + number / 10], [100, 200], [300, 355], [500, 200]]
    body = {"image": image, "segmenter": "grabcut", "extreme_points": points}
    return str(client.send("/api/v1/mask-requests/", body)["url"])


def kill(labelapp: Installation, name: str) -> None:
    former = labelapp.pid(name)
    assert former is not None
    os.kill(former, signal.SIGKILL)
    labelapp.wait_for(lambda: labelapp.pid(name) not in {former, None}, AGAIN)


def test_fifty_masks_outlive_the_broker_and_none_is_drawn_twice(labelapp: Installation) -> None:
    made = labelapp.command("manage.py", "shell", "-c", PREPARE)
    assert made.returncode == 0, made.stderr
    image = made.stdout.split()[-1]
    client = Client(labelapp, labelapp.command("manage.py", "api_token", "mira").stdout.strip())
    worker = labelapp.pid("worker-interactive")
    assert worker is not None
    os.kill(worker, signal.SIGSTOP)
    with ThreadPoolExecutor(8) as pool:
        urls = list(pool.map(lambda number: ask(client, image, number), range(MANY)))
    kill(labelapp, "valkey")
    os.kill(worker, signal.SIGCONT)

    def done() -> int:
        return [client.send(url)["state"] for url in urls].count("done")

    labelapp.wait_for(lambda: done() > 0, 60)
    assert done() < MANY
    kill(labelapp, "valkey")
    labelapp.wait_for(lambda: done() == MANY, 60)
    often = labelapp.command("manage.py", "shell", "-c", DRAWN).stdout.splitlines()[-1]
    assert Counter(json.loads(often)) == Counter(url.rstrip("/").rsplit("/", 1)[-1] for url in urls)
    assert labelapp.pid("worker-interactive") == worker, "it found the broker again by itself"
