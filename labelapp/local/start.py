"""The course of `make run`: servers, database, programs, the block that says where everything is."""

from __future__ import annotations

import http.client
import json
import os
import signal
import time
from collections.abc import Callable
from types import FrameType

from labelapp.local import programs, servers
from labelapp.local.errors import StartError
from labelapp.local.folder import DataFolder, Hold, write_private
from labelapp.local.processes import Child, Supervisor, end_former, say
from labelapp.local.spawn import is_free

_RULE = "-" * 78


class Start:
    """One run of labelapp on one data folder."""

    def __init__(self, folder: DataFolder, hold: Hold) -> None:
        self.folder = folder
        self.hold = hold
        self.host = os.environ.get("HOST") or "127.0.0.1"
        self.port = _port()
        self.supervisor = Supervisor(logs=folder.logs, records=folder.run / "children.json")
        self.began = time.monotonic()

    def run(self) -> None:
        """Starts everything, says so, and keeps it running; returns when all has stopped."""
        former = end_former(self.folder.run / "children.json")
        if former:
            say(f"Ended what a killed run left behind: {', '.join(former)}.")
        self._refuse_taken_port()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_asked)
        try:
            self._start_servers()
            self._prepare()
            self._start_programs()
            say(self._block())
            self.supervisor.run()
        finally:
            self._end()

    def _start_servers(self) -> None:
        values = {
            "database_url": servers.given("DATABASE_URL"),
            "redis_url": servers.given("REDIS_URL"),
            "secret_key": servers.given("SECRET_KEY") or self.folder.secret_key(),
            "host": self.host,
            "port": self.port,
            "pid": os.getpid(),
            "data_dir": str(self.folder.path),
        }
        broker = None if values["redis_url"] else servers.broker(self.folder)
        if broker is not None:
            running = self.supervisor.start(programs.broker(broker))
            values["redis_url"] = broker.url
        if values["database_url"] is None:
            values["database_url"] = self._start_database()
        if broker is not None:
            self._await(broker.is_ready, "Valkey did not start", running)
        write_private(self.folder.runtime, json.dumps(values, indent=2))

    def _start_database(self) -> str:
        cluster = servers.cluster(self.folder)
        self.database_place = cluster.data
        if not (cluster.data / "PG_VERSION").exists():
            say(f"Making a database in {cluster.data} ...")
        server = self.supervisor.start(programs.database(cluster))
        self._await(cluster.is_ready, "PostgreSQL did not start", server, seconds=120)
        cluster.ensure_database()
        return cluster.url

    def _prepare(self) -> None:
        status = self.supervisor.finish(programs.prepare())
        if status != 0:
            raise StartError("The database could not be made ready; the lines above say why.")

    def _start_programs(self) -> None:
        wanted = [programs.web(), *programs.workers(), programs.beat(self.folder)]
        running = [self.supervisor.start(program) for program in wanted]
        self._await(self._answers, "The web server did not get ready", *running, seconds=120)

    def _await(
        self, ready: Callable[[], bool], complaint: str, *children: Child, seconds: float = 60
    ) -> None:
        self.supervisor.wait_until(ready, seconds=seconds, what=complaint, watched=children)

    def _answers(self) -> bool:
        """Whether `GET /readyz` says that requests will be served."""
        connection = http.client.HTTPConnection(_reach(self.host), self.port, timeout=5)
        try:
            connection.request("GET", "/readyz", headers={"Host": f"127.0.0.1:{self.port}"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _block(self) -> str:
        """Address, accounts, place and how to stop: all that a person needs now."""
        lines = [_RULE, f"labelapp is ready:  {self._address()}", ""]
        accounts = self.folder.accounts
        if accounts.exists():
            known = [x for x in accounts.read_text().splitlines() if x and not x.startswith("#")]
            lines += [f"{'Accounts' if n == 0 else '':<10}{x}" for n, x in enumerate(known)]
            lines += [f"{'':<10}(first passwords, also in {accounts}, until changed)"]
        lines.append(f"{'Data':<10}{self.folder.path}")
        if self._database_elsewhere():
            lines.append(f"{'Database':<10}{self.database_place}")
            lines.append(f"{'':<10}(it runs as another user, who cannot enter the data folder)")
        lines.append(f"{'Logs':<10}{self.folder.logs}")
        lines.append(f"{'Stop':<10}Ctrl-C")
        lines.append(f"{'':<10}(started in {time.monotonic() - self.began:.1f} s)")
        return "\n".join([*lines, _RULE])

    def _address(self) -> str:
        host = _reach(self.host)
        return f"http://[{host}]:{self.port}/" if ":" in host else f"http://{host}:{self.port}/"

    def _database_elsewhere(self) -> bool:
        place = getattr(self, "database_place", None)
        return place is not None and self.folder.path not in place.parents

    def _refuse_taken_port(self) -> None:
        end = time.monotonic() + 3  # a former run's web server may be letting go of it
        while not is_free(self.port, self.host):
            if time.monotonic() > end:
                raise StartError(
                    f"Port {self.port} on {self.host} is taken by another program. Choose another"
                    f" one: make run PORT={self.port + 1}"
                )
            time.sleep(0.1)

    def _stop_asked(self, _number: int, _frame: FrameType | None) -> None:
        if self.supervisor.stopping:
            self.supervisor.kill_all()
        self.supervisor.ask_to_stop()

    def _end(self) -> None:
        self.hold.write(stopping=True)
        say("Stopping ...")
        self.supervisor.stop()
        self.folder.runtime.unlink(missing_ok=True)
        say("Stopped.")


def _port() -> int:
    raw = os.environ.get("PORT") or "8000"
    if not raw.isdigit() or not 0 < int(raw) < 65536:
        raise StartError(f"PORT={raw!r}: use a number from 1 to 65535.")
    return int(raw)


def _reach(host: str) -> str:
    """Where this machine itself reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not bound)
