"""Label files as people save them, and files that cannot be taken at all."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Image, Label, LabelClass
from tests.api.importing import CSV, bring, send
from tests.builders import make_dataset
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset("crabs")


@pytest.fixture
def by_reference(admin: APIClient, dataset: Dataset) -> Callable[..., dict[str, Any]]:
    """Import a label file without its pictures."""
    return lambda file: bring(admin, dataset, file=file, missing_images="reference")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bom.csv", b"\xef\xbb\xbf" + (CSV + "a.jpg,Caf\u00e9,0.5\n").encode()),
        ("wide.csv", (CSV + "a.jpg,Caf\u00e9,0.5\r\n").encode("utf-16")),
        ("old.csv", (CSV + "a.jpg,Caf\u00e9,0.5\n").replace("\n", "\r").encode()),
        ("packed.csv.gz", gzip.compress((CSV + "a.jpg,Caf\u00e9,0.5\n").encode(), mtime=0)),
        ("tabs.tsv", (CSV + "a.jpg,Caf\u00e9,0.5\n").replace(",", "\t").encode()),
    ],
)
def test_files_come_as_people_save_them(by_reference: Any, name: str, data: bytes) -> None:
    found = by_reference((name, data))
    assert found["counts"]["labels"] == 1, found["message"]
    assert LabelClass.objects.get().name == "Caf\u00e9"
    assert Label.objects.get().source == name


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (CSV.encode() + b"a.jpg,Crab,0.5\nb.jpg,Caf\xe9,0.5\n", "wrong_encoding", "Line 3 "),
        (b"\n\n", "empty_file", "empty"),
        (CSV.encode(), "no_rows", "no rows"),
        (b"PK\x03\x04rest", "not_text", "zip"),
        (b'[{"image": 1}]', "json_array", "one JSON object on each line"),
        (b",".join(b"c%d" % n for n in range(201)) + b"\n1\n", "too_many_columns", "201"),
    ],
)
def test_a_file_that_cannot_be_read_fails_whole(
    by_reference: Any, data: bytes, code: str, words: str
) -> None:
    found = by_reference(("labels.csv", data))
    assert (found["state"], found["error_code"]) == ("failed", code)
    assert words in found["message"]
    assert Image.objects.count() == 0


def test_a_gzip_that_is_none_fails_whole(by_reference: Any) -> None:
    found = by_reference(("labels.csv.gz", b"not gzip at all"))
    assert (found["state"], found["error_code"]) == ("failed", "bad_gzip")


def test_an_empty_upload_is_refused_at_once(admin: APIClient, dataset: Dataset) -> None:
    answer = send(admin, dataset, file=b"")
    assert answer.status_code == 400
    assert answer.json()["errors"] == {"file": ["The submitted file is empty."]}


def test_a_label_file_over_its_limit_is_refused_while_it_comes(
    admin: APIClient, dataset: Dataset, settings: Any
) -> None:
    settings.MAX_LABEL_FILE_BYTES = 100_000
    answer = send(admin, dataset, file=CSV + "a.jpg,Crab,0.5\n" * 20_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert "100,000 bytes" in answer.json()["detail"]


def test_an_unpacked_label_file_over_its_limit_fails(by_reference: Any, settings: Any) -> None:
    settings.MAX_LABEL_FILE_BYTES = 100_000
    found = by_reference(("l.csv.gz", gzip.compress((CSV + "a.jpg,Crab,0.5\n" * 20_000).encode())))
    assert found["error_code"] == "file_too_large"


def test_more_classes_than_the_limit_fail_whole(by_reference: Any, settings: Any) -> None:
    settings.MAX_CLASSES_PER_DATASET = 10
    found = by_reference(CSV + "".join(f"a.jpg,c{n},0.5\n" for n in range(11)))
    assert (found["state"], found["error_code"]) == ("failed", "too_many_classes")
    assert LabelClass.objects.count() == Image.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        r'{"classes": {"\ud800": "b"}}',
        r'{"columns": {"\u0000": "extra"}}',
    ],
)
def test_a_mapping_that_no_database_keeps_is_refused(cast: Cast, text: str) -> None:
    answer = send(client_of(cast.admin), make_dataset(), file=f"{CSV}a,X,0.5\n", mapping=text)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["mapping"])
