"""A training by real workers: one is killed while it looks at pictures, another ends it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from labelapp.background import WorkState
from labelapp.catalog.models import Dataset
from ml.lessons.models import TrainingRun
from ml.lessons.tasks import sweep_trainings
from ml.registry.models import ModelVersion
from ml.registry.services import list_shipped
from ml.runs.models import Features
from tests.builders import make_dataset
from tests.cast import assemble, client_of
from tests.classifiers import COLOURS
from tests.training import ask, card, fill, kept_heads, look
from tests.workers.conftest import Worker, wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.timeout(400),
]
MANY = 198


@pytest.fixture
def dataset(transactional_db: None) -> Dataset:
    found = make_dataset()
    fill(found, COLOURS * (MANY // 3))
    return found


def test_a_worker_killed_while_it_sees_is_followed_by_one_that_goes_on(
    dataset: Dataset, worker: Worker
) -> None:
    admin, before = client_of(assemble().admin), kept_heads()
    run = ask(admin, dataset, list_shipped())
    with worker("gpu", 1) as first:
        wait_until(Features.objects.exists, 240)
        first.kill()
        first.wait()
    seen = Features.objects.count()
    assert 0 < seen < MANY
    assert TrainingRun.objects.get().state == WorkState.RUNNING
    # Nobody waits for the lease of the dead.
    TrainingRun.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    with worker("gpu", 1):
        sweep_trainings()
        wait_until(lambda: TrainingRun.objects.filter(finished_at__isnull=False).exists(), 240)
    found = look(admin, run)
    assert (found["state"], found["message"]) == ("done", "")
    assert f"{seen} of {MANY} pictures were seen before." in found["log"]
    assert Features.objects.count() == MANY
    assert ModelVersion.objects.filter(kind="head").count() == 1
    assert kept_heads() - before == {found["made"]["id"]}
    assert card(admin, found)["metrics"]["accuracy"]["value"] > 0.9
