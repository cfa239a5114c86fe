"""Prediction runs by real workers: each picture labelled once, whatever is killed on the way.

With `PREDICTION_PICTURES=10000` in the environment the runs are as large as that.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError
from pytest_django import Settings

from labelapp.accounts.models import User
from labelapp.background import WorkState
from labelapp.catalog.counts import differences
from labelapp.catalog.models import Dataset, Image, Label
from labelapp.celery import app
from labelapp.local import valkey
from labelapp.local.spawn import free_port, spawn
from ml.registry.models import ModelVersion
from ml.registry.services import list_shipped
from ml.runs import services
from ml.runs.models import Features, PredictionRun, Shard
from ml.runs.sweeping import sweep_runs
from ml.runs.tasks import predict
from tests.builders import make_dataset
from tests.cast import assemble, client_of
from tests.classifiers import COLOURS
from tests.predicting import coloured, make_model, start
from tests.workers.conftest import Worker, wait_until
from tests.workers.poisoned import POISON

MANY = int(os.environ.get("PREDICTION_PICTURES", "240"))
PATIENCE = 240 + MANY / 10  # seconds
SWEEP_SECONDS = 0.2
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.timeout(600 + MANY),
]
WRITTEN = """
CREATE TABLE written (image uuid);
CREATE FUNCTION note_written() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO written VALUES (NEW.image_id); RETURN NEW; END $$;
CREATE TRIGGER written AFTER INSERT OR UPDATE ON catalog_label FOR EACH ROW
    EXECUTE FUNCTION note_written();
"""
NOT_WRITTEN = (
    "DROP TRIGGER written ON catalog_label; DROP FUNCTION note_written; DROP TABLE written"
)


@pytest.fixture
def admin(transactional_db: None) -> User:
    return assemble().admin


@pytest.fixture
def dataset(transactional_db: None) -> Dataset:
    return make_dataset()


@pytest.fixture
def written(transactional_db: None) -> Iterator[Callable[[], Counter[Any]]]:
    """How often a label of each picture was written, as the database saw it."""

    def counted() -> Counter[Any]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT image FROM written")
            return Counter(row[0] for row in cursor.fetchall())

    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
    yield counted
    with connection.cursor() as cursor:
        cursor.execute(NOT_WRITTEN)


@pytest.fixture
def colours(admin: User) -> ModelVersion:
    settings.WEIGHTS_DIR.mkdir(parents=True, exist_ok=True)
    return make_model(admin, settings.WEIGHTS_DIR)


def fill(dataset: Dataset, count: int) -> None:
    for number in range(count):
        coloured(dataset, COLOURS[number % len(COLOURS)])


def has_ended(run: dict[str, Any]) -> bool:
    """Looks as the clock does, only more often: calls for what nobody works on."""
    sweep_runs()
    time.sleep(SWEEP_SECONDS)
    return PredictionRun.objects.filter(pk=run["id"], finished_at__isnull=False).exists()


def is_under_way(run: dict[str, Any]) -> bool:
    """Whether an eighth of its shards, one at least, is written, and a worker is at others."""
    shards = PredictionRun.objects.get(pk=run["id"]).shards
    enough = shards.filter(state="done").count() >= max(1, shards.count() // 8)
    return enough and shards.filter(state="running").exists()


def pictures_done(run: dict[str, Any]) -> int:
    return sum(PredictionRun.objects.get(pk=run["id"]).shards.values_list("done", flat=True))


def check_each_once(run: dict[str, Any], written: Callable[[], Counter[Any]]) -> PredictionRun:
    row = PredictionRun.objects.get(pk=run["id"])
    images = set(Image.objects.filter(dataset=row.dataset_id).values_list("pk", flat=True))
    assert (row.state, row.message) == (WorkState.DONE, "")
    assert (row.labelled, row.unreadable, row.done) == (len(images), 0, len(images))
    assert written() == Counter(images)
    assert Label.objects.filter(origin=row.pk).count() == len(images)
    assert Features.objects.count() == len(images)
    assert differences() == []
    return row


def test_a_worker_killed_in_the_middle_loses_nothing_and_labels_nothing_twice(
    admin: User, dataset: Dataset, worker: Worker, written: Callable[[], Counter[Any]]
) -> None:
    fill(dataset, MANY)
    run = start(client_of(admin), dataset, list_shipped())
    with worker("gpu", 1) as first:
        wait_until(lambda: has_ended(run) or is_under_way(run), PATIENCE)
        first.kill()
        first.wait()
    left = PredictionRun.objects.get(pk=run["id"])
    assert left.state == WorkState.RUNNING
    assert left.shards.filter(state="running").exists()
    with worker("gpu", 1):
        wait_until(lambda: has_ended(run), PATIENCE)
    row = check_each_once(run, written)
    assert row.shards.filter(attempts__gt=1).exists()


def test_a_broker_that_forgets_everything_loses_nothing(
    admin: User,
    dataset: Dataset,
    worker: Worker,
    colours: ModelVersion,
    written: Callable[[], Counter[Any]],
) -> None:
    fill(dataset, MANY)
    run = start(client_of(admin), dataset, colours)
    redis.Redis.from_url(settings.REDIS_URL).flushall()
    with worker("gpu", 1):
        wait_until(lambda: has_ended(run), 120)
    check_each_once(run, written)


@contextmanager
def own_broker(folder: Path, port: int) -> Iterator[tuple[str, Any]]:
    """A Valkey of this test's own on a port, and its process."""
    broker = valkey.Broker(
        data=folder,
        program=valkey.find_program(),
        port=port,
        password="only-for-this-test",
        durable=False,
    )
    broker.prepare()
    process = spawn(broker.command(), death_signal=valkey.STOP)
    try:
        wait_until(broker.is_ready, 20)
        yield broker.url, process
    finally:
        process.kill()
        process.wait()


def test_a_broker_killed_in_the_middle_stops_nothing(
    admin: User,
    dataset: Dataset,
    worker: Worker,
    colours: ModelVersion,
    written: Callable[[], Counter[Any]],
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port = free_port()
    (tmp_path / "broker").mkdir()
    with own_broker(tmp_path / "broker", port) as (url, process):
        settings.REDIS_URL = url
        calls_go_to(url, monkeypatch)
        fill(dataset, MANY)
        run = start(client_of(admin), dataset, list_shipped())
        with worker("gpu", 1):
            wait_until(lambda: has_ended(run) or is_under_way(run), PATIENCE)
            process.kill()
            process.wait()
            assert not PredictionRun.objects.filter(finished_at__isnull=False).exists()
            before = pictures_done(run)
            wait_until(lambda: pictures_done(run) > before, PATIENCE)
            with own_broker(tmp_path / "broker", port):
                wait_until(lambda: has_ended(run), PATIENCE)
                check_each_once(run, written)
                again = start(client_of(admin), dataset, colours)
                wait_until(lambda: has_ended(again), PATIENCE)
    assert PredictionRun.objects.get(pk=again["id"]).labelled == MANY


def calls_go_to(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this process, too, ring at the broker of that address."""

    def call(run_id: Any, _shards: int) -> None:
        with app.connection_for_write(url) as line:
            try:
                predict.apply_async((str(run_id),), connection=line, retry=False)
            except OperationalError:
                return

    monkeypatch.setattr(services, "call", call)


def test_two_runs_that_meet_on_the_same_pictures_label_each_once(
    admin: User, dataset: Dataset, worker: Worker, colours: ModelVersion
) -> None:
    fill(dataset, MANY)
    client = client_of(admin)
    other = make_model(admin, settings.WEIGHTS_DIR)  # whose labels the second run selects by
    first = start(client, dataset, other)
    with worker("gpu", 1):
        wait_until(lambda: has_ended(first), 120)
    runs = [
        start(client, dataset, colours),
        start(client, dataset, colours, only={"label_classes": ["Red", "Green"]}),
    ]
    with worker("gpu", 1), worker("gpu", 1):
        wait_until(lambda: all(map(has_ended, runs)), 120)
    rows = PredictionRun.objects.filter(pk__in=[run["id"] for run in runs])
    assert {row.state for row in rows} == {WorkState.DONE}
    assert sum(row.labelled for row in rows) == MANY
    assert sum(row.unchanged for row in rows) == MANY * 2 // 3
    assert Label.objects.filter(source=colours.source).count() == MANY
    assert differences() == []


def test_a_picture_that_kills_each_worker_costs_only_itself(
    admin: User, dataset: Dataset, worker: Worker, colours: ModelVersion
) -> None:
    fill(dataset, 40)
    poison = Image.objects.filter(dataset=dataset)[25]
    Image.objects.filter(pk=poison.pk).update(ref=POISON)
    run = start(client_of(admin), dataset, colours)
    deaths = 0
    while not has_ended(run):
        with worker("gpu", 1, app="tests.workers.poisoned") as process:
            wait_until(lambda: has_ended(run) or process.poll() is not None, 120)
        deaths += 1
        assert deaths < 12
        # Nobody waits for the leases of the dead.
        past = timezone.now() - timedelta(seconds=1)
        Shard.objects.filter(run=run["id"], state="running").update(lease_until=past)
    row = PredictionRun.objects.get(pk=run["id"])
    assert (row.state, row.labelled, row.unreadable) == (WorkState.DONE, 39, 1)
    assert row.unreadable_pictures.get().image_id == poison.pk
    assert Label.objects.filter(origin=row.pk).count() == 39
