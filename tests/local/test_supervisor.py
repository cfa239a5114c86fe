"""What `make run` promises about its processes, tried with real ones."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from labelapp.local.spawn import born, is_free
from tests.local.installation import AGAIN, START, Installation

pytestmark = pytest.mark.slow


@contextmanager
def load(labelapp: Installation) -> Iterator[None]:
    """Requests that reach the database and the broker, from four clients without a pause."""
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            labelapp.get("/readyz")

    clients = [threading.Thread(target=ask) for _ in range(4)]
    for client in clients:
        client.start()
    try:
        yield
    finally:
        over.set()
        for client in clients:
            client.join()


def web_worker(labelapp: Installation) -> int:
    """One of the processes that gunicorn's master forked."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(labelapp.pid("web"))],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(listed.stdout.split()[0])


@pytest.mark.parametrize(
    "name", ["postgres", "valkey", "web", "worker-interactive", "worker-cpu", "beat"]
)
def test_a_killed_child_is_started_again_under_load(labelapp: Installation, name: str) -> None:
    former = labelapp.pid(name)
    assert former is not None
    with load(labelapp):
        os.kill(former, signal.SIGKILL)
        labelapp.wait_for(lambda: labelapp.pid(name) not in {former, None}, AGAIN)
        labelapp.wait_for(labelapp.is_ready, AGAIN)
    assert f"{name} was killed (signal 9)" in labelapp.said()


def test_a_killed_web_worker_is_replaced_while_others_answer(labelapp: Installation) -> None:
    former = web_worker(labelapp)
    os.kill(former, signal.SIGKILL)
    assert labelapp.wait_for(labelapp.is_ready, AGAIN) < 5
    labelapp.wait_for(lambda: born(former) is None, AGAIN)


def test_no_worker_of_a_killed_web_server_is_left(labelapp: Installation) -> None:
    orphan = web_worker(labelapp)
    master = labelapp.pid("web")
    assert master is not None
    os.kill(master, signal.SIGKILL)
    labelapp.wait_for(lambda: labelapp.pid("web") not in {master, None}, AGAIN)
    labelapp.wait_for(labelapp.is_ready, AGAIN)
    assert born(orphan) is None


def test_a_killed_database_loses_nothing_committed(labelapp: Installation) -> None:
    teams = "from labelapp.accounts.models import Team; "
    made = labelapp.command("manage.py", "shell", "-c", f"{teams}Team.objects.create(name='Owls')")
    assert made.returncode == 0, made.stderr
    former = labelapp.pid("postgres")
    assert former is not None
    os.kill(former, signal.SIGKILL)
    labelapp.wait_for(lambda: labelapp.pid("postgres") not in {former, None}, AGAIN)
    labelapp.wait_for(labelapp.is_ready, AGAIN)
    counted = labelapp.command(
        "manage.py", "shell", "-c", f"{teams}print(Team.objects.filter(name='Owls').count())"
    )
    assert counted.stdout.split()[-1] == "1", counted.stderr


def test_a_second_start_on_the_same_folder_is_refused(labelapp: Installation) -> None:
    second = labelapp.command("-m", "labelapp.local", PORT="8999")
    assert second.returncode == 1
    assert "already running" in second.stderr
    assert labelapp.is_ready()


def test_a_start_on_a_taken_port_says_which_to_choose(
    labelapp: Installation, not_started: Installation
) -> None:
    refused = not_started.command("-m", "labelapp.local", PORT=str(labelapp.port))
    assert refused.returncode == 1
    assert f"PORT={labelapp.port + 1}" in refused.stderr


def test_secrets_stand_in_private_files_and_in_no_log(labelapp: Installation) -> None:
    runtime = labelapp.data / "runtime.json"
    assert {
        stat.S_IMODE(path.stat().st_mode) for path in (runtime, labelapp.data / "accounts.txt")
    } == {0o600}
    secrets = [json.loads(runtime.read_text())["secret_key"]]
    secrets += (json.loads((labelapp.data / "servers.json").read_text())["postgres_password"],)
    secrets += (json.loads((labelapp.data / "servers.json").read_text())["valkey_password"],)
    secrets += [(labelapp.data / "accounts.txt").read_text().split()[-1]]
    logs = list((labelapp.data / "logs").glob("*.log"))
    assert {"web.log", "postgres.log", "valkey.log", "worker-cpu.log"} <= {log.name for log in logs}
    found = [log.name for log in logs for secret in secrets if secret in log.read_text()]
    assert found == []


def test_commands_work_beside_it_and_say_when_it_does_not_run(
    labelapp: Installation, not_started: Installation
) -> None:
    assert labelapp.command("manage.py", "migrate", "--check").returncode == 0
    alone = not_started.command("manage.py", "migrate", "--check")
    assert alone.returncode == 1
    assert "make run is not running" in alone.stderr
    assert "Traceback" not in alone.stderr


def test_first_passwords_are_shown_until_they_are_changed(not_started: Installation) -> None:
    not_started.start()
    password = (not_started.data / "accounts.txt").read_text().split()[-1]
    assert password in not_started.said()
    change = (
        "from labelapp.accounts.models import User; "
        "u = User.objects.get(username='admin'); u.set_password('other'); u.save()"
    )
    assert not_started.command("manage.py", "shell", "-c", change).returncode == 0
    not_started.stop()
    not_started.output.write_text("")
    not_started.start()
    assert "Accounts" not in not_started.said()
    assert not (not_started.data / "accounts.txt").exists()


def test_stopping_leaves_no_process_and_no_address(not_started: Installation) -> None:
    not_started.start()
    children = not_started.children()
    assert len(children) == 6
    assert not_started.stop() == 0
    assert [one["name"] for one in children if born(one["pid"]) == one["born"]] == []
    assert not (not_started.data / "runtime.json").exists()
    assert is_free(not_started.port)


def test_after_a_kill_of_the_supervisor_the_next_start_simply_works(
    not_started: Installation,
) -> None:
    not_started.start()
    former = not_started.children()
    orphan = web_worker(not_started)
    not_started.kill()
    not_started.output.write_text("")
    not_started.start()
    assert "(first passwords" in not_started.said(), "they are shown at each start"
    assert not_started.wait_for(not_started.is_ready, START) < START
    assert [one["name"] for one in former if born(one["pid"]) == one["born"]] == []
    assert born(orphan) is None


def test_it_stops_when_make_itself_is_killed(not_started: Installation) -> None:
    script = f"{sys.executable} -m labelapp.local > {not_started.output} 2>&1; :"
    shell = subprocess.Popen(["/bin/sh", "-c", script], env=not_started.environment())
    not_started.wait_for(
        lambda: not_started.output.exists() and "Ctrl-C" in not_started.said(), START
    )
    children = not_started.children()
    shell.kill()
    shell.wait()
    not_started.wait_for(lambda: "Stopped." in not_started.said(), START)
    assert [one["name"] for one in children if born(one["pid"]) == one["born"]] == []
