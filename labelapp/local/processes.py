"""The supervisor: starts programs, keeps their output, starts again what died, stops all in order.

One thread and one loop, so that forking is safe and nothing races. Nothing here knows Django.
"""

from __future__ import annotations

import json
import logging
import os
import selectors
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

from labelapp.local.errors import StartError
from labelapp.local.folder import write_private
from labelapp.local.spawn import Identity, born, kill_group, spawn

_LOG_BYTES = 10_000_000
_LOG_FILES = 5
_FIRST_DELAY, _LONGEST_DELAY = 0.5, 5.0
_STEADY_AFTER = 20.0  # seconds a program must live for its next death to count as a first one
_TICK = 0.1


class StopAsked(Exception):
    """Somebody asked to stop while the start was still going on."""


def say(text: str) -> None:
    """Tells the person at the terminal; without a terminal we go on all the same."""
    try:
        print(text, flush=True)
    except OSError:
        return


@dataclass(frozen=True)
class Program:
    """One program to keep running.

    Attributes:
        stage: programs of the highest stage are stopped first, all of one stage together.
        before: made ready by this before each start; a StartError it raises is told and retried.
        patience: seconds it gets to stop by itself.
    """

    name: str
    command: Callable[[], Sequence[str]]
    stage: int
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | str = "/"
    identity: Identity | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    before: Callable[[], None] | None = None
    patience: float = 10.0


@dataclass
class Child:
    """A program with the process that runs it at the moment."""

    program: Program
    log: RotatingFileHandler
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    due: float = 0.0
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=15))
    unfinished: bytes = b""

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Runs programs until it is told to stop."""

    def __init__(self, *, logs: Path, records: Path) -> None:
        """Keeps output in `logs`, a file a program, and in `records` what runs, for `end_former`."""
        self._logs = logs
        self._records = records
        self._children: list[Child] = []
        self._selector = selectors.DefaultSelector()
        self._parent = os.getppid()
        self.stopping = False

    def start(self, program: Program) -> Child:
        """Starts a program for the first time; raises StartError when that cannot be."""
        log = RotatingFileHandler(
            self._logs / f"{program.name}.log", maxBytes=_LOG_BYTES, backupCount=_LOG_FILES
        )
        child = Child(program, log)
        self._children.append(child)
        self._launch(child)
        return child

    def wait_until(
        self, ready: Callable[[], bool], *, seconds: float, what: str, watched: Sequence[Child]
    ) -> None:
        """Runs the loop until `ready`; StartError when time is up or a watched one keeps dying."""
        end = time.monotonic() + seconds
        while not ready():
            self.tick()
            if self.stopping:
                raise StopAsked
            fallen = next((child for child in watched if child.deaths > 2), None)
            if fallen is not None:
                raise StartError(self._why(f"{fallen.program.name} ends at once", fallen))
            if time.monotonic() > end:
                raise StartError(self._why(what, watched[0]))

    def finish(self, program: Program) -> int:
        """Runs a program to its end, its output on the terminal; returns its exit status."""
        process = spawn(program.command(), env={**os.environ, **program.env}, cwd=program.cwd)
        self._record([*self._running(), (program.name, process.pid)])
        while process.poll() is None:
            self.tick()
            if self.stopping:
                process.terminate()
                process.wait(program.patience)
                raise StopAsked
        self._record(self._running())
        return process.returncode

    def run(self) -> None:
        """Keeps everything running until `stop` is asked for."""
        while not self.stopping:
            self.tick()

    def ask_to_stop(self) -> None:
        self.stopping = True

    def kill_all(self) -> None:
        """Has no patience left. What is in the databases survives that by their design."""
        for child in self._children:
            if child.process is not None:
                kill_group(child.process.pid)

    def tick(self) -> None:
        """One turn: takes output, notices the dead, starts what is due."""
        for key, _ in self._selector.select(_TICK):
            self._take_output(key.data)
        now = time.monotonic()
        for child in self._children:
            if child.process is not None and child.process.poll() is not None:
                self._bury(child, now)
            elif child.process is None and now >= child.due and not self.stopping:
                self._launch_again(child)
        if os.getppid() != self._parent:
            # `make` itself was killed: a server nobody can stop with Ctrl-C must not stay.
            self.stopping = True

    def stop(self) -> None:
        """Stops everything, stage by stage."""
        self.stopping = True
        try:
            for stage in sorted({child.program.stage for child in self._children}, reverse=True):
                self._stop_stage([c for c in self._children if c.program.stage == stage])
        finally:
            self.kill_all()
            for child in self._children:
                child.log.close()
            self._records.unlink(missing_ok=True)

    def _stop_stage(self, children: Sequence[Child]) -> None:
        for child in children:
            if child.alive and child.process is not None:
                child.process.send_signal(child.program.stop_signal)
        end = time.monotonic() + max(child.program.patience for child in children)
        while any(child.alive for child in children) and time.monotonic() < end:
            for key, _ in self._selector.select(_TICK):
                self._take_output(key.data)
        for child in children:
            if child.process is not None:
                kill_group(child.process.pid)
                child.process.wait()

    def _launch(self, child: Child) -> None:
        program = child.program
        if program.before is not None:
            program.before()
        child.process = spawn(
            program.command(),
            env={**os.environ, **program.env},
            cwd=program.cwd,
            identity=program.identity,
            death_signal=program.stop_signal,
            output=subprocess.PIPE,
        )
        if child.process.stdout is None:
            raise AssertionError("a child's output is always a pipe")
        os.set_blocking(child.process.stdout.fileno(), False)
        self._selector.register(child.process.stdout, selectors.EVENT_READ, child)
        child.started = time.monotonic()
        self._record(self._running())

    def _launch_again(self, child: Child) -> None:
        try:
            self._launch(child)
        except (StartError, OSError) as error:
            say(f"{child.program.name} cannot be started again: {error}")
            self._postpone(child, time.monotonic())

    def _bury(self, child: Child, now: float) -> None:
        """Takes leave of a dead process and of what it left running, and sets the next start."""
        process = child.process
        if process is None or process.stdout is None:
            return
        self._take_output(child)
        # Also when an orphan still holds the other end: what it says is no longer of interest.
        self._let_go(process.stdout)
        kill_group(process.pid)
        if now - child.started > _STEADY_AFTER:
            child.deaths = 0
        child.process = None
        delay = self._postpone(child, now)
        if not self.stopping:
            say(f"{child.program.name} {_end_of(process)}; starting it again in {delay:.1f} s")

    def _postpone(self, child: Child, now: float) -> float:
        delay = min(_FIRST_DELAY * float(2**child.deaths), _LONGEST_DELAY)
        child.deaths += 1
        child.due = now + delay
        return delay

    def _take_output(self, child: Child) -> None:
        if child.process is None or child.process.stdout is None or child.process.stdout.closed:
            return
        try:
            part = os.read(child.process.stdout.fileno(), 1 << 20)
        except BlockingIOError:
            return
        if not part:
            self._let_go(child.process.stdout)
            return
        *lines, child.unfinished = (child.unfinished + part).split(b"\n")
        for line in lines:
            self._keep(child, line.decode(errors="replace"))

    def _let_go(self, output: IO[bytes]) -> None:
        if not output.closed:
            self._selector.unregister(output)
            output.close()

    def _keep(self, child: Child, line: str) -> None:
        child.last_lines.append(line)
        child.log.emit(logging.makeLogRecord({"msg": line}))

    def _running(self) -> list[tuple[str, int]]:
        return [(c.program.name, c.process.pid) for c in self._children if c.process is not None]

    def _record(self, running: Sequence[tuple[str, int]]) -> None:
        known = [{"name": name, "pid": pid, "born": born(pid)} for name, pid in running]
        write_private(self._records, json.dumps(known))

    def _why(self, what: str, child: Child) -> str:
        said = "\n".join(f"    {line}" for line in child.last_lines) or "    (nothing)"
        return f"{what}. The last lines of {child.log.baseFilename}:\n{said}"


def end_former(records: Path, *, patience: float = 5.0) -> list[str]:
    """Ends what a former supervisor that was killed left running; returns the names.

    A process is only touched when it was born at the recorded moment: numbers are used again.
    """
    if not records.exists():
        return []
    former = [one for one in json.loads(records.read_text()) if born(one["pid"]) == one["born"]]
    for one in former:
        os.kill(one["pid"], signal.SIGTERM if one["name"] != "postgres" else signal.SIGINT)
    end = time.monotonic() + patience
    while time.monotonic() < end and any(born(one["pid"]) == one["born"] for one in former):
        time.sleep(0.05)
    for one in former:
        if born(one["pid"]) == one["born"]:
            kill_group(one["pid"])
    records.unlink(missing_ok=True)
    return [one["name"] for one in former]


def _end_of(process: subprocess.Popen[bytes]) -> str:
    status = process.returncode
    if status < 0:
        return f"was killed (signal {-status})"
    return f"ended by itself (exit status {status})"
