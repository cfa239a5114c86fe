"""Masks for a whole dataset by real workers, which die in the middle."""

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from labelapp.background import BUSY, WorkState, sweep
from labelapp.catalog.counts import differences
from labelapp.catalog.models import Dataset, Label
from ml.masks import services
from ml.masks.models import MaskRun
from ml.masks.tasks import draw_dataset
from tests.api.mask_running import RUNS, start
from tests.api.outlining import photo
from tests.builders import make_class, make_dataset
from tests.cast import assemble, client_of
from tests.workers.conftest import Worker, wait_until
from tests.workers.poisoned import POISON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HEIGHT, WIDTH = 300, 420
BOX = [WIDTH / 6, HEIGHT / 9, WIDTH * 2 / 3, HEIGHT * 7 / 9]  # round the ellipse of `photo`


def boxed(dataset: Dataset, number: int) -> list[Label]:
    """Labels with a box, each on a photo of its own."""
    given = {"label_class": make_class(dataset), "source": "boxes.csv", "region": {"box": BOX}}
    images = [photo(dataset, HEIGHT, WIDTH + nth) for nth in range(number)]
    return [Label.objects.create(image=image, **given) for image in images]


def sweep_now() -> None:
    """As if the leases of the dead had run out."""
    past = timezone.now() - timedelta(seconds=1)
    MaskRun.objects.filter(state__in=BUSY).update(lease_until=past)
    sweep(MaskRun, draw_dataset, most=services.give_up_after())


def is_done() -> bool:
    return MaskRun.objects.filter(state=WorkState.DONE).exists()


def outlined() -> Counter[Any]:
    """How many masks were drawn from each label."""
    made = Label.objects.filter(source__startswith="model:")
    return Counter(made.values_list("extra__label", flat=True))


def at_least(number: int) -> bool:
    return outlined().total() >= number


def died_or_done(process: Any) -> bool:
    return process.poll() is not None or is_done()


def test_a_worker_killed_in_the_middle_of_a_run_leaves_each_box_one_mask(worker: Worker) -> None:
    admin, dataset = client_of(assemble().admin), make_dataset()
    labels = boxed(dataset, 60)
    run = start(admin, dataset)
    for least in (1, 20):
        with worker("gpu", 2) as process:
            sweep_now()
            wait_until(partial(at_least, least))
            process.kill()
            process.wait()
        assert outlined().total() < len(labels)
    with worker("gpu", 2):
        sweep_now()
        wait_until(is_done)
    assert outlined() == Counter(str(label.pk) for label in labels)
    # The boxes are the test's own, made without counting them.
    assert [one for one in differences() if one.source != "boxes.csv"] == []
    found = admin.get(f"{RUNS}{run['id']}/").json()
    assert (found["drawn"], found["refused"]) == (len(labels), 0)
    assert found["progress"]["done"] == found["progress"]["total"] == len(labels)


def test_a_picture_that_kills_each_worker_costs_a_run_only_its_own_masks(worker: Worker) -> None:
    admin, dataset = client_of(assemble().admin), make_dataset()
    labels = boxed(dataset, 6)
    poison = labels[3].image
    poison.ref = POISON
    poison.save()
    run = start(admin, dataset)
    starts = 0
    while not is_done():
        starts += 1
        assert starts < 9
        with worker("gpu", 2, app="tests.workers.poisoned") as process:
            sweep_now()
            wait_until(partial(died_or_done, process))
    spared = [label for label in labels if label.image_id != poison.pk]
    assert outlined() == Counter(str(label.pk) for label in spared)
    refused = admin.get(f"{RUNS}{run['id']}/refused/").json()["results"]
    assert {one["label"]["image_ref"] for one in refused} == {POISON}
    assert {one["code"] for one in refused} == {"worker_died"}
