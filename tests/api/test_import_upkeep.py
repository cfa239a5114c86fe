"""Imports beside the main road: uploads by the browser, the command, and what is tidied away."""

import io
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from rest_framework.test import APIClient

from labelapp.background import WorkState
from labelapp.catalog.models import Dataset, Label
from labelapp.imports import services
from labelapp.imports.models import Import
from labelapp.imports.running import run
from labelapp.imports.uploads import incoming_folder
from tests.api.importing import CSV, bring, send, zip_of
from tests.builders import PASSWORD, make_dataset
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset("crabs")


@pytest.fixture
def browser(cast: Cast) -> APIClient:
    """The admin with a session and the CSRF cookie, as the page sends it."""
    client = APIClient(enforce_csrf_checks=True)
    client.get("/")
    token = client.cookies["csrftoken"].value
    client.post(
        "/api/v1/auth/session/",
        {"username": "admin", "password": PASSWORD},
        format="json",
        headers={"X-CSRFToken": token},
    )
    return client


def test_the_browser_uploads_with_its_csrf_token_only(
    browser: APIClient, dataset: Dataset, settings: Any
) -> None:
    settings.MAX_LABEL_FILE_BYTES = 1_000_000

    def post(size: int, headers: dict[str, str]) -> Any:
        file = SimpleUploadedFile("a.csv", (CSV + "a.jpg,Crab,0.5\n" * size).encode())
        body = {"dataset": str(dataset.pk), "file": file}
        return browser.post("/api/v1/imports/", body, format="multipart", headers=headers)

    token = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    assert post(10, token).status_code == 202
    assert post(10, {}).status_code == 403
    too_large = post(100_000, token)
    assert (too_large.status_code, too_large.json()["code"]) == (413, "file_too_large")


def test_a_zip_over_its_limit_is_refused_while_it_comes(
    admin: APIClient, dataset: Dataset, settings: Any
) -> None:
    settings.MAX_ZIP_BYTES = 10_000
    answer = send(admin, dataset, images=b"PK" * 10_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert not list(incoming_folder().glob("*"))


def test_an_announced_size_over_all_limits_is_refused_unread(
    admin: APIClient, dataset: Dataset, settings: Any
) -> None:
    settings.MAX_ZIP_BYTES = settings.MAX_LABEL_FILE_BYTES = 10
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = None
    answer = admin.post("/api/v1/imports/", {"dataset": "x" * 1_100_000}, format="multipart")
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")


def test_what_was_sent_is_gone_once_it_is_imported(admin: APIClient, dataset: Dataset) -> None:
    found = bring(admin, dataset, file=CSV + "a.jpg,Crab,0.5\n", missing_images="reference")
    work = Import.objects.get(pk=found["id"])
    assert work.file
    assert not storages["uploads"].exists(work.file)


def test_what_nobody_went_on_with_is_removed_after_a_week(
    admin: APIClient, dataset: Dataset
) -> None:
    waiting = bring(admin, dataset, file=CSV + "a.jpg,Crab,1\n", missing_images="reference")
    looked = bring(admin, dataset, file=CSV + "a.jpg,Crab,0.5\n", dry_run=True)
    broken_off = incoming_folder() / "half"
    broken_off.write_bytes(b"x")
    services.tidy_imports()
    assert Import.objects.filter(state=WorkState.CANCELLED).count() == 0
    Import.objects.update(finished_at=timezone.now() - timedelta(days=8))
    services.tidy_imports()
    for found in (waiting, looked):
        work = Import.objects.get(pk=found["id"])
        assert work.state == WorkState.CANCELLED
        assert not storages["uploads"].exists(work.file)
    assert broken_off.exists()
    os.utime(broken_off, (0, 0))
    services.tidy_imports()
    assert not broken_off.exists()


def test_a_dry_run_may_be_changed_often_without_being_given_up(
    admin: APIClient, dataset: Dataset
) -> None:
    found = bring(admin, dataset, file=CSV + "a.jpg,Crab,0.5\n", dry_run=True)
    for _ in range(7):
        admin.patch(f"/api/v1/imports/{found['id']}/", {"mapping": {}}, format="json")
        run(found["id"])
    work = Import.objects.get(pk=found["id"])
    assert work.attempts == 8
    long_ago = timezone.now() - timedelta(minutes=1)
    admin.patch(f"/api/v1/imports/{found['id']}/", {"dry_run": False}, format="json")
    work.refresh_from_db()
    work.claim(WorkState.CHECKING)
    Import.objects.filter(pk=work.pk).update(lease_until=long_ago)
    assert services.sweep_imports() == 1
    work.refresh_from_db()
    assert work.state == WorkState.CHECKING


def test_an_import_whose_workers_all_die_is_given_up(admin: APIClient, dataset: Dataset) -> None:
    found = send(admin, dataset, file=CSV + "a.jpg,Crab,0.5\n").json()
    long_ago = timezone.now() - timedelta(minutes=1)
    Import.objects.update(state=WorkState.RUNNING, attempts=5, lease_until=long_ago)
    assert services.sweep_imports() == 0
    assert Import.objects.get(pk=found["id"]).state == WorkState.FAILED


def test_the_command_imports_and_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dataset: Dataset
) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(CSV + "a.jpg,Crab,0.5\n")

    def work_meanwhile(_: float) -> None:
        run(Import.objects.get().pk)

    monkeypatch.setattr("time.sleep", work_meanwhile)
    out = io.StringIO()
    call_command(
        "import_labels", "--dataset", "CRABS", "--file", str(file),
        "--missing-images", "placeholder", "--wait", stdout=out, stderr=io.StringIO(),
    )  # fmt: skip
    printed = out.getvalue().splitlines()
    assert printed[0] == str(Import.objects.get().pk)
    assert json.loads(printed[1])["labels"] == 1
    assert Label.objects.get().label_class.dataset == dataset


def test_the_command_says_what_is_wrong(tmp_path: Path, dataset: Dataset) -> None:
    with pytest.raises(CommandError, match="label file, pictures, or both"):
        call_command("import_labels", "--dataset", "crabs")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_labels", "--dataset", "crabs", "--file", str(tmp_path / "gone.csv"))


def test_a_zip_whose_entry_is_damaged_rejects_that_picture(
    admin: APIClient, dataset: Dataset
) -> None:
    zipped = bytearray(zip_of({"a.jpg": bytes(range(256)) * 40}))
    zipped[60:90] = b"\xff" * 30
    found = bring(admin, dataset, images=bytes(zipped))
    assert found["state"] == "done", found["message"]
    assert found["counts"]["rejected"] == 1
    assert "damaged" in found["problems"][0]["reason"]
