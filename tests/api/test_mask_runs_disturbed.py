"""What happens to a run of masks while it is at work: deaths, cancels, changes of the dataset."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test import TestCase
from rest_framework.test import APIClient

from labelapp.background import sweep
from labelapp.catalog.models import Dataset, Label, LabelCount
from labelapp.catalog.services import erase_image, merge_class
from ml.masks import bulk_drawing, drawing, services
from ml.masks.models import MaskRun
from ml.masks.tasks import draw_dataset
from tests.api.mask_running import (
    RUNS,
    Outlines,
    boxed,
    carried_out,
    die,
    forecast,
    look,
    made,
    start,
)
from tests.builders import make_class, make_dataset
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]
Watched = Callable[..., Outlines]


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset()


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Drawing, two labels at a time, with something done before each."""
    monkeypatch.setattr(bulk_drawing, "AT_ONCE", 2)

    def set_up(before: Callable[[Label], None] = lambda _label: None) -> Outlines:
        outlines = Outlines(before)
        monkeypatch.setattr(drawing, "outline", outlines)
        return outlines

    return set_up


def test_a_run_whose_worker_died_goes_on_where_it_was(
    admin: APIClient, dataset: Dataset, watched: Watched
) -> None:
    boxed(dataset, 5)
    run = start(admin, dataset)
    watched(die(on=lambda: len(made(run)) == 4))
    assert not carried_out(run)
    assert look(admin, run)["drawn"] == 4
    outlines = watched()
    assert carried_out(run)
    assert (look(admin, run)["drawn"], len(outlines.drawn), len(made(run))) == (5, 1, 5)
    assert look(admin, run)["progress"]["done"] == look(admin, run)["progress"]["total"] == 5


def test_it_is_given_up_only_when_worker_after_worker_got_no_further(
    admin: APIClient, dataset: Dataset, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ml.masks.tasks.draw_dataset.delay", lambda _id: None)
    boxed(dataset, 12)
    run = start(admin, dataset)
    before = -1  # labels that were made when the last worker died
    watched(die(on=lambda: len(made(run)) > before))
    for _ in range(8):
        assert not carried_out(run)
        before = len(made(run))
        sweep(MaskRun, draw_dataset, most=services.give_up_after())
        assert look(admin, run)["state"] == "running"
    assert MaskRun.objects.get().attempts == 8
    watched(die(on=lambda: True))
    for _ in range(5):
        assert not carried_out(run)
    sweep(MaskRun, draw_dataset, most=services.give_up_after())
    run = look(admin, run)
    assert run["state"] == "failed"
    assert "the worker died each time" in run["message"]


def test_a_picture_that_kills_its_workers_is_refused_and_the_others_are_drawn(
    admin: APIClient, dataset: Dataset, watched: Watched
) -> None:
    poison = sorted(boxed(dataset, 6), key=lambda label: label.pk)[3]

    def before(label: Label) -> None:
        if label.pk == poison.pk:
            raise KeyboardInterrupt

    watched(before)
    run = start(admin, dataset)
    died = [carried_out(run) for _ in range(5)].count(False)
    run = look(admin, run)
    assert (run["state"], run["drawn"], run["refused"]) == ("done", 5, 1)
    assert died == 4
    (refused,) = admin.get(f"{RUNS}{run['id']}/refused/").json()["results"]
    assert (refused["label"]["id"], refused["code"]) == (str(poison.pk), "worker_died")


def test_a_long_run_makes_room_for_other_work_and_goes_on(
    admin: APIClient, dataset: Dataset, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr("ml.masks.tasks.draw_dataset.delay", rung.append)
    monkeypatch.setattr(bulk_drawing, "TURN", 0.0)
    boxed(dataset, 3)
    run, outlines = start(admin, dataset), watched()
    turns = 0
    with TestCase.captureOnCommitCallbacks(execute=True):
        while look(admin, run)["state"] != "done":
            assert carried_out(run)
            turns += 1
    assert turns == 3  # two, then the last one alone, then nothing
    assert rung == [run["id"]] * 2
    assert len(set(outlines.drawn)) == len(outlines.drawn) == 3


def test_a_cancelled_run_stops_and_the_next_draws_only_what_is_missing(
    admin: APIClient, dataset: Dataset, watched: Watched
) -> None:
    boxed(dataset, 4)
    run = start(admin, dataset)

    def before(_label: Label) -> None:
        if len(outlines.drawn) == 2:
            assert admin.post(f"{RUNS}{run['id']}/cancel/").status_code == 200

    outlines = watched(before)
    carried_out(run)
    assert (look(admin, run)["state"], len(made(run))) == ("cancelled", 2)
    assert admin.post(f"{RUNS}{run['id']}/cancel/").json()["code"] == "mask_run_ended"
    assert (forecast(admin, dataset)["labels"], forecast(admin, dataset)["missing"]) == (4, 2)
    again, outlines = start(admin, dataset), watched()
    carried_out(again)
    assert (look(admin, again)["drawn"], len(outlines.drawn), len(made(again))) == (2, 2, 2)
    assert forecast(admin, dataset)["missing"] == 0


def test_a_class_that_is_merged_while_its_masks_are_drawn_takes_them_along(
    admin: APIClient, dataset: Dataset, cast: Cast, watched: Watched
) -> None:
    boxed(dataset, label_class=make_class(dataset, "Lobster"))
    target = make_class(dataset, "Shellfish")

    def before(label: Label) -> None:
        merge_class(person=cast.admin, label_class=label.label_class, into=target)

    run = start(admin, dataset)
    watched(before)
    carried_out(run)
    (found,) = made(run)
    assert found.label_class_id == target.pk
    assert LabelCount.objects.get(source=found.source, count__gt=0).label_class_id == target.pk


def test_a_picture_that_is_erased_while_it_is_drawn_gets_no_mask(
    admin: APIClient, dataset: Dataset, cast: Cast, watched: Watched
) -> None:
    boxed(dataset, 2)
    erased: list[UUID] = []

    def before(label: Label) -> None:
        if not erased:
            erased.append(label.image_id)
            erase_image(person=cast.admin, image=label.image)

    run = start(admin, dataset)
    watched(before)
    carried_out(run)
    run = look(admin, run)
    assert (run["state"], run["drawn"], run["refused"]) == ("done", 1, 0)
    assert (run["progress"]["done"], run["progress"]["total"]) == (1, 1)
    assert not Label.objects.filter(image__in=erased, origin=run["id"]).exists()


def test_a_dataset_stays_until_its_run_has_ended(admin: APIClient, dataset: Dataset) -> None:
    boxed(dataset)
    run = start(admin, dataset)
    address, body = f"/api/v1/datasets/{dataset.pk}/", {"name": dataset.name}
    refused = admin.delete(address, body, format="json")
    assert (refused.status_code, refused.json()["holding"]) == (409, ["the masks by grabcut"])
    admin.post(f"{RUNS}{run['id']}/cancel/")
    assert admin.delete(address, body, format="json").status_code == 204
    assert start(admin, dataset, 404)["code"] == "not_found"


def test_one_run_at_a_time_on_a_dataset(admin: APIClient, dataset: Dataset) -> None:
    boxed(dataset)
    run = start(admin, dataset)
    refused = start(admin, dataset, 409)
    assert (refused["code"], refused["run"]) == ("mask_run_under_way", run["id"])
    with pytest.raises(IntegrityError, match="mask_run_alone_on_dataset"), transaction.atomic():
        MaskRun.objects.create(dataset=dataset, segmenter="grabcut", version="grabcut@0")
    carried_out(run)
    assert start(admin, dataset)["id"] != run["id"]
