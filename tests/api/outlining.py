"""One ellipse on a photo, what a person would click on it, and jobs in which people outline it."""

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from labelapp.catalog.models import Dataset, Image
from labelapp.geometry.rle import encode
from tests.api.reviewing import Reviewer
from tests.builders import make_class, make_dataset, make_photo
from tests.cast import Cast, client_of

HEIGHT, WIDTH = 90, 120
POINTS = [[60.0, 10.0], [20.0, 45.0], [60.0, 80.0], [100.0, 45.0]]


def ellipse(height: int = HEIGHT, width: int = WIDTH) -> NDArray[np.bool_]:
    """(H, W): what POINTS point at, scaled to the size."""
    x, y = (np.arange(width) + 0.5) / width, (np.arange(height)[:, None] + 0.5) / height
    inside: NDArray[np.bool_] = ((x - 1 / 2) * 3) ** 2 + ((y - 1 / 2) * 90 / 35) ** 2 <= 1
    return inside


def photo(dataset: Dataset, height: int = HEIGHT, width: int = WIDTH, kind: str = "PNG") -> Image:
    colours = np.where(ellipse(height, width)[:, :, None], (190, 70, 60), (60, 120, 70))
    noise = np.random.default_rng(height).normal(0, 6, (height, width, 1))
    return make_photo(dataset, np.clip(colours + noise, 0, 255).astype(np.uint8), kind)


def prompt(image: Image, **more: Any) -> dict[str, Any]:
    """The body of a mask request, by colour: needs no weights."""
    return {"image": str(image.pk), "segmenter": "grabcut", "extreme_points": POINTS, **more}


MASK = dict(encode(ellipse()))


def dataset_to_outline() -> Dataset:
    """Three photos, the ellipse of MASK on the first; classes Cup and Spoon."""
    dataset = make_dataset()
    for name in ("Spoon", "Cup"):
        make_class(dataset, name)
    for side in range(3):
        photo(dataset, HEIGHT, WIDTH + side)
    return dataset


def start(cast: Cast, dataset: Dataset, **fields: Any) -> str:
    admin = client_of(cast.admin)
    body = {"name": "outlines", "dataset": str(dataset.pk), "kind": "segmentation", **fields}
    made = admin.post("/api/v1/jobs/", body, format="json")
    assert made.status_code == 201, made.json()
    started = admin.post(f"/api/v1/jobs/{made.json()['id']}/start/", {"force": True}, format="json")
    assert started.status_code == 200, started.json()
    return str(made.json()["id"])


def outline(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": f"o{number}", "label_class": "Cup", "name": f"Cup {number}", "mask": MASK,
        "order": number, "source": "model", "hidden": False, "locked": False, "accepted": True,
        "history": [{"id": "s1", "n": 0, "kind": "points", "set": {"points": [[1.5, 2]]}}], **more,
    }  # fmt: skip


class Annotator(Reviewer):
    """Opens and saves documents."""

    def path(self, image: Any, **query: Any) -> str:
        asked = "".join(f"&{name}={value}" for name, value in query.items())
        return f"/api/v1/annotations/{image}/?job={self.job_id}{asked}"

    def open(self, image: Any, **query: Any) -> Any:
        return self.client.get(self.path(image, **query))

    def save(self, image: Any, etag: str | None, *outlines: Any, **headers: str) -> Any:
        match = {} if etag is None else {"If-Match": etag}
        body = json.dumps({"objects": outlines})
        return self.client.put(
            self.path(image), body, content_type="application/json", headers=match | headers
        )

    def picture(self) -> str:
        """Claims; the image of the one picture."""
        return str(self.take()["items"][0]["image"])

    def wide(self) -> str:
        """The picture of the size of MASK, whichever place it has."""
        held: list[str] = []
        for _ in range(3):
            assignment = self.take(*held)
            held.append(assignment["id"])
            if assignment["items"][0]["width"] == WIDTH:
                return str(assignment["items"][0]["image"])
        raise AssertionError("the job lacks a picture")
