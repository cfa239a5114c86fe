"""Masks drawn by a real worker: answers that are waited for, and kills that lose nothing."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from labelapp.accounts.models import User
from labelapp.background import BUSY, ENDED, WorkState, sweep
from labelapp.catalog.models import Image
from ml.masks import services
from ml.masks.models import MaskRequest
from ml.masks.tasks import draw_mask
from tests.api.outlining import photo, prompt
from tests.builders import make_dataset
from tests.cast import assemble, client_of
from tests.workers.conftest import Worker, wait_until
from tests.workers.drawn import counted, leave, watch
from tests.workers.poisoned import POISON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ASK = "/api/v1/mask-requests/"
MANY = 50


@pytest.fixture
def admin(transactional_db: None) -> User:
    return assemble().admin


@pytest.fixture
def image(transactional_db: None) -> Image:
    return photo(make_dataset(), 400, 600)


@pytest.fixture
def drawn(transactional_db: None) -> Any:
    """How often each request became done, as the database saw it."""

    watch()
    yield counted
    leave()


def body(image: Image, number: int = 0) -> dict[str, Any]:
    scaled = [[x * 5, y * 400 / 90 + number / 10] for x, y in prompt(image)["extreme_points"]]
    return prompt(image, extreme_points=scaled)


def drawn_so_far(least: int) -> bool:
    return done() >= least


def done() -> int:
    return MaskRequest.objects.filter(state=WorkState.DONE).count()


def test_the_answer_comes_with_the_request(admin: User, image: Image, worker: Worker) -> None:
    with worker("interactive", 1):
        client = client_of(admin)
        wait_until(lambda: client.post(ASK, body(image), format="json").status_code == 200)
        began = time.perf_counter()
        answer = client.post(ASK, body(image, 1), format="json")
        assert answer.status_code == 200, answer.json()
        assert answer.json()["state"] == "done"
        assert time.perf_counter() - began < settings.MASK_WAIT_SECONDS


def test_without_a_worker_it_says_where_to_look(admin: User, image: Image) -> None:
    began = time.perf_counter()
    answer = client_of(admin).post(ASK, body(image), format="json")
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    assert time.perf_counter() - began >= settings.MASK_WAIT_SECONDS


def test_no_more_than_half_of_the_threads_wait_at_once(admin: User, image: Image) -> None:
    def asked(number: int) -> float:
        began = time.perf_counter()
        assert client_of(admin).post(ASK, body(image, number), format="json").status_code == 202
        connection.close()
        return time.perf_counter() - began

    with ThreadPoolExecutor(4) as pool:
        seconds = sorted(pool.map(asked, range(4)))
    assert sum(one >= settings.MASK_WAIT_SECONDS for one in seconds) == 2
    assert seconds[1] < settings.MASK_WAIT_SECONDS


def test_one_that_waits_is_told_at_once_when_a_newer_prompt_takes_its_place(
    admin: User, image: Image
) -> None:
    def older() -> tuple[int, str, float]:
        began = time.perf_counter()
        answer = client_of(admin).post(ASK, body(image) | {"object": "a"}, format="json")
        connection.close()
        return answer.status_code, answer.json()["state"], time.perf_counter() - began

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(older)
        wait_until(is_waited_for)
        client_of(admin).post(ASK, body(image, 1) | {"object": "a"}, format="json")
        status, code, seconds = waiting.result()
    assert (status, code) == (200, "cancelled")
    assert seconds < settings.MASK_WAIT_SECONDS


def is_waited_for() -> bool:
    broker = redis.Redis.from_url(settings.REDIS_URL)
    return any(broker.exists(f"mask:{row.pk}:waiting") for row in MaskRequest.objects.all())


def ask_many(client: APIClient, image: Image, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ml.masks.waiting.wait_for", lambda _request: None)
    for number in range(MANY):
        assert client.post(ASK, body(image, number), format="json").status_code == 202
    assert MaskRequest.objects.count() == MANY


def rung() -> bool:
    sweep(MaskRequest, draw_mask, most=services.give_up_after())
    time.sleep(1)
    return done() == MANY


def test_a_worker_killed_while_fifty_wait_loses_none_and_draws_none_twice(
    admin: User, image: Image, worker: Worker, drawn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_many(client_of(admin), image, monkeypatch)
    for least in (1, 12):
        with worker("interactive", 1) as process:
            wait_until(partial(drawn_so_far, least))
            process.kill()
            process.wait()
        assert done() < MANY
    with worker("interactive", 1):
        wait_until(rung, 120)
    assert drawn() == Counter(MaskRequest.objects.values_list("pk", flat=True))
    assert not MaskRequest.objects.filter(attempts__gt=3).exists()


def test_a_broker_that_forgets_everything_loses_none_and_draws_none_twice(
    admin: User, image: Image, worker: Worker, drawn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_many(client_of(admin), image, monkeypatch)
    redis.Redis.from_url(settings.REDIS_URL).flushall()
    MaskRequest.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    with worker("interactive", 1):
        wait_until(rung, 120)
    assert drawn() == Counter(MaskRequest.objects.values_list("pk", flat=True))


def has_died(process: Any) -> bool:
    return process.poll() is not None


def test_a_picture_that_kills_each_worker_fails_with_the_reason_and_the_others_are_drawn(
    admin: User, image: Image, worker: Worker, drawn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ml.masks.waiting.wait_for", lambda _request: None)
    poison = photo(image.dataset, 400, 601)
    Image.objects.filter(pk=poison.pk).update(ref=POISON)
    client = client_of(admin)
    deadly = client.post(ASK, body(poison), format="json").json()
    for number in range(10):
        client.post(ASK, body(image, number), format="json")
    starts = 0
    while MaskRequest.objects.exclude(state__in=ENDED).exists():
        starts += 1
        assert starts <= 6
        with worker("interactive", 1, app="tests.workers.poisoned") as process:
            wait_until(partial(has_died, process))
        past = timezone.now() - timedelta(seconds=1)
        MaskRequest.objects.filter(state__in=BUSY).update(lease_until=past)
        sweep(MaskRequest, draw_mask, most=services.give_up_after())
    found = client.get(deadly["url"]).json()
    assert (found["state"], found["mask"]) == ("failed", None)
    assert found["message"] == "Stopped after 5 tries; the worker died each time."
    assert set(drawn().values()) == {1}
    assert done() == 10
