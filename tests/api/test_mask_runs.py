"""Masks for a whole dataset by boxes and points; the worker does its part in between, in this process."""

from importlib import import_module
from uuid import UUID

import pytest
from django.db import connection
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Image, Label, LabelCount
from labelapp.catalog.services import merge_class, purge_dataset
from labelapp.geometry.rle import decode
from ml.masks import bulk_drawing, drawing
from ml.masks.models import MaskRun
from tests.api.mask_running import BOX, RUNS, boxed, carried_out, forecast, look, made, start
from tests.api.outlining import POINTS, ellipse
from tests.builders import make_class, make_dataset
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset()


def test_each_box_becomes_a_label_with_a_mask(admin: APIClient, dataset: Dataset) -> None:
    (label,) = boxed(dataset)
    run = start(admin, dataset)
    assert (run["state"], run["drawn"]) == ("queued", 0)
    bulk_drawing.carry_out(UUID(run["id"]))
    run = look(admin, run)
    assert (run["state"], run["drawn"], run["refused"]) == ("done", 1, 0)
    assert (run["progress"]["done"], run["progress"]["total"]) == (1, 1)
    (found,) = made(run)
    assert (found.image_id, found.label_class_id) == (label.image_id, label.label_class_id)
    assert (found.confidence, found.bin, found.source) == (0.9, 900, run["label_source"])
    assert found.extra["label"] == str(label.pk)
    assert found.extra["drawn_from"] == {"box": BOX}
    mask, truth = decode(found.region["mask"]), ellipse()
    assert (mask & truth).sum() > 0.9 * (mask | truth).sum()
    counted = LabelCount.objects.get(dataset=dataset, source=found.source, bin=900)
    assert counted.count == 1


def test_run_twice_it_adds_nothing(admin: APIClient, dataset: Dataset) -> None:
    boxed(dataset, 3)
    for _ in range(2):
        bulk_drawing.carry_out(UUID(start(admin, dataset)["id"]))
    assert Label.objects.filter(source__startswith="model:").count() == 3


def test_a_source_narrows_it(admin: APIClient, dataset: Dataset) -> None:
    boxed(dataset)
    (other,) = boxed(dataset, source="other.csv")
    run = start(admin, dataset, source="other.csv")
    bulk_drawing.carry_out(UUID(run["id"]))
    assert [found.image_id for found in made(run)] == [other.image_id]


def test_boxes_that_allow_no_mask_are_counted_and_the_others_drawn(
    admin: APIClient, dataset: Dataset
) -> None:
    boxed(dataset, 2)
    boxed(dataset, region={"box": [500, 500, 40, 40]})
    (gone,) = boxed(dataset, region={"box": [1, 2, 50, 60]})
    Image.objects.filter(pk=gone.image_id).update(blob=None, location="nowhere.jpg")
    run = start(admin, dataset)
    bulk_drawing.carry_out(UUID(run["id"]))
    run = look(admin, run)
    assert (run["state"], run["drawn"], run["refused"]) == ("done", 2, 2)
    assert {one["code"] for one in run["reasons"]} == {"point_outside", "picture_unreadable"}


def test_what_one_segmenter_has_drawn_another_has_not(admin: APIClient, dataset: Dataset) -> None:
    boxed(dataset)
    carried_out(start(admin, dataset))
    assert forecast(admin, dataset)["missing"] == 0
    assert forecast(admin, dataset, "dextr-lite")["missing"] == 1
    assert forecast(admin, dataset, "sam-vit-h")["missing"] == 1


def test_one_place_that_two_sources_name_gets_one_mask(admin: APIClient, dataset: Dataset) -> None:
    (label,) = boxed(dataset)
    label.pk, label.source, label.confidence, label.bin = None, "else.csv", 0.5, 500
    label.save(force_insert=True)
    run = start(admin, dataset)
    carried_out(run)
    assert len(made(run)) == 1
    again = start(admin, dataset)
    carried_out(again)
    assert (look(admin, again)["drawn"], Label.objects.count()) == (0, 3)


def test_four_points_are_drawn_from_as_they_are(
    admin: APIClient, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxed(dataset, region={"points": POINTS, "box": BOX})
    monkeypatch.setattr(drawing, "prompt_in_box", lambda *_: pytest.fail("the box was asked"))
    run = start(admin, dataset)
    carried_out(run)
    (found,) = made(run)
    mask, truth = decode(found.region["mask"]), ellipse()
    assert (mask & truth).sum() > 0.9 * (mask | truth).sum()


def test_points_that_enclose_nothing_are_refused_with_the_reason(
    admin: APIClient, dataset: Dataset
) -> None:
    (bad,) = boxed(dataset, region={"points": [[10, y] for y in (10, 20, 30, 40)], "box": BOX})
    run = start(admin, dataset)
    carried_out(run)
    assert look(admin, run)["reasons"] == [{"code": "points_on_a_line", "count": 1}]
    (refused,) = admin.get(f"{RUNS}{run['id']}/refused/").json()["results"]
    assert refused["label"]["id"] == str(bad.pk)
    assert refused["label"]["thumb_url"]
    assert "one line" in refused["reason"]


def test_classes_narrow_it_and_a_merged_one_means_its_target(
    admin: APIClient, dataset: Dataset, cast: Cast
) -> None:
    (crab,) = boxed(dataset)
    lobster, shrimp = make_class(dataset, "Lobster"), make_class(dataset, "Shrimp")
    (other,) = boxed(dataset, label_class=lobster)
    boxed(dataset, label_class=shrimp)
    run = start(admin, dataset, label_classes=["Lobster"])
    assert run["label_classes"] == [{"id": str(lobster.pk), "name": "Lobster"}]
    merge_class(person=cast.admin, label_class=lobster, into=crab.label_class)
    carried_out(run)
    assert {found.image_id for found in made(run)} == {crab.image_id, other.image_id}
    assert look(admin, run)["label_classes"][0]["id"] == str(crab.label_class_id)


def test_of_runs_that_were_at_once_before_that_was_a_rule_the_first_stays(
    dataset: Dataset,
) -> None:
    module = import_module("ml.masks.migrations.0003_mask_runs_narrowed_and_refusals")
    rule = next(one for one in MaskRun._meta.constraints if one.name == "mask_run_alone_on_dataset")
    with connection.schema_editor() as editor:
        editor.remove_constraint(MaskRun, rule)
    held = [MaskRun.objects.create(dataset=dataset, version=f"grabcut@{n}") for n in range(3)]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as in rows committed long ago
        cursor.execute(module.LEAVE_ONE_AT_WORK)
    with connection.schema_editor() as editor:
        editor.add_constraint(MaskRun, rule)
    states = [MaskRun.objects.get(pk=one.pk).state for one in held]
    assert states == ["queued", "cancelled", "cancelled"]


def test_what_cannot_begin_says_why(admin: APIClient, dataset: Dataset) -> None:
    assert start(admin, dataset, 400)["code"] == "nothing_to_outline"
    boxed(dataset)
    assert start(admin, dataset, 400, source="else.csv")["code"] == "nothing_to_outline"
    assert start(admin, dataset, 400, label_classes=["Whale"])["code"] == "unknown_class"
    assert start(admin, dataset, 400, segmenter="magic")["code"] == "unknown_segmenter"
    answer = start(admin, dataset, 409, segmenter="sam-vit-h")
    assert "sam_vit_h_4b8939.pth" in answer["detail"]
    assert not MaskRun.objects.exists()


def test_runs_are_listed_and_go_with_their_dataset(admin: APIClient, dataset: Dataset) -> None:
    boxed(dataset)
    run = start(admin, dataset)
    for query in ({}, {"dataset": str(dataset.pk)}):
        assert [one["id"] for one in admin.get(RUNS, query).json()["results"]] == [run["id"]]
    assert admin.get(RUNS, {"dataset": str(make_dataset("Other").pk)}).json()["results"] == []
    purge_dataset(dataset=dataset)
    assert not MaskRun.objects.exists()
    assert admin.get(f"{RUNS}{run['id']}/").status_code == 404
