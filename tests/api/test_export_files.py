"""Label files with their manifest, written by a worker whose part is done in this process."""

import hashlib
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test.client import Client
from django.utils import timezone

from labelapp.background import WorkState
from qa.exports import services, writer
from qa.exports.manifest import manifest
from qa.exports.models import Export
from qa.jobs.removal import remove_job
from qa.jobs.services import close_job, delete_job
from qa.verification.models import Verdict
from tests.api.exporting import reviewed_job, stream, text_of
from tests.builders import make_labels, make_running_job
from tests.cast import Cast, client_of

# An export reads on a connection of its own, so what it reads must be committed.
pytestmark = pytest.mark.django_db(transaction=True)


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
