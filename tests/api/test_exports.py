"""Label files: streamed, or written by a worker whose part is done in this process."""

import csv
import hashlib
import io
import json
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test.client import Client
from django.utils import timezone

from labelapp.accounts.models import User
from labelapp.background import WorkState
from labelapp.catalog.models import Image, Label
from qa.exports import services, writer
from qa.exports.columns import COLUMNS
from qa.exports.manifest import manifest
from qa.exports.models import Export
from qa.jobs.models import Job
from qa.jobs.removal import remove_job
from qa.jobs.services import close_job, delete_job
from qa.verification.models import Item, Verdict
from tests.api.reviewing import Reviewer
from tests.builders import make_dataset, make_job, make_labels, make_running_job
from tests.cast import Cast, client_of

# An export reads on a connection of its own, so what it reads must be committed.
pytestmark = pytest.mark.django_db(transaction=True)

LABELS = "/api/v1/exports/labels/"
PREVIEW = "/api/v1/exports/preview/"


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.content
    content = b"".join(answer.streaming_content)
    answer.close()
    return content.decode()


def get(person: User | None, path: str = LABELS, **query: Any) -> Any:
    return client_of(person).get(path, query)


def stream(cast: Cast, **query: Any) -> str:
    return text_of(get(cast.analyst, **query))


def rows(cast: Cast, **query: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(stream(cast, **query))))


def objects(cast: Cast, **query: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream(cast, format="jsonl", **query).splitlines()]


def reviewed_job(cast: Cast, **fields: Any) -> Job:
    """Four items of two classes judged by two people: confirmed, disconfirmed, split, unsure."""
    dataset = make_dataset()
    make_labels(dataset, ["0.9", "0.8"], label_class="lobster")
    make_labels(dataset, ["0.95", None], label_class="crab")
    job = make_running_job(0, dataset=dataset, reviewers_per_item=2, **fields)
    said = {
        ("lobster", 0.9): ("confirm", "confirm"),
        ("lobster", 0.8): ("disconfirm", "disconfirm"),
        ("crab", 0.95): ("confirm", "disconfirm"),
        ("crab", None): ("unsure", "confirm"),
    }
    plan = {
        str(item.pk): said[item.label_class.name, item.confidence]
        for item in Item.objects.filter(job=job).select_related("label_class")
    }
    for place, person in enumerate((cast.ana, cast.ben)):
        reviewer = Reviewer(client_of(person), job.pk)
        reviewer.work(said_by(plan, place))
    return job


def said_by(plan: dict[str, tuple[str, str]], place: int) -> Callable[[dict[str, Any]], str]:
    return lambda item: plan[item["id"]][place]


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
    assert [list(each) for each in found] == [list(COLUMNS)] * 4
    as_text = [
        {name: "" if value is None else str(value) for name, value in each.items()}
        for each in found
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


# Written by a worker


def request(cast: Cast, **body: Any) -> Any:
    client = client_of(cast.analyst)
    answer = client.post("/api/v1/exports/", {k: str(v) for k, v in body.items()}, format="json")
    assert answer.status_code == 202, answer.json()
    return answer.json()


def written(cast: Cast, **body: Any) -> Any:
    """The export once a worker was done with it."""
    made = request(cast, **body)
    services.write_export(uuid.UUID(made["id"]))
    return fetch(cast, made["id"])


def fetch(cast: Cast, export_id: str) -> Any:
    return client_of(cast.analyst).get(f"/api/v1/exports/{export_id}/").json()


def file_of(cast: Cast, export: dict[str, Any]) -> Any:
    return client_of(cast.analyst).get(export["url"])


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_worker_writes_what_the_stream_sends(cast: Cast, form: str) -> None:
    job = reviewed_job(cast)
    made = request(cast, job=job.pk, format=form)
    assert (made["state"], made["url"], made["manifest"]) == ("queued", None, None)
    services.write_export(uuid.UUID(made["id"]))
    export = fetch(cast, made["id"])
    assert (export["state"], export["rows"]) == ("done", 4)
    assert export["progress"]["done"] == export["progress"]["total"] == 4
    text = text_of(file_of(cast, export))
    assert text == stream(cast, job=job.pk, format=form)
    assert hashlib.sha256(text.encode()).hexdigest() == export["manifest"]["labels_sha256"]


def test_the_manifest_says_where_the_rows_come_from_and_what_they_rest_on(cast: Cast) -> None:
    job = reviewed_job(cast)
    export = written(cast, job=job.pk, outcome="split")
    found = export["manifest"]
    assert found["by"] == "analyst"
    assert found["job"]["id"] == str(job.pk)
    assert found["job"]["seed"] == job.seed
    assert found["rule"] == "unanimous"
    assert found["filters"]["outcome"] == ["split"]
    assert found["rows"] == 1
    assert found["counts"] == {"by_class": {"crab": {"split": 1}}, "by_outcome": {"split": 1}}
    verdicts = Verdict.objects.filter(item__outcome="split").order_by("pk")
    lines = "".join(f"{each.pk},{each.value}\n" for each in verdicts)
    assert found["verdicts_sha256"] == hashlib.sha256(lines.encode()).hexdigest()
    beside = client_of(cast.analyst).get(export["manifest_url"])
    assert json.loads(text_of(beside)) == found


def test_the_manifest_of_a_dataset_counts_labels_that_no_job_has(cast: Cast) -> None:
    job = reviewed_job(cast)
    make_labels(job.dataset, ["0.5", "0.4"], label_class="shrimp")
    found = written(cast, dataset=job.dataset_id)["manifest"]
    assert found["job"] is None
    assert found["counts"]["by_class"]["shrimp"] == {"no_job": 2}
    assert found["rows"] == 6


def test_another_verdict_gives_another_digest(cast: Cast) -> None:
    job = reviewed_job(cast)
    before = written(cast, job=job.pk)["manifest"]["verdicts_sha256"]
    assert written(cast, job=job.pk)["manifest"]["verdicts_sha256"] == before
    Verdict.objects.filter(value="unsure").update(value="confirm")
    assert written(cast, job=job.pk)["manifest"]["verdicts_sha256"] != before


def test_there_is_no_file_before_it_is_whole(cast: Cast) -> None:
    made = request(cast, job=make_running_job(1).pk)
    for part in ("file", "manifest"):
        answer = client_of(cast.analyst).get(f"/api/v1/exports/{made['id']}/{part}/")
        assert (answer.status_code, answer.json()["code"]) == (409, "export_not_ready")


def test_only_who_may_export_gets_the_file(cast: Cast) -> None:
    export = written(cast, job=make_running_job(1).pk)
    assert client_of(cast.admin).get(export["url"]).status_code == 200
    assert client_of(cast.ana).get(export["url"]).status_code == 403
    assert client_of(None).get(export["url"]).status_code == 401


def test_ringing_twice_writes_once(cast: Cast) -> None:
    export = written(cast, job=make_running_job(3).pk)
    services.write_export(uuid.UUID(export["id"]))
    assert fetch(cast, export["id"]) == export


def test_a_cancelled_export_is_not_written_and_cannot_be_cancelled_again(cast: Cast) -> None:
    made = request(cast, job=make_running_job(3).pk)
    address = f"/api/v1/exports/{made['id']}/cancel/"
    assert client_of(cast.analyst).post(address).json()["state"] == "cancelled"
    services.write_export(uuid.UUID(made["id"]))
    assert fetch(cast, made["id"])["url"] is None
    assert files(made["id"]) == []
    again = client_of(cast.analyst).post(address)
    assert (again.status_code, again.json()["code"]) == (409, "export_ended")


def files(export_id: str) -> list[Path]:
    folder = Path(writer.storage().path(export_id))
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_worker_that_lost_the_row_leaves_nothing_behind(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = request(cast, job=make_running_job(3).pk)
    whole = manifest

    def taken_over_meanwhile(*args: Any, **more: Any) -> Any:
        Export.objects.filter(pk=made["id"]).update(attempts=2)
        return whole(*args, **more)

    monkeypatch.setattr(writer, "manifest", taken_over_meanwhile)
    services.write_export(uuid.UUID(made["id"]))
    monkeypatch.undo()
    assert fetch(cast, made["id"])["state"] == "running"
    assert files(made["id"]) == []

    Export.objects.filter(pk=made["id"]).update(lease_until=timezone.now())
    services.write_export(uuid.UUID(made["id"]))
    export = fetch(cast, made["id"])
    assert export["state"] == "done"
    assert len(text_of(file_of(cast, export)).splitlines()) == 4


def test_a_full_disk_fails_the_export_in_words(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    export = written(cast, job=make_running_job(3).pk)
    assert (export["state"], export["url"]) == ("failed", None)
    assert "No space left on device" in export["message"]
    assert files(export["id"]) == []


def test_what_dead_workers_left_is_tidied_up_and_finished_files_stay(cast: Cast) -> None:
    services.remove_leftovers()
    done = written(cast, job=make_running_job(1).pk)
    failed = request(cast, job=make_running_job(1).pk)
    Export.objects.filter(pk=failed["id"]).update(state=WorkState.FAILED)
    for name in (failed["id"], str(uuid.uuid4())):
        part = Path(writer.storage().path(f"{name}/1/labels.csv.part"))
        part.parent.mkdir(parents=True)
        part.write_text("half")
    assert services.remove_leftovers() == 2
    assert len(files(done["id"])) == 2
    assert files(failed["id"]) == []


def test_exports_leave_with_their_job(cast: Cast) -> None:
    job = make_running_job(1)
    export = written(cast, job=job.pk)
    remove_job(job.pk)
    assert client_of(cast.analyst).get(f"/api/v1/exports/{export['id']}/").status_code == 404
    assert files(export["id"]) == []


def test_the_list_shows_exports_of_what_is_not_in_the_bin(cast: Cast) -> None:
    job, other = make_running_job(1), make_running_job(1)
    kept, gone = request(cast, job=other.pk), request(cast, job=job.pk)
    close_job(person=cast.admin, job_id=job.pk)
    delete_job(person=cast.admin, job_id=job.pk, name=job.name)
    listed = client_of(cast.analyst).get("/api/v1/exports/").json()["results"]
    assert [each["id"] for each in listed] == [kept["id"]]
    assert fetch(cast, gone["id"])["status"] == 404


def test_a_token_fetches_the_file_as_a_script_would(cast: Cast) -> None:
    export = written(cast, job=make_running_job(2).pk)
    signed_in = Client().post(
        "/api/v1/auth/token/",
        {"username": "analyst", "password": "correct horse battery"},
        content_type="application/json",
    )
    bearer = {"Authorization": f"Bearer {signed_in.json()['token']}"}
    answer = Client().get(export["url"], headers=bearer)
    assert answer["Content-Disposition"] == 'attachment; filename="labels.csv"'
    assert len(text_of(answer).splitlines()) == 3
