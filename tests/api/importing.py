"""Bringing files in through the API, and a worker's part done in this process."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.test import APIClient

from labelapp.imports.running import run

CSV = "image,label,confidence\n"


def picture(width: int = 40, height: int = 30, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """A small picture whose content depends on its size, so that two sizes are two contents."""
    out = io.BytesIO()
    Image.new(mode, (width, height), 128 if mode in {"L", "I;16"} else None).save(out, kind)
    return out.getvalue()


def zip_of(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def send(client: APIClient, dataset: Any, **fields: Any) -> Any:
    """POST an import; `file` and `images` may be text, bytes, or (name, bytes)."""
    body: dict[str, Any] = {"dataset": str(dataset.pk), **fields}
    for part, name in (("file", "labels.csv"), ("images", "pictures.zip")):
        if part in body:
            given = body[part]
            own, data = given if isinstance(given, tuple) else (name, given)
            data = data.encode() if isinstance(data, str) else data
            body[part] = SimpleUploadedFile(own, data)
    return client.post("/api/v1/imports/", body, format="multipart")


def read(client: APIClient, import_id: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/imports/{import_id}/")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def bring(client: APIClient, dataset: Any, **fields: Any) -> dict[str, Any]:
    """POST an import, do the worker's part, and read what came of it."""
    answer = send(client, dataset, **fields)
    assert answer.status_code == 202, answer.content
    run(answer.json()["id"])
    return read(client, answer.json()["id"])


def change(client: APIClient, found: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """PATCH an import, do the worker's part, and read what came of it."""
    answer = client.patch(f"/api/v1/imports/{found['id']}/", fields, format="json")
    assert answer.status_code == 202, answer.content
    run(found["id"])
    return read(client, found["id"])


def rejected(client: APIClient, found: Mapping[str, Any]) -> list[str]:
    """The lines of the list of rejected rows, without its header."""
    answer = client.get(found["rejected_url"])
    assert answer.status_code == 200
    content = answer.getvalue() if answer.streaming else answer.content
    return content.decode().splitlines()[1:]
