"""A labelapp of the test's own: real processes on its own folder and port."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from labelapp.local.folder import ROOT
from labelapp.local.spawn import born, free_port, kill_group

START = 60.0
AGAIN = 15.0  # seconds from a kill to ready again


class Installation:
    """`make run` without make, on a folder under /tmp that PostgreSQL's user can reach."""

    def __init__(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="labelapp-run-", dir="/tmp"))
        self.place.chmod(0o711)
        self.data = self.place / "data"
        self.port = free_port()
        self.output = self.place / "output.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def environment(self, **more: str) -> dict[str, str]:
        foreign = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DATA_DIR", "PORT", "HOST"}
        own = {"DATA_DIR": str(self.data), "PORT": str(self.port), "DEMO": "0", "RATE_LIMITS": "0"}
        return {**{k: v for k, v in os.environ.items() if k not in foreign}, **own, **more}

    def start(self) -> None:
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "labelapp.local"],
                cwd=ROOT,
                env=self.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait_for(lambda: "Stop      Ctrl-C" in self.said(), START)

    def command(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def stop(self) -> int:
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def kill(self) -> None:
        """What `kill -9` of `make run` does: nobody is left to clean up."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def remove(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.stop()
        for one in self.children():
            if born(one["pid"]) == one["born"]:
                kill_group(one["pid"])
        shutil.rmtree(self.place, ignore_errors=True)

    def said(self) -> str:
        return self.output.read_text()

    def children(self) -> list[dict[str, Any]]:
        records = self.data / "run" / "children.json"
        found: list[dict[str, Any]] = json.loads(records.read_text()) if records.exists() else []
        return found

    def pid(self, name: str) -> int | None:
        return next((int(one["pid"]) for one in self.children() if one["name"] == name), None)

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        """Status and JSON; (0, {}) when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            return 0, {}
        finally:
            connection.close()

    def is_ready(self) -> bool:
        return self.get("/readyz")[0] == 200

    def wait_for(self, happened: Callable[[], bool], seconds: float) -> float:
        """Waits until it happened; returns how long that took. Fails when time is up."""
        began = time.monotonic()
        while not happened():
            passed = time.monotonic() - began
            ended = self.process is not None and self.process.poll() is not None
            if ended or passed > seconds:
                raise AssertionError(f"did not happen in {passed:.1f} s; output:\n{self.said()}")
            time.sleep(0.05)
        return time.monotonic() - began
