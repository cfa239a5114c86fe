"""docker-compose.yml and the Dockerfile, read as files: Docker itself is not needed here."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from labelapp.local import programs
from labelapp.local.folder import ROOT
from labelapp.local.spawn import free_port
from labelapp.local.valkey import Broker, find_program

TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
WORKERS = ("worker-interactive", "worker-cpu", "worker-gpu")
SECRETS = {"SECRET_KEY", "POSTGRES_PASSWORD", "VALKEY_PASSWORD"}


def example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_it_has_the_services_that_make_run_starts() -> None:
    lasting = {"web", *WORKERS, "beat", "postgres", "valkey"}
    assert set(SERVICES) == lasting | {"prepare"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"prepare"}))
def test_a_lasting_service_is_checked_and_started_again(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", WORKERS)
def test_workers_can_be_scaled(name: str) -> None:
    assert not {"container_name", "ports", "hostname"} & set(SERVICES[name])
    assert "@%h" in SERVICES[name]["command"]


def test_only_the_web_server_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]


def test_workers_run_the_commands_that_make_run_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKER_CPU_QUEUES", raising=False)
    monkeypatch.setattr(programs, "gpu_count", lambda: 0)
    local = {program.name: program.command()[1:] for program in programs.workers()}
    for name, words in local.items():
        command = SERVICES[name]["command"].replace("${WORKER_CPU_QUEUES:-cpu,gpu}", "cpu,gpu")
        assert command.split()[1:] == words


def test_the_web_service_runs_what_make_run_runs() -> None:
    last = (ROOT / "Dockerfile").read_text().strip().splitlines()[-1]
    assert re.findall(r'"([^"]+)"', last)[1:] == programs.web().command()[1:]
    assert SERVICES["prepare"]["command"][1:] == programs.prepare().command()[1:]


def test_worker_gpu_is_a_profile_and_takes_a_gpu() -> None:
    gpu = SERVICES["worker-gpu"]
    assert gpu["profiles"] == ["gpu"]
    assert "-Q gpu" in gpu["command"]
    assert gpu["deploy"]["resources"]["reservations"]["devices"][0]["capabilities"] == ["gpu"]
    assert all("profiles" not in SERVICES[name] for name in set(SERVICES) - {"worker-gpu"})


def test_nothing_starts_before_the_database_is_ready_and_migrated() -> None:
    for name in ("web", *WORKERS, "beat"):
        conditions = {k: v["condition"] for k, v in SERVICES[name]["depends_on"].items()}
        assert conditions == {
            "prepare": "service_completed_successfully",
            "postgres": "service_healthy",
            "valkey": "service_healthy",
        }


def test_secrets_come_from_env_and_have_no_default() -> None:
    assert {name: example()[name] for name in SECRETS} == dict.fromkeys(SECRETS, "")
    for name in SECRETS:
        uses = re.findall(r"(?<!\$)\$\{" + name + r"([^}]*)\}", TEXT)
        assert uses
        assert all(use.startswith(":?") for use in uses)


def test_every_variable_is_explained_in_the_example() -> None:
    assert set(re.findall(r"(?<!\$)\$\{(\w+)", TEXT)) == set(example())


def test_what_must_outlive_a_container_lies_in_a_volume() -> None:
    named = set(COMPOSE["volumes"])
    mounted = {volume.split(":")[0] for s in SERVICES.values() for volume in s.get("volumes", [])}
    assert mounted == named == {"data", "postgres", "valkey"}


def test_what_a_proxy_with_tls_needs_reaches_the_web_server() -> None:
    assert {"ALLOWED_HOSTS", "BEHIND_TLS", "CSRF_TRUSTED_ORIGINS"} <= set(
        SERVICES["web"]["environment"]
    )


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The service's own command, as a container would run it, on a free port."""
    command = [word.replace("$$", "$") for word in SERVICES["valkey"]["command"]]
    command[-1] = command[-1].replace("appendonly", f"port {(port := free_port())}\nappendonly", 1)
    path = f"{find_program().parent}:{os.environ['PATH']}"
    environment = {"PATH": path, "VALKEY_PASSWORD": "a-long-one"}
    output = subprocess.DEVNULL
    server = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=output, stderr=output)
    yield server, port
    server.kill()
    server.wait()


def test_valkey_takes_its_password_and_ends_at_once_when_told(
    valkey: tuple[subprocess.Popen[bytes], int],
) -> None:
    server, port = valkey
    ask = Broker(data=Path(), program=Path(), port=port, password="a-long-one").is_ready
    end = time.monotonic() + 10
    while not ask() and time.monotonic() < end:
        time.sleep(0.05)
    assert ask()
    assert not Broker(data=Path(), program=Path(), port=port, password="no").is_ready()
    # What Docker signals must be the server itself, not a shell that waits for it.
    server.terminate()
    assert server.wait(10) == 0, "it saved what it had and said so"
    assert not ask()


def test_the_image_holds_what_it_copies_and_no_secret() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    copies = re.findall(
        r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE
    )
    sources = [source.rstrip("/") for copy in copies for source in copy.split()]
    missing = [source for source in sources if not (ROOT / source).exists()]
    hidden = [s for s in sources if not any(f"!{p}" in ignored for p in (s, s.split("/")[0]))]
    assert ignored[1] == "*"
    assert (missing, hidden) == ([], [])
