"""What JSON Lines hold beside the columns of CSV: regions, and each reviewer's verdict when asked for."""

from typing import Any

import pytest

from labelapp.catalog.models import Label
from qa.exports.models import Export
from qa.exports.services import write_export
from qa.verification.models import Verdict
from tests.api.exporting import PREVIEW, get, objects, reviewed_job, stream, text_of
from tests.api.reviewing import Reviewer
from tests.builders import make_dataset, make_labels, make_running_job
from tests.cast import Cast, client_of

# An export reads on a connection of its own, so what it reads must be committed.
pytestmark = pytest.mark.django_db(transaction=True)

BOX = {"box": [10, 20.5, 30, 40]}
MASK = {"mask": {"size": [2, 2], "counts": "04"}}


def test_a_line_holds_the_box_or_the_mask_as_it_came_and_null_for_the_whole_picture(
    cast: Cast,
) -> None:
    dataset = make_dataset()
    boxed, masked, _ = make_labels(dataset, ["0.9", "0.8", "0.7"])
    Label.objects.filter(pk=boxed.pk).update(region=BOX)
    Label.objects.filter(pk=masked.pk).update(region=MASK)
    job = make_running_job(0, dataset=dataset)
    for whole in ({"job": job.pk}, {"dataset": dataset.pk}):
        found = {row["confidence"]: (row["box"], row["mask"]) for row in objects(cast, **whole)}
        assert found == {
            0.9: (BOX["box"], None),
            0.8: (None, MASK["mask"]),
            0.7: (None, None),
        }


def test_each_reviewers_verdict_comes_with_note_and_look_when_asked_for(cast: Cast) -> None:
    job = make_running_job(1, reviewers_per_item=2)
    noted = {"value": "disconfirm", "note": "a crayfish\n“really”", "looked": True}
    Reviewer(client_of(cast.ana), job.pk).work(lambda _: noted)
    Reviewer(client_of(cast.ben), job.pk).work("confirm")
    (row,) = objects(cast, job=job.pk, reviewers=True)
    times = list(Verdict.objects.order_by("pk").values_list("created_at", flat=True))
    assert [
        (one["person"], one["value"], one["note"], one["looked"]) for one in row["reviewers"]
    ] == [
        ("ana", "disconfirm", "a crayfish\n“really”", True),
        ("ben", "confirm", "", False),
    ]
    assert [one["at"] for one in row["reviewers"]] == [
        f"{at:%Y-%m-%dT%H:%M:%S.%f}Z" for at in times
    ]


def test_what_nobody_judged_has_an_empty_list_of_reviewers(cast: Cast) -> None:
    job = make_running_job(1)
    make_labels(job.dataset, ["0.5"], label_class="shrimp")
    assert [row["reviewers"] for row in objects(cast, dataset=job.dataset_id, reviewers=1)] == [
        [],
        [],
    ]


def test_nobodys_verdict_is_told_unasked(cast: Cast) -> None:
    job = reviewed_job(cast)
    assert all("reviewers" not in row for row in objects(cast, job=job.pk))
    assert "reviewers" not in get(cast.analyst, PREVIEW, job=job.pk).json()["sample"][0]


def test_csv_has_no_room_for_reviewers_and_says_so(cast: Cast) -> None:
    job = reviewed_job(cast)
    query = {"job": str(job.pk), "format": "csv", "reviewers": "1"}
    answers = [
        get(cast.analyst, **query),
        client_of(cast.analyst).post("/api/v1/exports/", query, format="json"),
    ]
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (400, "reviewers_need_jsonl")
        assert "reviewers" in answer.json()["errors"]
    assert not Export.objects.exists()


def test_labelers_may_not_ask_who_said_what(cast: Cast) -> None:
    job = reviewed_job(cast)
    query: dict[str, Any] = {"job": job.pk, "format": "jsonl", "reviewers": True}
    assert get(cast.ana, **query).status_code == 403
    assert "reviewers" in text_of(get(cast.admin, **query))


def test_a_written_file_has_the_reviewers_too_and_its_manifest_says_so(cast: Cast) -> None:
    job = reviewed_job(cast)
    body: dict[str, Any] = {"job": str(job.pk), "format": "jsonl", "reviewers": True}
    made = client_of(cast.analyst).post("/api/v1/exports/", body, format="json").json()
    write_export(Export.objects.get().pk)
    export = client_of(cast.analyst).get(f"/api/v1/exports/{made['id']}/").json()
    written = text_of(client_of(cast.analyst).get(export["url"]))
    assert written == stream(cast, **body)
    assert export["manifest"]["filters"]["reviewers"] is True


def test_the_manifest_holds_all_parameters_of_the_job(cast: Cast) -> None:
    job = make_running_job(1, instructions="Look at the claws.", team=cast.red)
    client_of(cast.analyst).post("/api/v1/exports/", {"job": str(job.pk)}, format="json")
    write_export(Export.objects.get().pk)
    manifest = Export.objects.get().manifest
    assert manifest is not None
    found = manifest["job"]
    assert found["team"] == {"id": str(cast.red.pk), "name": "red"}
    assert found["instructions"] == "Look at the claws."
    assert found["examples"] == []


def test_null_leaves_a_filter_out(cast: Cast) -> None:
    job = make_running_job(3)
    filters = dict.fromkeys(["dataset", "outcome", "label_classes", "min_confidence", "latest"])
    body = {"job": str(job.pk), "format": "csv", **filters}
    answer = client_of(cast.analyst).post("/api/v1/exports/", body, format="json")
    assert answer.status_code == 202, answer.json()
