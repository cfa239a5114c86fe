"""Processor time and memory of process trees, from /proc (Linux)."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_TICK = 1 / os.sysconf("SC_CLK_TCK")


class Process(NamedTuple):
    """Seconds are its own and those of children it has outlived."""

    pid: int
    parent: int
    seconds: float


def tree(roots: Iterable[int]) -> list[Process]:
    """The processes and all that descend from them."""
    running = [one for path in Path("/proc").glob("[0-9]*") if (one := _read(int(path.name)))]
    wanted = set(roots)
    found: list[Process] = []
    while new := [one for one in running if one.pid in wanted and one not in found]:
        found += new
        wanted |= {one.pid for one in running if one.parent in wanted}
    return found


def cpu_seconds(roots: Iterable[int]) -> float:
    """Processor time that these trees have used so far."""
    return sum(one.seconds for one in tree(roots))


def memory_mb(pid: int, field: str = "Rss") -> float:
    """Resident (`Rss`) or proportional (`Pss`, shared pages divided) memory of one process."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    sizes = [int(line.split()[1]) for line in text.splitlines() if line.startswith(f"{field}:")]
    return sum(sizes) / 1024


class Peak:
    """The highest memory seen of some processes together, in MB, and what it was at first."""

    def __init__(self, pids: Sequence[int]) -> None:
        self._pids = pids
        self.first = self.highest = self._now()

    def look(self) -> None:
        self.highest = max(self.highest, self._now())

    @property
    def growth(self) -> float:
        return self.highest - self.first

    def _now(self) -> float:
        return sum(memory_mb(pid) for pid in self._pids)


@contextmanager
def watched(*pids: int, every: float = 0.2) -> Iterator[Peak]:
    """Sample the memory of these processes (not of their children) while the body runs."""
    peak, stop = Peak(pids), threading.Event()

    def sample() -> None:
        while not stop.wait(every):
            peak.look()

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()


def _read(pid: int) -> Process | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    ticks = sum(int(one) for one in fields[11:15])
    return Process(pid, int(fields[1]), ticks * _TICK)
