"""Pictures of one screen: 25 signed thumbnails, sent to the reviewer who holds the batch."""

from __future__ import annotations

import io
import time

from PIL import Image as Pillow

from benchmarks import data
from benchmarks.client import Client
from benchmarks.figures import Figure, percentile
from benchmarks.installation import Installation
from benchmarks.processes import cpu_seconds
from labelapp.catalog import blobs, pictures
from labelapp.catalog.models import Image

SCREENS = 12


def measure(running: Installation, rows: int) -> list[Figure]:
    job = data.job(min(rows, 10_000)).job
    client = Client(running.web_port, data.token_of(data.labelers(1, "looking")[0]))
    batch = client.post(f"jobs/{job.pk}/claim/", {"holding": []})["assignment"]["items"]
    for number, tile in enumerate(batch):
        _give_picture(tile["thumb_url"].split("/")[2], number)
    roots = (running.web_pid, running.database_pid)
    times, cpu = [], cpu_seconds(roots)
    for _ in range(SCREENS):
        began = time.perf_counter()
        for tile in batch:
            client.page(tile["thumb_url"])
        times.append(1000 * (time.perf_counter() - began))
    cpu = cpu_seconds(roots) - cpu
    return [
        Figure(name="25 thumbnails, one connection, p50", value=percentile(times, 0.5), unit="ms"),
        Figure(name="processor time a thumbnail", value=1000 * cpu / SCREENS / 25, unit="ms"),
    ]


def _give_picture(image_id: str, number: int) -> None:
    """Store a small picture of its own as the content of an image."""
    out = io.BytesIO()
    Pillow.new("RGB", (640, 480), (number * 9, 80, 120)).save(out, "JPEG")
    content = out.getvalue()
    picture = pictures.read(content)
    blobs.put_all([(picture, content)])
    Image.objects.filter(pk=image_id).update(
        blob=picture.sha256, location="", width=picture.width, height=picture.height
    )
