"""A prediction run by one and by two worker processes, beside decoding alone and the network alone.

Decoding and network share the cores of a machine without a GPU: together they cannot do more pictures
a second than 1 / (1 / decoding + 1 / network), which is printed as the most that the cores allow.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from statistics import median
from uuid import uuid4

from django.conf import settings

from benchmarks import data
from benchmarks.client import Client
from benchmarks.figures import Figure, Sense
from benchmarks.installation import Installation, started
from benchmarks.processes import cpu_seconds
from benchmarks.thumbnails import photo
from labelapp.catalog import blobs, pictures
from labelapp.catalog.contents import pixels_of
from labelapp.catalog.models import Dataset, Image
from labelapp.local import programs
from labelapp.local.processes import Program
from ml.inference.classify import Labeller
from ml.networks.classifiers.squares import framed, planes
from ml.networks.crops import Picture
from ml.registry.models import ModelVersion
from ml.registry.services import list_shipped
from ml.runs import labellers
from ml.runs.models import PredictionRun

SIZE = (640, 480)
MOST, DIFFERENT = 2_000, 64
FLOOR_PICTURES = 512
ROUNDS = 3  # each measures everything once: the speed of a shared machine wanders


def measure(running: Installation, rows: int) -> list[Figure]:
    version = list_shipped()
    contents = _contents()
    client = Client(running.web_port, data.token_of(data.admin()))
    count = min(rows, MOST)
    floors, rates, cpu = [], {1: [0.0] * ROUNDS, 2: [0.0] * ROUNDS}, [0.0] * ROUNDS
    for turn in range(ROUNDS):
        for processes in (1, 2):
            floors.append(_floors(version, contents, min(rows, FLOOR_PICTURES)))
            with _workers(running, processes) as roots:
                _run(client, version, _dataset(contents, 64 * processes))  # each loads the model
                before = cpu_seconds(roots)
                rates[processes][turn] = _run(client, version, _dataset(contents, count))
                if processes == 1:
                    cpu[turn] = 1000 * (cpu_seconds(roots) - before) / count
    return _figures(
        [median(column) for column in zip(*floors, strict=True)],
        median(rates[1]),
        median(rates[2]),
        median(cpu),
    )


def _figures(floors: Sequence[float], one: float, two: float, cpu: float) -> list[Figure]:
    decoding, network = floors
    least = min(decoding, network)
    allowed = 1 / (1 / decoding + 1 / network)
    return [
        Figure(name="decoding alone", value=decoding, unit="pictures/s"),
        Figure(name="network alone", value=network, unit="pictures/s"),
        Figure(name="both on the same cores, at most", value=allowed, unit="pictures/s"),
        Figure(name="run by one worker process", value=one, unit="pictures/s"),
        Figure(name="processor time a picture, servers included", value=cpu, unit="ms"),
        Figure(name="run / what the cores allow", value=one / allowed),
        Figure(
            name="run / the smaller of the two alone",
            value=one / least,
            limit=0.8,
            aim=0.95,
            sense=Sense.AT_LEAST,
        ),
        Figure(
            name="two worker processes / one",
            value=two / one,
            limit=0.95,
            aim=1,
            sense=Sense.AT_LEAST,
        ),
    ]


def _contents() -> list[str]:
    """JPEGs of shapes and grain, stored; their digests."""
    found = []
    for number in range(DIFFERENT):
        content = photo(*SIZE, seed=number)
        picture = pictures.read(content)
        blobs.put_all([(picture, content)])
        found.append(picture.sha256)
    return found


def _dataset(contents: Sequence[str], count: int) -> Dataset:
    """A dataset of so many pictures; a content is shown by several."""
    dataset = Dataset.objects.create(name=f"to label {uuid4()}", image_count=count)
    Image.objects.bulk_create(
        Image(
            dataset=dataset,
            ref=f"{number:06}.jpg",
            blob_id=contents[number % len(contents)],
            width=SIZE[0],
            height=SIZE[1],
        )
        for number in range(count)
    )
    return dataset


def _floors(version: ModelVersion, contents: Sequence[str], count: int) -> tuple[float, float]:
    """Pictures a second of decoding and of the network, each with all threads to itself."""
    images = list(_dataset(contents, count).images.select_related("blob"))
    model = labellers.labeller(version.pk)
    decode = partial(_square, model)
    with ThreadPoolExecutor(settings.PREDICT_THREADS) as pool:
        list(pool.map(decode, images[:8]))
        began = time.perf_counter()
        squares = list(pool.map(decode, images))
        decoding = len(images) / (time.perf_counter() - began)
    batch = model.classifier.batch
    given = [planes(squares[at : at + batch], model.frame) for at in range(0, count, batch)]
    with ThreadPoolExecutor(model.runners) as pool:
        list(pool.map(model.classifier.run, given[:2]))
        began = time.perf_counter()
        list(pool.map(model.classifier.run, given))
        network = count / (time.perf_counter() - began)
    model.close()
    return decoding, network


def _square(model: Labeller, image: Image) -> Picture:
    return framed(pixels_of(image, model.frame.size), model.frame)


def _run(client: Client, version: ModelVersion, dataset: Dataset) -> float:
    """Pictures a second of a run, from its first shard to its end. Raises RuntimeError when it fails."""
    asked = {"dataset": str(dataset.pk), "model_version": str(version.pk)}
    run_id = client.post("prediction-runs/", asked)["id"]
    while (run := PredictionRun.objects.get(pk=run_id)).finished_at is None:
        time.sleep(0.25)
    if run.started_at is None or run.labelled != dataset.image_count:
        raise RuntimeError(f"{run.state}: {run.message}")
    return dataset.image_count / (run.finished_at - run.started_at).total_seconds()


@contextmanager
def _workers(running: Installation, count: int) -> Iterator[list[int]]:
    """So many processes of the worker for `cpu` and `gpu`; the roots of all processes at work."""
    worker = next(one for one in programs.workers() if one.name == "worker-cpu")
    with ExitStack() as ends:
        children = [
            started(ends, _named(worker, number), running.folder, partial(_is_up, running, number))
            for number in range(count)
        ]
        yield [running.web_pid, running.database_pid, *(child.pid for child in children)]


def _named(worker: Program, number: int) -> Program:
    arguments = [one.replace("cpu@", f"cpu{number}@") for one in worker.command()]
    return replace(worker, name=f"predictions-{number}", command=lambda: arguments)


def _is_up(running: Installation, number: int) -> bool:
    log = running.folder.logs / f"predictions-{number}.log"
    return " ready." in log.read_text()
