"""People review while one program after another is killed: nothing acknowledged is lost or doubled."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import threading
import time
import uuid
from typing import Any

import pytest

from tests.local.installation import AGAIN, START, Installation

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

REVIEWERS = ("ann", "bob")
PREPARE = """
from labelapp.accounts.roles import Role
from tests.builders import make_running_job, make_team, make_user
team = make_team("Divers")
for name in {names}:
    make_user(name, Role.LABELER, [team])
print(make_running_job(1500, batch_size=1, reviewers_per_item=2, team=team).pk)
"""
STORED = """
import json
from qa.verification.models import Verdict
rows = Verdict.objects.values_list("person__username", "item_id", "value")
print(json.dumps([[name, str(item), value] for name, item, value in rows]))
"""


class Reviewer(threading.Thread):
    """A client as ours is: what was not acknowledged is sent again under the same key."""

    def __init__(self, labelapp: Installation, name: str, job: str) -> None:
        super().__init__(name=name)
        self.labelapp, self.job = labelapp, job
        self.token = labelapp.command("manage.py", "api_token", name).stdout.strip()
        self.acknowledged: dict[str, str] = {}
        self.failures = 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            answer = self.insist(f"jobs/{self.job}/claim/", {}, "")
            assignment = answer["assignment"]
            if assignment is None:
                return
            verdicts = {
                item["id"]: random.choice(["confirm", "disconfirm"]) for item in assignment["items"]
            }
            path = f"assignments/{assignment['id']}/submit/"
            self.insist(path, {"verdicts": verdicts}, str(uuid.uuid4()))
            self.acknowledged.update(verdicts)
            time.sleep(0.02)

    def insist(self, path: str, body: dict[str, Any], key: str) -> dict[str, Any]:
        """Sends until it is answered 200; only what a crash may cause is tried again."""
        while True:
            status, answer = self.post(path, body, key)
            if status == 200:
                return answer
            assert status in {0, 500, 502, 503}, answer
            self.failures += 1
            time.sleep(0.1)

    def post(self, path: str, body: dict[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", self.labelapp.port, timeout=20)
        try:
            if key:
                headers["Idempotency-Key"] = key
            connection.request("POST", f"/api/v1/{path}", json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            return 0, {}
        finally:
            connection.close()


def kill_and_wait(labelapp: Installation, name: str, reviewers: list[Reviewer]) -> None:
    former = labelapp.pid(name)
    assert former is not None
    os.kill(former, signal.SIGKILL)
    labelapp.wait_for(lambda: labelapp.pid(name) not in {former, None}, AGAIN)
    labelapp.wait_for(labelapp.is_ready, AGAIN)
    before = [len(one.acknowledged) for one in reviewers]
    labelapp.wait_for(
        lambda: all(len(r.acknowledged) > n for r, n in zip(reviewers, before, strict=True)), AGAIN
    )


def test_no_acknowledged_submit_is_lost_or_doubled(labelapp: Installation) -> None:
    job = labelapp.command("manage.py", "shell", "-c", PREPARE.format(names=REVIEWERS))
    assert job.returncode == 0, job.stderr
    reviewers = [Reviewer(labelapp, name, job.stdout.split()[-1]) for name in REVIEWERS]
    for one in reviewers:
        one.start()
    try:
        for name in ("web", "postgres", "valkey", "worker-cpu", "beat", "postgres"):
            kill_and_wait(labelapp, name, reviewers)
    finally:
        for one in reviewers:
            one.over.set()
        for one in reviewers:
            one.join(START)
    assert not any(one.is_alive() for one in reviewers)
    assert sum(one.failures for one in reviewers) > 0, "the kills were not felt"
    stored = json.loads(
        labelapp.command("manage.py", "shell", "-c", STORED).stdout.splitlines()[-1]
    )
    sent = [[r.name, item, value] for r in reviewers for item, value in r.acknowledged.items()]
    assert len(sent) >= 12  # each kill was survived by a submit of each reviewer
    assert sorted(stored) == sorted(sent)
    proved = labelapp.command("manage.py", "verify_counts")
    assert proved.returncode == 0, proved.stdout
