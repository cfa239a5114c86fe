"""Start: `make run` from an empty data folder to ready, again, and the memory of the idle stack."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.processes import memory_mb, tree
from labelapp.local.folder import ROOT
from labelapp.local.spawn import free_port

_PATIENCE = 300.0
_IDLE = 10.0


def measure() -> list[Figure]:
    place = Path(tempfile.mkdtemp(prefix="labelapp-bench-start-", dir="/var/tmp"))
    place.chmod(0o711)
    try:
        first, _ = _start(place)
        second, memory = _start(place)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return [
        Figure(name="first start, demo included", value=first, unit="s", limit=40, aim=20),
        Figure(name="second start", value=second, unit="s", limit=10, aim=5),
        Figure(name="memory of the idle stack (PSS)", value=memory, unit="MB", limit=1000, aim=700),
    ]


def _start(place: Path) -> tuple[float, float]:
    """Seconds until ready, and the memory in MB a while after; everything is stopped again."""
    port = free_port()
    env = {**os.environ, "DATA_DIR": str(place / "data"), "PORT": str(port)}
    for name in ("DATABASE_URL", "REDIS_URL"):
        env.pop(name, None)
    with (place / "output").open("wb") as output:
        began = time.perf_counter()
        child = subprocess.Popen(
            ["make", "run"], cwd=ROOT, env=env, stdout=output, stderr=output, start_new_session=True
        )
        try:
            while not _is_ready(port):
                if child.poll() is not None or time.perf_counter() - began > _PATIENCE:
                    raise RuntimeError((place / "output").read_text())
                time.sleep(0.05)
            seconds = time.perf_counter() - began
            time.sleep(_IDLE)
            memory = sum(memory_mb(one.pid, "Pss") for one in tree([child.pid]))
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGINT)  # as Ctrl-C does
                child.wait(60)
    return seconds, memory


def _is_ready(port: int) -> bool:
    with suppress(OSError):
        address = f"http://127.0.0.1:{port}/readyz"
        return bool(urllib.request.urlopen(address, timeout=5).status == 200)
    return False
