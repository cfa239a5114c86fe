"""Which programs labelapp consists of, and the commands that start them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

from labelapp.local.folder import ROOT, DataFolder
from labelapp.local.postgres import STOP as POSTGRES_STOP
from labelapp.local.postgres import Cluster
from labelapp.local.processes import Program
from labelapp.local.valkey import STOP as VALKEY_STOP
from labelapp.local.valkey import Broker

# Stopped from the highest to the lowest.
_WEB, _WORKERS, _BEAT, _BROKER, _DATABASE = 5, 4, 3, 2, 1


def database(cluster: Cluster) -> Program:
    return Program(
        name="postgres",
        command=cluster.command,
        stage=_DATABASE,
        identity=cluster.identity,
        stop_signal=POSTGRES_STOP,
        before=cluster.prepare,
        patience=30,
    )


def broker(server: Broker) -> Program:
    return Program(
        name="valkey",
        command=server.command,
        stage=_BROKER,
        stop_signal=VALKEY_STOP,
        before=server.prepare,
    )


def prepare() -> Program:
    return _python("prepare", "-m", "labelapp.local.prepare", stage=_WEB)


def web() -> Program:
    arguments = ["-m", "gunicorn", "-c", "python:labelapp.local.web", "labelapp.wsgi"]
    return _python("web", *arguments, stage=_WEB)


def beat(folder: DataFolder) -> Program:
    schedule = str(folder.run / "beat-schedule")
    arguments = ["-m", "celery", "-A", "labelapp", "beat", "-s", schedule, "--pidfile="]
    return _python("beat", *arguments, stage=_BEAT)


def workers() -> Iterator[Program]:
    """One worker for masks, one for each GPU, one for the rest.

    Threads everywhere: onnxruntime and Pillow work without the GIL, and CUDA must not be forked.
    """
    gpus = gpu_count()
    cpu_queues = os.environ.get("WORKER_CPU_QUEUES") or ("cpu" if gpus else "cpu,gpu")
    yield _worker("interactive", queues="interactive", threads=1)
    yield _worker("cpu", queues=cpu_queues, threads=2)
    for number in range(gpus):
        name = "gpu" if gpus == 1 else f"gpu{number}"
        yield _worker(name, queues="gpu", threads=1, env={"CUDA_VISIBLE_DEVICES": str(number)})


def gpu_count() -> int:
    """How many NVIDIA GPUs the driver lists."""
    try:
        answer = subprocess.run(
            ["nvidia-smi", "-L"], capture_output=True, text=True, check=False, timeout=20
        )
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return 0
    listed = answer.stdout.splitlines() if answer.returncode == 0 else []
    return sum(line.startswith("GPU ") for line in listed)


def _worker(name: str, *, queues: str, threads: int, env: dict[str, str] | None = None) -> Program:
    arguments = ["-m", "celery", "-A", "labelapp", "worker", "-Q", queues, "-n", f"{name}@%h"]
    arguments += ["-P", "threads", "-c", str(threads), "--without-gossip", "--without-mingle"]
    return _python(f"worker-{name}", *arguments, stage=_WORKERS, env=env)


def _python(name: str, *arguments: str, stage: int, env: dict[str, str] | None = None) -> Program:
    return Program(
        name=name,
        command=lambda: [sys.executable, *arguments],
        stage=stage,
        env=env or {},
        cwd=ROOT,
    )
