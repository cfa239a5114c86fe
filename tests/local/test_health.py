from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from pytest_django import Settings

from labelapp import health
from labelapp.celery import QUEUES
from labelapp.local import diagnosis
from tests.weights import write_lite

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def no_broker(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.REDIS_URL = NOWHERE
    monkeypatch.setattr(health, "_redis", health._redis.__wrapped__)


@pytest.mark.django_db
def test_it_is_ready_when_all_parts_are(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert set(answer.json()["checks"].values()) == {"ok"}


@pytest.mark.django_db
@pytest.mark.usefixtures("no_broker")
def test_it_is_not_ready_without_the_broker(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"] == "the broker does not answer"
    assert answer.json()["checks"]["database"] == "ok"


@pytest.mark.django_db
def test_it_is_not_ready_before_a_migration(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'accounts'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "not applied" in answer.json()["checks"]["migrations"]


@pytest.mark.django_db
def test_it_is_not_ready_when_nothing_can_be_stored(client: Client, settings: Settings) -> None:
    settings.DATA_DIR = settings.DATA_DIR / "gone"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "cannot be written" in answer.json()["checks"]["storage"]


def test_it_is_alive_without_a_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"alive": True}


@pytest.mark.django_db
def test_the_doctor_names_each_queue_without_a_worker_and_how_to_mend_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    said = capsys.readouterr().out
    assert ended.value.code == 1
    assert "ok     database" in said
    for queue in QUEUES:
        assert f"WRONG  queue {queue}: no worker listens\n       Start it: make run" in said


@pytest.mark.django_db
def test_the_doctor_compares_the_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [finding.well for finding in diagnosis.clock()] == [True]
    monkeypatch.setattr("labelapp.local.diagnosis.time.time", lambda: 1_000_000_000.0)
    (finding,) = diagnosis.clock()
    assert "apart" in finding.found
    assert "NTP" in finding.cure


def test_the_doctor_minds_a_wrong_file_and_a_default_that_is_missing(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEIGHTS_DIR = tmp_path
    monkeypatch.setattr("ml.networks.registry.WEIGHTS", tmp_path / "nothing")
    found = {finding.part: finding for finding in diagnosis.weights()}
    assert str(tmp_path) in found["segmenter dextr-lite"].cure
    assert found["segmenter grabcut"].well
    assert found["segmenter sam-vit-b"].well  # nobody must have it
    write_lite(tmp_path)
    (tmp_path / "sam_vit_b_01ec64.pth").write_bytes(b"another file")
    found = {finding.part: finding for finding in diagnosis.weights()}
    assert found["segmenter dextr-lite"].well
    assert "fetch it again" in found["segmenter sam-vit-b"].cure
