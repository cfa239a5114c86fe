"""Training runs; the worker's part is done in between, in this process."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Label
from ml.lessons import services
from ml.lessons.models import Example, TrainingRun
from ml.networks.classifiers.onnx import OnnxClassifier
from ml.networks.classifiers.protocol import Scores
from ml.networks.crops import Planes
from ml.registry.models import ModelVersion
from ml.runs import labellers, predicting
from ml.runs.models import Features
from ml.training import head
from tests.api.test_prediction_runs import damage
from tests.builders import make_dataset
from tests.cast import Cast, assemble, client_of
from tests.classifiers import COLOURS
from tests.predicting import coloured, make_model, speckled
from tests.predicting import start as predict
from tests.training import (
    TRAININGS,
    ask,
    card,
    examples,
    fill,
    name,
    train,
)

pytestmark = pytest.mark.django_db(transaction=True)
MANY = COLOURS * 12


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def admin(people: Cast) -> APIClient:
    return client_of(people.admin)


@pytest.fixture
def dataset(transactional_db: None) -> Dataset:
    return make_dataset("Fruit & more")


@pytest.fixture(autouse=True)
def _own_weights(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    settings.WEIGHTS_DIR = tmp_path
    monkeypatch.setattr(head, "STRENGTHS", (1.0, 0.01))  # two penalties to choose from, for speed
    yield
    labellers.labeller.cache_clear()


@pytest.fixture
def base(people: Cast, tmp_path: Path) -> ModelVersion:
    return make_model(people.admin, tmp_path)


def test_a_training_makes_a_version_that_a_prediction_run_can_use(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    fill(dataset, MANY)
    ModelVersion.objects.filter(pk=base.pk).update(licence="MIT")
    run = train(admin, dataset, base)
    assert (run["state"], run["message"]) == ("done", "")
    assert run["made"]["name"] == "Fruit - more"
    assert run["made"]["version"] == "1"
    assert run["counts"] == {"trusted": 36, "conflicting": 0}
    made = card(admin, run)
    assert (made["kind"], made["base"]["id"]) == ("head", str(base.pk))
    assert made["licence"] == "MIT"
    assert made["classes"] == ["Blue", "Green", "Red"]
    assert made["trained_on"]["sha256"] == run["sha256"]
    assert made["trained_on"]["pictures"] + made["trained_on"]["held_out"] == 36
    assert made["weights_sha256"] == made["files"]["head.safetensors"]
    assert made["metrics"]["accuracy"]["value"] == 1
    fresh = speckled(dataset, "Green")
    labelled = predict(admin, dataset, ModelVersion.objects.get(pk=made["id"]), top_k=3)
    predicting.take_part(UUID(labelled["id"]))
    assert Label.objects.get(image=fresh, source=made["label_source"]).label_class.name == "Green"
    assert Label.objects.filter(source=made["label_source"]).count() == 37
    # What the network below saw is kept once, as the network's.
    assert Features.objects.count() == 37
    assert set(Features.objects.values_list("model_version", flat=True)) == {base.pk}


def test_kept_features_and_new_ones_get_the_same_answer(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    fill(dataset, MANY)
    made = ModelVersion.objects.get(pk=train(admin, dataset, base)["made"]["id"])

    def confidences() -> dict[UUID, float | None]:
        predicting.take_part(UUID(predict(admin, dataset, made)["id"]))
        found = dict(Label.objects.filter(source=made.source).values_list("image", "confidence"))
        Label.objects.filter(source=made.source).delete()
        return found

    kept = confidences()
    Features.objects.all().delete()
    assert confidences() == kept
    assert len(kept) == 36


def test_the_report_counts_the_held_out_pictures_and_opens_them(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    images = fill(dataset, COLOURS * 30)
    for image in images[:12]:  # so that something is named wrong
        Label.objects.filter(image=image).delete()
        name(image, "Red")
    run = train(admin, dataset, base, held_out_share=0.4)
    metrics = card(admin, run)["metrics"]
    held = examples(admin, run, part="held_out")
    assert metrics["held_out"] == len(held) == run["examples"]["held_out"] > 20
    assert run["examples"]["learned_from"] + len(held) == 90
    names = [one["name"] for one in run["classes"]]
    for right, row in enumerate(metrics["confusion"]):
        for given, count in enumerate(row):
            cell = examples(admin, run, right=names[right], given=run["classes"][given]["id"])
            assert len(cell) == count
    wrong = examples(admin, run, wrong=True)
    right = sum(metrics["confusion"][place][place] for place in range(3))
    assert len(wrong) == len(held) - right == metrics["held_out"] - metrics["accuracy"]["good"]
    assert all(one["given"] != one["right"] and one["thumb_url"] for one in wrong)
    low, high = metrics["accuracy"]["interval"]
    assert low < metrics["accuracy"]["value"] < high
    for one in metrics["classes"]:
        place = names.index(one["label_class"]["name"])
        assert one["recall"]["total"] == sum(metrics["confusion"][place])
        assert one["precision"]["total"] == sum(row[place] for row in metrics["confusion"])
    assert sum(one["count"] for one in metrics["reliability"]["after"]) == len(held)
    assert sum(one["learned_from"] for one in metrics["classes"]) == 90 - len(held)


def test_with_few_held_out_pictures_the_temperature_is_one_and_says_so(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    fill(dataset, MANY)
    calibration = card(admin, train(admin, dataset, base))["calibration"]
    assert (calibration["temperature"], calibration["fitted"]) == (1, False)
    assert "Too few" in calibration["note"]


def test_the_next_version_is_compared_with_the_one_before_on_what_was_held_out_from_both(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    fill(dataset, MANY)
    first = train(admin, dataset, base)
    learned = {one["image"] for one in examples(admin, first, part="train")}
    fill(dataset, COLOURS * 8)
    second = train(admin, dataset, base)
    assert second["version"] == "2"
    assert second["compared_with"] == first["made"]
    found = card(admin, second)["metrics"]["comparison"]
    held = examples(admin, second, part="held_out")
    assert found["pictures"] == len(held)
    assert (found["verdict"], found["p"]) == ("no_evidence", 1)
    assert not learned & {one["image"] for one in held}
    earlier = {one["image"] for one in examples(admin, first, part="held_out")}
    assert earlier <= {one["image"] for one in held}
    assert all(one["before"]["name"] == one["right"]["name"] for one in held)
    assert examples(admin, second, differs="new") == []


def test_it_is_compared_with_any_version_by_the_names_of_classes(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    for colour in MANY:
        name(speckled(dataset, colour), {"Red": "red", "Green": "Leaf"}.get(colour, colour))
    run = train(admin, dataset, base, compared_with=str(base.pk), held_out_share=0.4)
    held = examples(admin, run, part="held_out")
    kinds = Counter(one["right"]["name"] for one in held)
    comparison = card(admin, run)["metrics"]["comparison"]
    assert comparison["with"]["id"] == str(base.pk)
    assert comparison["accuracy_before"]["good"] == kinds["red"] + kinds["Blue"]
    assert comparison["only_new"] == kinds["Leaf"] == len(examples(admin, run, differs="new"))
    by_class = {one["label_class"]["name"]: one for one in comparison["classes"]}
    assert {name: one["now"]["total"] for name, one in by_class.items()} == dict(kinds)
    assert by_class["Leaf"]["before"]["good"] == by_class["Leaf"]["both"] == 0
    assert by_class["Leaf"]["only_new"] == kinds["Leaf"]
    assert by_class["red"]["gain"] == 0
    assert by_class["red"]["verdict"] == "no_evidence"
    assert len(examples(admin, run, differs="either", right="Leaf")) == kinds["Leaf"]
    assert examples(admin, run, differs="either", right="red") == []
    assert {one["before"] and one["before"]["name"] for one in held} == {"red", "Blue", None}


def test_it_is_not_compared_on_pictures_that_the_other_version_learned_from(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    fill(dataset, MANY)
    first = train(admin, dataset, base)
    elsewhere = make_dataset()
    for example in Example.objects.select_related("image"):
        copy = speckled(elsewhere, "Red")
        copy.blob_id = example.image.blob_id
        copy.save()
        name(copy, first["classes"][example.right]["name"])
    compared = {"compared_with": first["made"]["id"], "held_out_share": 0.5}
    second = train(admin, elsewhere, base, **compared)
    comparison = card(admin, second)["metrics"]["comparison"]
    earlier = len(examples(admin, first, part="held_out"))
    assert comparison["pictures"] == earlier < second["examples"]["held_out"]
    assert comparison["only_new"] == len(examples(admin, second, differs="new")) == 0


def test_twins_stay_on_one_side(admin: APIClient, dataset: Dataset, base: ModelVersion) -> None:
    images = fill(dataset, MANY)
    for place, colour in enumerate(MANY):
        twin = speckled(dataset, colour)
        twin.blob_id = images[place].blob_id
        twin.save()
        name(twin, colour)
    run = train(admin, dataset, base)
    parts: dict[str, set[str]] = {}
    for one in Example.objects.select_related("image"):
        parts.setdefault(str(one.image.blob_id), set()).add(one.part)
    assert len(parts) == 36
    assert all(len(each) == 1 for each in parts.values())
    assert "36 pictures have a twin" in run["log"]


def test_a_twin_of_what_an_earlier_training_learned_from_is_not_held_out(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    fill(dataset, MANY)
    train(admin, dataset, base)
    before = {one.image.blob_id: one.part for one in Example.objects.select_related("image")}
    for example in Example.objects.select_related("image"):
        twin = speckled(dataset, "Red")
        twin.blob_id = example.image.blob_id
        twin.save()
        name(twin, COLOURS[example.right], "twins.csv")
    run = train(admin, dataset, base, sources=["twins.csv"], held_out_share=0.5)
    twins = Example.objects.filter(run=run["id"]).select_related("image")
    assert {one.image.blob_id: one.part for one in twins} == before
    assert run["examples"]["pictures"] == 36


def test_pictures_of_one_colour_are_twins_to_each_other(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    fill(dataset, MANY)
    flat = [coloured(dataset, "Red") for _ in range(6)]
    for image in flat:
        name(image, "Red")
    train(admin, dataset, base)
    rows = Example.objects.filter(image__in=flat)
    assert len(set(rows.values_list("part", flat=True))) == 1


def test_pictures_that_the_network_has_no_numbers_for_are_left_out_and_listed(
    admin: APIClient, dataset: Dataset, base: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_network = OnnxClassifier.run

    def first_overflows(self: OnnxClassifier, planes: Planes) -> Scores:
        found = run_network(self, planes)
        assert found.features is not None
        found.features[0] = np.nan
        return found

    monkeypatch.setattr(OnnxClassifier, "run", first_overflows)
    fill(dataset, MANY)
    run = train(admin, dataset, base)
    assert run["state"] == "done", run["message"]
    lost = examples(admin, run, unreadable=True)
    assert len(lost) == 9  # one of each four
    assert {row["refusal"] for row in lost} == {"The model answers no numbers for it."}


def test_unreadable_pictures_are_left_out_and_listed(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    fill(dataset, MANY)
    broken = fill(dataset, ["Red"])[0]
    assert broken.blob is not None
    damage(broken.blob.storage_name)
    run = train(admin, dataset, base)
    assert run["state"] == "done"
    assert run["examples"] == {**run["examples"], "pictures": 37, "unreadable": 1}
    (row,) = examples(admin, run, unreadable=True)
    assert row["image"] == str(broken.pk)
    assert "cannot be decoded" in row["refusal"]
    assert row["part"] == ""


def test_what_cannot_be_learned_from_is_refused(
    admin: APIClient, people: Cast, dataset: Dataset, base: ModelVersion, tmp_path: Path
) -> None:
    assert ask(admin, dataset, base, 400)["code"] == "nothing_to_learn_from"
    fill(dataset, ["Red"] * 6)
    assert ask(admin, dataset, base, 400)["code"] == "one_class"
    fill(dataset, ["Blue"])
    refused = ask(admin, dataset, base, 400)
    assert (refused["code"], refused["short"]) == ("too_few_examples", {"Blue": 1})
    fill(dataset, ["Blue"] * 5)
    blind = make_model(people.admin, tmp_path, features=False)
    assert ask(admin, dataset, blind, 400)["code"] == "base_without_features"
    made = ModelVersion.objects.get(pk=train(admin, dataset, base)["made"]["id"])
    assert ask(admin, dataset, made, 400)["code"] == "wrong_base"
    taken = ask(admin, dataset, base, 409, name=made.name, version=made.version)
    assert taken["code"] == "model_version_taken"
    assert ask(admin, dataset, base, 404, jobs=[str(base.pk)])["code"] == "not_found"
    assert ask(admin, dataset, base, 404, export=str(base.pk))["code"] == "not_found"
    assert ask(admin, dataset, base, 404, compared_with=str(dataset.pk))["code"] == "not_found"
    assert TrainingRun.objects.count() == 1


def test_the_surest_class_counts_and_pictures_that_people_disagree_on_are_left_out() -> None:
    from uuid import uuid4

    from labelapp.catalog.truths import How, Truth

    crab, cod = uuid4(), uuid4()
    clear, torn, settled, twice = (uuid4() for _ in range(4))
    found = [
        Truth(clear, crab, How.TRUSTED),
        Truth(clear, cod, How.CONFIRMED),
        Truth(torn, crab, How.CONFIRMED),
        Truth(torn, cod, How.CONFIRMED),
        Truth(settled, crab, How.CONFIRMED),
        Truth(settled, cod, How.CONFIRMED),
        Truth(settled, cod, How.CORRECTED),
        Truth(twice, crab, How.TRUSTED),
        Truth(twice, crab, How.TRUSTED),
    ]
    for order in (found, found[::-1]):
        known, conflicting = services.chosen(order)
        classes = {image: one.label_class for image, one in known.items()}
        assert classes == {clear: cod, settled: cod, twice: crab}
        assert conflicting == 1


def test_trainings_are_listed_by_dataset_and_by_what_they_made(
    admin: APIClient, people: Cast, dataset: Dataset, base: ModelVersion
) -> None:
    fill(dataset, MANY)
    run = train(admin, dataset, base)
    analyst = client_of(people.analyst)
    for wanted in ({}, {"dataset": str(dataset.pk)}, {"made": run["made"]["id"]}):
        (row,) = analyst.get(TRAININGS, wanted).json()["results"]
        assert row["id"] == run["id"]
    assert analyst.get(TRAININGS, {"made": str(base.pk)}).json()["results"] == []


def test_rare_classes_may_weigh_more(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    fill(dataset, ["Red"] * 30 + ["Blue"] * 6)
    plain = card(admin, train(admin, dataset, base))
    balanced = card(admin, train(admin, dataset, base, balanced=True))
    assert plain["weights_sha256"] != balanced["weights_sha256"]
    assert np.isclose(plain["metrics"]["held_out"], balanced["metrics"]["held_out"])
