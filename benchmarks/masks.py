"""Four clicks to a mask: a 12-megapixel photo over HTTP, beside the segmenter called by itself."""

from __future__ import annotations

import io
import json
import time
from contextlib import ExitStack
from typing import Any

import numpy as np
from django.conf import settings
from PIL import Image as Pillow
from sklearn.datasets import load_sample_image

from benchmarks import data, painting
from benchmarks.client import API, Client
from benchmarks.figures import Figure, percentile
from benchmarks.installation import Installation, started
from benchmarks.processes import cpu_seconds
from labelapp.catalog import blobs, pictures
from labelapp.catalog.models import Dataset, Image
from labelapp.local import programs
from ml.inference.segment import open_drawer
from ml.registry.weights import segmenter

SIZE = (4240, 2832)  # 12 megapixels
# The flower of scikit-learn's photo: top, left, bottom, right, as shares of the sides.
CORNERS = ((0.48, 0.10), (0.24, 0.48), (0.47, 0.93), (0.75, 0.50))
PROMPTS = 20
PICTURES = 6


def measure(running: Installation, rows: int) -> list[Figure]:
    """Each prompt is a new one: its points lie a pixel beside those of the one before."""
    photo = _photo()
    client = Client(running.web_port, data.token_of(data.admin()))
    with ExitStack() as ends:
        worker = next(one for one in programs.workers() if one.name == "worker-interactive")
        child = started(
            ends, worker, running.folder, lambda: _answers(client, photo.resize((640, 427)))
        )
        cold, _ = _asked(client, _stored(photo, "cold.jpg"), 0)
        image = _stored(photo, "warm.jpg")
        _warm(client, image)
        roots = (running.web_pid, running.database_pid, child.pid)
        cpu = [cpu_seconds(roots)]
        first = [_asked(client, image, number) for number in range(PROMPTS)]
        cpu.append(cpu_seconds(roots))
        again = [_asked(client, image, number) for number in range(PROMPTS)]
        cpu.append(cpu_seconds(roots))
        painted = _painted(running, photo)
    alone = _alone(np.asarray(photo))
    warm, sizes = percentile([ms for ms, _ in first], 0.5), [size for _, size in first]
    return [
        Figure(name="four clicks, warm, p50", value=warm, unit="ms", limit=300, aim=150),
        Figure(name="the same, p95", value=percentile([ms for ms, _ in first], 0.95), unit="ms"),
        Figure(name="processor time of it", value=_each(cpu[1] - cpu[0]), unit="ms"),
        Figure(name="the segmenter alone, p50", value=alone, unit="ms"),
        Figure(name="over HTTP / alone", value=warm / alone),
        Figure(
            name="a repeated prompt, p50",
            value=percentile([ms for ms, _ in again], 0.5),
            unit="ms",
            limit=20,
            aim=10,
        ),
        Figure(name="processor time of it", value=_each(cpu[2] - cpu[1]), unit="ms"),
        Figure(name="four clicks, cold", value=cold, unit="ms", limit=1000),
        Figure(name="reply, largest", value=max(sizes) / 1000, unit="kB", limit=20, aim=8),
        *painted,
    ]


def _each(seconds: float) -> float:
    return 1000 * seconds / PROMPTS


def _painted(running: Installation, photo: Pillow.Image) -> list[Figure]:
    """On the screen: the same photos, clicked in Chromium. Nothing where the page or Chromium lacks."""
    if painting.chromium() is None or not (settings.FRONTEND_DIST / "index.html").is_file():
        print("  in Chromium: not measured, there is no Chromium or no built front end here")
        return []
    for number in range(PICTURES):
        image = _stored(photo, f"screen-{number}.jpg", "photos on the screen")
    Dataset.objects.filter(pk=image.dataset_id).update(image_count=PICTURES)
    job = painting.outline_job(data.admin(), image.dataset)
    times = painting.click_to_paint(running, data.admin(), job, SIZE, CORNERS)
    return [
        Figure(name="fourth click to painted mask, p50", value=percentile(times, 0.5), unit="ms"),
        Figure(name="the same, slowest", value=max(times), unit="ms"),
    ]


def _photo() -> Pillow.Image:
    return Pillow.fromarray(load_sample_image("flower.jpg")).resize(SIZE, Pillow.Resampling.BICUBIC)


def _stored(photo: Pillow.Image, ref: str, dataset_name: str = "photos to outline") -> Image:
    """A picture of its own content: its name is in the file."""
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=92, comment=ref.encode())
    picture = pictures.read(out.getvalue())
    blobs.put_all([(picture, out.getvalue())])
    dataset, _ = Dataset.objects.get_or_create(name=dataset_name)
    made, _ = Image.objects.get_or_create(
        dataset=dataset,
        ref=ref,
        blob_id=picture.sha256,
        width=picture.width,
        height=picture.height,
    )
    return made


def _points(width: int, height: int, number: int) -> list[list[float]]:
    return [[x * width + number, y * height] for x, y in CORNERS]


def _asked(client: Client, image: Image, number: int) -> tuple[float, int]:
    """Milliseconds until the mask is there, and the bytes of the answer."""
    if image.width is None or image.height is None:
        raise ValueError("a stored picture has a size")
    points = _points(image.width, image.height, number)
    body = json.dumps({"image": str(image.pk), "extreme_points": points}).encode()
    began = time.perf_counter()
    answer = client.exchange("POST", f"{API}mask-requests/", body)
    found = json.loads(answer)
    while found["state"] not in {"done", "failed"}:
        answer = client.exchange("GET", found["url"])
        found = json.loads(answer)
    if found["state"] != "done":
        raise RuntimeError(found["message"])
    return 1000 * (time.perf_counter() - began), len(answer)


def _answers(client: Client, small: Pillow.Image) -> bool:
    """Whether a worker draws; asking for the same mask again changes nothing."""
    image = _stored(small, "small.jpg")
    points = _points(*small.size, 0)
    found: Any = client.post(
        "mask-requests/", {"image": str(image.pk), "extreme_points": points, "object": "first"}
    )
    return bool(found["state"] == "done")


def _warm(client: Client, image: Image) -> None:
    """As the editor does when it opens a picture: long before the fourth click."""
    client.post(f"images/{image.pk}/warm/", {})
    time.sleep(2)


def _alone(photo: Any) -> float:
    """The same prompts on the decoded picture in this process, p50 in milliseconds."""
    found = segmenter(settings.SEGMENTER)
    drawer = open_drawer(found.name, found.folder, threads=settings.MASK_THREADS)
    drawer.warm("photo", lambda: photo)
    times = []
    for number in range(PROMPTS):
        began = time.perf_counter()
        drawer.draw("photo", lambda: photo, _points(*SIZE, number))
        times.append(1000 * (time.perf_counter() - began))
    return percentile(times, 0.5)
