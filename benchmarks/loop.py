"""The whole loop over HTTP: does review make the model better, and does it matter what is reviewed?

    python -m benchmarks.loop [FOLDER]

Photographs of groceries (`../shared/data/groceries` unless a folder is named) come without labels but for
a tenth of `train`; a head learns from those and labels the rest; a scripted reviewer, who knows the truth,
judges a job of its labels and corrects what is wrong in another; the next version learns from all that.
So twice, by jobs in random order and by jobs of the most uncertain labels; each version is judged on
`test`, which nobody learns from.
"""

from __future__ import annotations

import csv
import io
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks.client import API, Client
from benchmarks.figures import Figure, Sense
from benchmarks.installation import Installation, installation, started
from labelapp.local import programs
from labelapp.local.folder import ROOT

GROCERIES = ROOT.parent / "shared" / "data" / "groceries"
ROUNDS, A_CLASS = 3, 5  # jobs, and verdicts of each class in one
TENTH = 10
SEED = "seed.csv"
PATIENCE = 900.0
_numbers = count(1)


@dataclass
class Pool:
    """A dataset on the server, and what is true of its pictures by name; nobody there knows it."""

    client: Client
    truth: Mapping[str, str]
    id: str = ""


@dataclass
class Arm:
    """One way to choose what is reviewed. `curve`: verdicts, pictures known, accuracy on `test`."""

    order: str
    pool: Pool
    known: set[str]
    verdicts: int = 0
    curve: list[tuple[int, int, float]] = field(default_factory=list)


def measure(running: Installation, rows: int, folder: Path = GROCERIES) -> list[Figure]:
    """Raises RuntimeError when any step of the loop fails."""
    if not (folder / "train.csv").is_file():
        print(f"  skipped: the photographs are not in {folder}; name their folder instead.")
        return []
    # Only now: run as a program, this module is read before the installation has set Django up.
    from benchmarks import data
    from ml.registry.services import list_shipped

    list_shipped()
    with _workers(running):
        client = Client(running.web_port, data.token_of(data.admin()))
        test = _pool(client, "test", _read(folder, "test"), folder)
        arms = [_loop(client, order, folder, test) for order in ("random", "uncertainty")]
    _print(arms)
    gains = [(arm.order, arm.curve[-1][2] - arm.curve[0][2]) for arm in arms]
    return [
        Figure(name=f"accuracy gained, {order}", value=gain, limit=0.01, sense=Sense.AT_LEAST)
        for order, gain in gains
    ]


def _loop(client: Client, order: str, folder: Path, test: Pool) -> Arm:
    """Learn, label, review, correct, and learn again."""
    pool = _pool(client, order, _read(folder, "train"), folder)
    known = _tenth(pool.truth)
    arm = Arm(order, pool, known)
    _import(pool, SEED, {name: pool.truth[name] for name in known})
    version = _train(arm)
    arm.curve.append((0, len(known), _accuracy(test, version)))
    for _ in range(ROUNDS):
        _predict(pool, version)
        _review(arm, version)
        version = _train(arm)
        arm.curve.append((arm.verdicts, len(arm.known), _accuracy(test, version)))
    return arm


def _tenth(truth: Mapping[str, str]) -> set[str]:
    """A tenth of the pictures of each class, two at least."""
    by_class: dict[str, list[str]] = {}
    for name in sorted(truth):
        by_class.setdefault(truth[name], []).append(name)
    return {
        name for names in by_class.values() for name in names[: max(2, round(len(names) / TENTH))]
    }


def _read(folder: Path, part: str) -> dict[str, str]:
    with (folder / f"{part}.csv").open(newline="") as file:
        return {row["image"]: row["label"] for row in csv.DictReader(file)}


def _opaque(name: str) -> str:
    """A name that says nothing, always the same; sorted, such names are shuffled."""
    return f"{sha256(name.encode()).hexdigest()[:16]}.jpg"


def _pool(client: Client, name: str, truth: Mapping[str, str], folder: Path) -> Pool:
    """A dataset of these pictures. Their names there say nothing of their classes."""
    made = client.post("datasets/", {"name": f"{name} {uuid4()}"})
    opaque = {_opaque(ref): ref for ref in truth}
    pool = Pool(client, {short: truth[ref] for short, ref in opaque.items()}, made["id"])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for short, ref in opaque.items():
            file.write(folder / ref, short)
    sent = {"images": ("pictures.zip", packed.getvalue())}
    asked = client.upload("imports/", {"dataset": pool.id}, sent)
    _ended(client, f"imports/{asked['id']}/")
    return pool


def _import(pool: Pool, source: str, classes: Mapping[str, str]) -> None:
    """Say the classes of pictures, as a file of labels."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerows([("image", "label"), *classes.items()])
    fields = {"dataset": pool.id, "source": source}
    sent = {"file": (f"{next(_numbers)}.csv", text.getvalue().encode())}
    asked = pool.client.upload("imports/", fields, sent)
    counts = _ended(pool.client, f"imports/{asked['id']}/")["counts"]
    if counts["rejected"]:
        raise RuntimeError(f"{source}: {counts}")


def _train(arm: Arm) -> dict[str, Any]:
    """The version that came of everything that is known."""
    asked = {"dataset": arm.pool.id, "sources": [SEED]}
    run = arm.pool.client.post("training-runs/", asked)
    made = _ended(arm.pool.client, f"training-runs/{run['id']}/")["made"]
    found: dict[str, Any] = arm.pool.client.get(f"model-versions/{made['id']}/")
    return found


def _predict(pool: Pool, version: Mapping[str, Any]) -> None:
    asked = {"dataset": pool.id, "model_version": version["id"], "top_k": 2}
    run = pool.client.post("prediction-runs/", asked)
    _ended(pool.client, f"prediction-runs/{run['id']}/")


def _accuracy(test: Pool, version: Mapping[str, Any]) -> float:
    """The share of the test pictures that a version names right."""
    _predict(test, version)
    said = _pages(test.client, "labels/", dataset=test.id, source=version["label_source"])
    given = {one["image_ref"]: one["label_class"]["name"] for one in said}
    right = [name for name, label_class in test.truth.items() if given.get(name) == label_class]
    return len(right) / len(test.truth)


def _review(arm: Arm, version: Mapping[str, Any]) -> None:
    """A job of what nobody has judged yet; then the wrong ones corrected in another."""
    truth = arm.pool.truth
    job = _started(
        arm,
        "review",
        source=version["label_source"],
        order=arm.order,
        unjudged=True,
        cap_per_class=A_CLASS,
        batch_size=A_CLASS,
    )

    def verdict(item: Mapping[str, Any]) -> str:
        return (
            "confirm" if item["label_class"]["name"] == truth[item["image_ref"]] else "disconfirm"
        )

    judged = _worked(arm.pool.client, job, "items/", verdict)
    arm.verdicts += len(judged)
    arm.known |= {item["image_ref"] for item, _ in judged}
    if any(value == "disconfirm" for _, value in judged):
        wrong = _started(arm, "correct", kind="correction", from_job=job)
        _worked(arm.pool.client, wrong, "corrections/", lambda item: truth[item["image_ref"]])


def _started(arm: Arm, does: str, **asked: Any) -> str:
    """The id of a job that is dealt from now on."""
    named = {"name": f"{does} {next(_numbers)}", "dataset": arm.pool.id}
    job = arm.pool.client.post("jobs/", {**named, **asked})["id"]
    arm.pool.client.post(f"jobs/{job}/start/", {"force": True})
    return str(job)


def _worked(
    client: Client, job: str, path: str, says: Callable[[Mapping[str, Any]], str]
) -> list[tuple[Mapping[str, Any], str]]:
    """What a scripted person said of each item of a job, batch after batch. path: lists the items."""
    items = {one["id"]: one for one in _pages(client, path, job=job)}
    said: list[tuple[Mapping[str, Any], str]] = []
    while (dealt := client.post(f"jobs/{job}/claim/", {})["assignment"]) is not None:
        verdicts = {tile["id"]: says(items[tile["id"]]) for tile in dealt["items"]}
        body = {"verdicts": verdicts, "active_ms": 1000}
        client.post(f"assignments/{dealt['id']}/submit/", body, key=str(uuid4()))
        said += [(items[key], value) for key, value in verdicts.items()]
    return said


def _pages(client: Client, path: str, **wanted: str) -> list[dict[str, Any]]:
    """All rows of a list."""
    found: list[dict[str, Any]] = []
    following: str | None = f"{path}?{urlencode({**wanted, 'page_size': '2000'})}"
    while following:
        page = client.get(following.partition(API)[2] or following)
        found += page["results"]
        following = page["next"]
    return found


def _ended(client: Client, address: str) -> dict[str, Any]:
    """A long piece of work when it is done. Raises RuntimeError when it is not in the end."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found: dict[str, Any] = client.get(address)
        if found["state"] == "done":
            return found
        if found["state"] in {"failed", "cancelled", "needs_answers"}:
            break
        time.sleep(0.2)
    raise RuntimeError(f"{address}: {found['state']}: {found}")


def _print(arms: list[Arm]) -> None:
    """Accuracy on the test pictures against the number of verdicts."""
    print("  order            verdicts   pictures known   accuracy on test")
    for arm in arms:
        for verdicts, known, accuracy in arm.curve:
            print(f"  {arm.order:<14} {verdicts:>10} {known:>16} {accuracy:>18.1%}")


@contextmanager
def _workers(running: Installation) -> Iterator[None]:
    """The worker for everything, and the clock."""
    worker = next(one for one in programs.workers() if one.name == "worker-cpu")
    log = running.folder.logs / f"{worker.name}.log"
    with ExitStack() as ends:
        started(ends, worker, running.folder, lambda: " ready." in log.read_text())
        started(ends, programs.beat(running.folder), running.folder, lambda: True)
        yield


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else GROCERIES
    with installation() as running:
        figures = measure(running, 0, folder)
    for figure in figures:
        print(figure.line())
    return 1 if any(figure.missed for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
