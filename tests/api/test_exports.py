"""Label files: streamed, of a job or of a dataset."""

import uuid
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from labelapp.catalog.models import Image, Label
from qa.exports.columns import COLUMNS, CORRECTED, REGION_COLUMNS
from qa.exports.models import Export
from qa.jobs.models import Job
from qa.jobs.services import close_job, delete_job
from qa.verification.models import Verdict
from tests.api.exporting import PREVIEW, get, objects, reviewed_job, rows, stream
from tests.api.reviewing import Reviewer
from tests.builders import make_dataset, make_job, make_labels, make_running_job
from tests.cast import Cast, client_of

# An export reads on a connection of its own, so what it reads must be committed.
pytestmark = pytest.mark.django_db(transaction=True)


def test_it_streams_what_people_said_sorted_by_label_and_image(cast: Cast) -> None:
    job = reviewed_job(cast)
    text = stream(cast, job=job.pk)
    assert text.splitlines()[0] == ",".join(COLUMNS)
    found = rows(cast, job=job.pk)
    key = ("label", "confidence", "outcome", "confirm_count", "disconfirm_count", "unsure_count")
    assert [tuple(row[name] for name in key) for row in found] == [
        ("crab", "0.95", "split", "1", "1", "0"),
        ("crab", "", "unsure", "1", "0", "1"),
        ("lobster", "0.9", "confirmed", "2", "0", "0"),
        ("lobster", "0.8", "disconfirmed", "0", "2", "0"),
    ]
    assert [(row["label"], row["image"]) for row in found] == sorted(
        (row["label"], row["image"]) for row in found
    )
    assert {row["job"] for row in found} == {str(job.pk)}
    assert {row["source"] for row in found} == {"model.csv"}
    latest = max(Verdict.objects.values_list("created_at", flat=True))
    assert max(datetime.fromisoformat(row["reviewed_at"]) for row in found) == latest
    assert all(row["reviewed_at"].endswith("Z") for row in found)


def test_json_lines_hold_the_same_rows_with_their_types(cast: Cast) -> None:
    job = reviewed_job(cast)
    found = objects(cast, job=job.pk)
    assert [list(each) for each in found] == [[*COLUMNS, *REGION_COLUMNS, CORRECTED]] * 4
    as_text = [
        {name: "" if each[name] is None else str(each[name]) for name in COLUMNS} for each in found
    ]
    assert as_text == rows(cast, job=job.pk)
    assert found[1]["confidence"] is None
    assert found[2]["confidence"] == 0.9
    assert found[2]["confirm_count"] == 2


def test_a_pending_item_is_exported_as_pending(cast: Cast) -> None:
    job = make_running_job(1)
    close_job(person=cast.admin, job_id=job.pk)
    (row,) = rows(cast, job=job.pk)
    assert (row["outcome"], row["confirm_count"], row["reviewed_at"]) == ("pending", "0", "")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"outcome": "confirmed"}, {0.9}),
        ({"outcome": "confirmed,split"}, {0.9, 0.95}),
        ({"outcome": ["confirmed", "unsure"]}, {0.9, None}),
        ({"outcome": "pending"}, set()),
        ({"label_classes": "crab"}, {0.95, None}),
        ({"label_classes": ["crab", "lobster"]}, {0.95, None, 0.9, 0.8}),
        ({"min_confidence": "0.9"}, {0.9, 0.95}),
        ({"min_confidence": "0.9000001", "label_classes": "lobster"}, set()),
        ({"outcome": "", "label_classes": "", "min_confidence": ""}, {0.95, None, 0.9, 0.8}),
    ],
)
def test_filters_choose_rows_of_a_job_and_of_a_dataset_alike(
    cast: Cast, query: dict[str, Any], expected: set[float | None]
) -> None:
    job = reviewed_job(cast)
    assert {row["confidence"] for row in objects(cast, job=job.pk, **query)} == expected
    of_dataset = objects(cast, dataset=job.dataset_id, **query)
    assert {row["confidence"] for row in of_dataset} == expected


def test_a_class_may_be_named_by_its_id_and_may_have_a_comma_in_its_name(cast: Cast) -> None:
    dataset = make_dataset()
    (label,) = make_labels(dataset, ["0.9"], label_class="crab, blue")
    make_labels(dataset, ["0.8"], label_class="crab")
    job = make_running_job(0, dataset=dataset)
    for chosen in ("crab, blue", str(label.label_class_id)):
        for whole in ({"job": job.pk}, {"dataset": dataset.pk}):
            assert [row["label"] for row in rows(cast, label_classes=chosen, **whole)] == [
                "crab, blue"
            ]


def test_a_dataset_gives_a_row_for_each_label_and_job_that_has_it(cast: Cast) -> None:
    job = reviewed_job(cast)
    make_labels(job.dataset, ["0.5"], label_class="shrimp")
    again = make_running_job(0, dataset=job.dataset, label_classes=[_class_of(job, "crab")])
    found = rows(cast, dataset=job.dataset_id)
    assert len(found) == 4 + 2 + 1
    (shrimp,) = [row for row in found if row["label"] == "shrimp"]
    empty = ("outcome", "confirm_count", "disconfirm_count", "unsure_count", "job", "reviewed_at")
    assert [shrimp[name] for name in empty] == [""] * 6
    assert shrimp["confidence"] == "0.5"
    jobs_of_crabs = {row["job"] for row in found if row["label"] == "crab"}
    assert jobs_of_crabs == {str(job.pk), str(again.pk)}


def _class_of(job: Job, name: str) -> uuid.UUID:
    return Label.objects.filter(image__dataset=job.dataset, label_class__name=name)[
        0
    ].label_class_id


def test_latest_keeps_the_last_job_that_judged_a_label(cast: Cast) -> None:
    job = reviewed_job(cast)
    crab = _class_of(job, "crab")
    second = make_running_job(0, dataset=job.dataset, label_classes=[crab])
    unjudged = rows(cast, dataset=job.dataset_id, latest=True)
    assert {row["job"] for row in unjudged} == {str(job.pk)}
    Reviewer(client_of(cast.ana), second.pk).work("disconfirm")
    found = rows(cast, dataset=job.dataset_id, latest=True)
    assert len(found) == 4
    outcomes = {row["outcome"] for row in found if row["label"] == "crab"}
    assert outcomes == {"disconfirmed"}
    close_job(person=cast.admin, job_id=second.pk)
    delete_job(person=cast.admin, job_id=second.pk, name=second.name)
    assert {row["job"] for row in rows(cast, dataset=job.dataset_id, latest=True)} == {str(job.pk)}


def test_the_confidence_is_the_one_the_job_froze(cast: Cast) -> None:
    job = make_running_job(1)
    Label.objects.update(confidence=0.75, bin=750)
    for query in ({"job": job.pk}, {"dataset": job.dataset_id}):
        assert rows(cast, **query)[0]["confidence"] == "0"


def test_an_erased_picture_is_in_no_export_of_its_dataset(cast: Cast) -> None:
    job = make_running_job(2)
    erased = Image.objects.filter(dataset=job.dataset)[0]
    Image.objects.filter(pk=erased.pk).update(erased_at=timezone.now())
    assert len(rows(cast, dataset=job.dataset_id)) == 1
    assert len(rows(cast, job=job.pk)) == 2


NASTY = ['=HYPERLINK("x")', "+1", "-1", "@sum", "\tTab", 'a "b", c\nd\\e', "plain", "é😀"]


def nasty_job(cast: Cast) -> Job:
    job = make_running_job(len(NASTY))
    for image, ref in zip(Image.objects.filter(dataset=job.dataset), NASTY, strict=True):
        Image.objects.filter(pk=image.pk).update(ref=ref)
    return job


def test_csv_defuses_what_a_spreadsheet_would_run(cast: Cast) -> None:
    job = nasty_job(cast)
    found = {row["image"] for row in rows(cast, job=job.pk)}
    assert found == {f"'{ref}" for ref in NASTY[:5]} | set(NASTY[5:])
    as_is = {row["image"] for row in rows(cast, job=job.pk, guard_formulas=False)}
    assert as_is == set(NASTY)


def test_json_lines_carry_any_text_as_it_is(cast: Cast) -> None:
    job = nasty_job(cast)
    found = [row["image"] for row in objects(cast, job=job.pk)]
    assert found == sorted(NASTY)


def test_a_job_without_items_gives_a_header_alone(cast: Cast) -> None:
    job = make_job(make_dataset())
    assert stream(cast, job=job.pk) == ",".join(COLUMNS) + "\n"
    assert stream(cast, job=job.pk, format="jsonl") == ""


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ({}, "dataset_or_job", "dataset"),
        ({"dataset": "x"}, "invalid", "dataset"),
        ({"format": "xlsx"}, "invalid", "format"),
        ({"outcome": "right"}, "invalid", "outcome"),
        ({"min_confidence": "nan"}, "invalid", "min_confidence"),
        ({"min_confidence": "80"}, "invalid", "min_confidence"),
        ({"latest": "perhaps"}, "invalid", "latest"),
    ],
)
def test_it_refuses_what_it_cannot_read_by_name(
    cast: Cast, query: dict[str, str], code: str, field: str
) -> None:
    answers = [
        get(cast.analyst, **query),
        client_of(cast.analyst).post("/api/v1/exports/", query, format="json"),
    ]
    for answer in answers:
        assert answer.status_code == 400
        assert answer.json()["code"] == code
        assert field in answer.json()["errors"]
    assert not Export.objects.exists()


def test_it_refuses_both_unknown_classes_and_latest_of_a_job(cast: Cast) -> None:
    job = make_running_job(1)
    both = get(cast.analyst, job=job.pk, dataset=job.dataset_id)
    assert both.json()["code"] == "dataset_or_job"
    assert get(cast.analyst, job=job.pk, latest=1).json()["code"] == "latest_of_dataset"
    wholes: list[dict[str, Any]] = [{"job": job.pk}, {"dataset": job.dataset_id}]
    for whole in wholes:
        answer = get(cast.analyst, **whole, label_classes="Crab")
        assert (answer.status_code, answer.json()["code"]) == (400, "unknown_class")


def test_rights_come_before_the_query_and_what_is_not_there_is_404(cast: Cast) -> None:
    assert get(None, format="x").status_code == 401
    assert get(cast.ana, format="x").status_code == 403
    assert get(cast.analyst, job=uuid.uuid4()).status_code == 404
    assert get(cast.analyst, dataset=uuid.uuid4()).status_code == 404


def test_a_preview_counts_the_rows_and_shows_a_few(cast: Cast) -> None:
    job = reviewed_job(cast)
    answer = get(cast.analyst, PREVIEW, job=job.pk, outcome="split,unsure")
    assert answer.json()["rows"] == 2
    assert {row["label"] for row in answer.json()["sample"]} == {"crab"}
    of_dataset = get(cast.analyst, PREVIEW, dataset=job.dataset_id)
    assert of_dataset.json()["rows"] == 4
