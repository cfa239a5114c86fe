"""Model versions: the built-in one, and ONNX files as people bring them."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from rest_framework.test import APIClient

from ml.registry import files
from ml.registry.errors import ModelFileChanged, ModelFileGone
from ml.registry.models import ModelVersion
from ml.registry.services import list_shipped
from tests.cast import Cast, client_of
from tests.classifiers import COLOURS, SIZE, write_classifier, write_weight

pytestmark = pytest.mark.django_db
MODELS = "/api/v1/model-versions/"


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture(autouse=True)
def own_places(settings: Settings, tmp_path: Path) -> None:
    settings.WEIGHTS_DIR = tmp_path / "weights"
    settings.WEIGHTS_DIR.mkdir()


def declared(**more: Any) -> dict[str, Any]:
    given = {"name": "colours", "version": "1.0", "classes": list(COLOURS), "size": SIZE}
    return given | {"mean": [0.5] * 3, "std": [0.5] * 3} | more


def send(client: APIClient, content: bytes, status: int = 201, **more: Any) -> dict[str, Any]:
    """As a browser does: the file and what is declared in one multipart body."""
    given = {
        name: json.dumps(value) if isinstance(value, list | dict) else value
        for name, value in declared(**more).items()
    }
    answer = client.post(
        MODELS, {**given, "file": SimpleUploadedFile("m.onnx", content)}, format="multipart"
    )
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def name_path(client: APIClient, path: str, status: int = 201, **more: Any) -> dict[str, Any]:
    answer = client.post(MODELS, declared(path=path, **more), format="json")
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
def colours(tmp_path: Path) -> bytes:
    return write_classifier(tmp_path / "colours.onnx", features=True).read_bytes()


def test_a_model_that_runs_is_taken_in(admin: APIClient, colours: bytes, cast: Cast) -> None:
    made = send(
        admin,
        colours,
        licence="CC0",
        architecture="mean colour",
        trained_on={"images": 0},
        calibration={"temperature": 1.5, "verdicts": 120},
    )
    assert made["label_source"] == "model:colours@1.0"
    assert (made["kind"], made["class_count"], made["classes"]) == ("onnx", 3, list(COLOURS))
    assert (made["features"], made["probabilities"]) == (3, False)
    assert made["weights_sha256"] == sha256(colours).hexdigest()
    assert (made["licence"], made["made_by"], made["created_by"]) == ("CC0", "admin", "admin")
    assert made["calibration"] == {"temperature": 1.5, "verdicts": 120}
    assert admin.get(f"{MODELS}{made['id']}/").json() == made
    row = ModelVersion.objects.get()
    assert (files.local_folder(row) / files.graph_name(row)).read_bytes() == colours
    listed = client_of(cast.analyst).get(MODELS, {"name": "COLOURS"}).json()["results"]
    assert [one["id"] for one in listed] == [made["id"]]


def test_the_built_in_model_is_listed_once(admin: APIClient) -> None:
    assert list_shipped() == list_shipped()
    (listed,) = admin.get(MODELS).json()["results"]
    assert (listed["kind"], listed["class_count"]) == ("shipped", 1000)
    assert listed["licence"] == "Apache-2.0"
    assert listed["created_by"] is None
    assert len(listed["weights_sha256"]) == 64


def test_a_name_and_version_are_given_once(admin: APIClient, colours: bytes) -> None:
    send(admin, colours)
    refused = send(admin, colours, 409, name="Colours")
    assert refused["code"] == "model_version_taken"
    send(admin, colours, version="1.1")


@pytest.mark.parametrize(
    ("options", "more", "code"),
    [
        ({}, {"classes": ["Red", "Green"]}, "wrong_output"),
        ({}, {"size": 64}, "wrong_input"),
        ({"operator": "Frobnicate"}, {}, "unknown_operators"),
        ({"outside": "../../secret.bin"}, {}, "external_data"),
        ({"outside": "weights.bin"}, {}, "external_data"),
        ({"outside": "x" * 300}, {}, "external_data"),
        ({"outside": "a\0b"}, {}, "external_data"),
        ({}, {"sha256": "0" * 64}, "wrong_hash"),
    ],
)
def test_each_fault_of_a_model_has_its_own_answer_and_leaves_nothing(
    admin: APIClient, tmp_path: Path, options: dict[str, Any], more: dict[str, Any], code: str
) -> None:
    content = write_classifier(tmp_path / "odd.onnx", **options).read_bytes()
    before = kept_folders()
    assert send(admin, content, 400, **more)["code"] == code
    assert not ModelVersion.objects.exists()
    assert kept_folders() == before


def kept_folders() -> set[str]:
    root = Path(storages["models"].path(""))
    return {one.name for one in root.iterdir()} if root.is_dir() else set()


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"\x80\x04\x95 pickled"])
def test_what_is_no_onnx_is_refused(admin: APIClient, content: bytes) -> None:
    assert send(admin, content, 400)["code"] == "not_onnx"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("classes", ["Red", "red ", "Blue"]),
        ("classes", ["Red"]),
        ("classes", {"a": 1}),
        ("classes", ["Red\0", "Green", "Blue"]),
        ("mean", [0.5, 0.5]),
        ("std", [0.5, 0.5, 0]),
        ("size", 4),
        ("framing", "tilt"),
        ("name", "../etc"),
        ("trained_on", {"images": "\0"}),
        ("calibration", {"temperature": 0}),
        ("sha256", "abc"),
    ],
)
def test_what_is_declared_wrongly_is_told_by_field(
    admin: APIClient, colours: bytes, field: str, value: Any
) -> None:
    assert field in send(admin, colours, 400, **{field: value})["errors"]


def test_a_model_may_lie_on_the_server_with_its_weights_beside_it(
    admin: APIClient, settings: Settings
) -> None:
    folder = settings.WEIGHTS_DIR / "mine"
    write_classifier(folder / "colours.onnx", outside="weights.bin")
    write_weight(folder / "weights.bin")
    made = name_path(admin, "mine/colours.onnx")
    assert set(made["files"]) == {"model.onnx", "weights.bin"}
    (folder / "weights.bin").unlink()
    row = ModelVersion.objects.get()
    assert (files.local_folder(row) / "weights.bin").is_file()


@pytest.mark.parametrize("path", ["../colours.onnx", "/etc/passwd", "nothing.onnx", ".", "x" * 300])
def test_a_path_outside_of_the_weights_folder_is_refused(
    admin: APIClient, tmp_path: Path, path: str
) -> None:
    write_classifier(tmp_path / "colours.onnx")
    assert name_path(admin, path, 400)["code"] == "model_path_not_allowed"


def test_neither_a_file_nor_a_path_or_both_is_refused(admin: APIClient, colours: bytes) -> None:
    answer = admin.post(MODELS, declared(), format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "no_model_file")
    assert send(admin, colours, 400, path="colours.onnx")["code"] == "no_model_file"


def test_a_file_over_the_limit_is_refused(
    admin: APIClient, colours: bytes, settings: Settings
) -> None:
    settings.MAX_MODEL_BYTES = 100
    send(admin, colours, 413)


def test_a_file_that_was_changed_or_lost_is_not_used(admin: APIClient, colours: bytes) -> None:
    send(admin, colours)
    row = ModelVersion.objects.get()
    kept = files.local_folder(row) / files.MODEL
    kept.write_bytes(colours + b"more")
    with pytest.raises(ModelFileChanged, match="is not the file it should be"):
        files.local_folder(row)
    kept.unlink()
    with pytest.raises(ModelFileGone):
        files.local_folder(row)
