"""Import: labels by reference through the imports service, against a bare COPY of the same rows.

The floor writes the very rows that the import made into empty tables with the same columns, indexes,
constraints and foreign keys. Memory is that of the process that runs the import.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import connection, transaction

from benchmarks import data
from benchmarks.figures import Figure
from benchmarks.installation import Installation
from benchmarks.processes import cpu_seconds, watched
from labelapp.catalog.models import Dataset
from labelapp.imports import running
from labelapp.imports.models import Import, MissingImages
from labelapp.imports.services import Sent, create_import

FLAT_MB = 150.0

_TABLES = ("catalog_image", "catalog_label")
_LIKE = "CREATE TABLE floor_{table} (LIKE {table} INCLUDING ALL)"
_FOREIGN_KEYS = """
SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'
"""
_OUT = {
    "catalog_image": "COPY (SELECT * FROM catalog_image WHERE dataset_id = '{dataset}' ORDER BY id)"
    " TO STDOUT",
    "catalog_label": "COPY (SELECT label.* FROM catalog_label label JOIN catalog_labelclass class"
    " ON class.id = label.label_class_id WHERE class.dataset_id = '{dataset}' ORDER BY label.id)"
    " TO STDOUT",
}
_FLOOR = "COPY floor_{table} FROM STDIN"


def measure(running_: Installation, rows: int) -> list[Figure]:
    path = running_.folder.path / "bench-labels.csv"
    _write_file(path, rows)
    dataset = Dataset.objects.create(name="imported", created_by=data.admin())
    roots = (os.getpid(), running_.database_pid)
    with watched(os.getpid()) as peak:
        cpu, began = cpu_seconds(roots), time.perf_counter()
        work = _import(dataset, path)
        seconds, cpu = time.perf_counter() - began, cpu_seconds(roots) - cpu
    if work.state != "done" or work.counts["labels"] != rows:
        raise RuntimeError(f"the import ended {work.state}: {work.message} {work.counts}")
    floor, floor_cpu = _floor(running_, dataset)
    path.unlink()
    return [
        Figure(name=f"import of {rows:,} labels", value=seconds, unit="s"),
        Figure(name="COPY of the same rows", value=floor, unit="s"),
        Figure(name="import / COPY", value=seconds / floor, unit="x", limit=6, aim=3),
        Figure(name="processor time of both, import / COPY", value=cpu / floor_cpu, unit="x"),
        Figure(name="memory grown", value=peak.growth, unit="MB", limit=FLAT_MB),
    ]


def _write_file(path: Path, rows: int) -> None:
    draw = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        file.write("image,label,confidence\n")
        for number in range(rows):
            confidence = int(10_000 * draw.random() ** 0.5) / 10_000
            name = f"class {number % data.CLASSES:02}"
            file.write(f"survey/{number:08}.jpg,{name},{confidence}\n")


def _import(dataset: Dataset, path: Path) -> Import:
    """Send the file and do the worker's part here, so that its memory can be watched."""
    with path.open("rb") as file:
        sent = Sent(
            file=File(file, name="labels.csv"),
            missing_images=MissingImages.REFERENCE,
            mapping={"confidence_scale": "fraction"},
        )
        work = create_import(person=data.admin(), dataset=dataset, sent=sent)
    running.run(work.pk)
    work.refresh_from_db()
    return work


def _floor(running_: Installation, dataset: Dataset) -> tuple[float, float]:
    """Seconds and processor seconds of the bare COPY, commit included."""
    files = {table: running_.folder.path / f"{table}.copy" for table in _TABLES}
    for table, path in files.items():
        with path.open("wb") as out:
            _copy(_OUT[table].format(dataset=dataset.pk), out)
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(_LIKE.format(table=table))
            cursor.execute(_FOREIGN_KEYS, [table])
            for (definition,) in cursor.fetchall():
                same = definition.replace(
                    "REFERENCES catalog_image", "REFERENCES floor_catalog_image"
                )
                cursor.execute(f"ALTER TABLE floor_{table} ADD {same}")
    roots = (os.getpid(), running_.database_pid)
    cpu, began = cpu_seconds(roots), time.perf_counter()
    with transaction.atomic():
        for table, path in files.items():
            print(f"  floor: {_FLOOR.format(table=table)}")
            with path.open("rb") as source:
                _copy(_FLOOR.format(table=table), source)
    seconds, cpu = time.perf_counter() - began, cpu_seconds(roots) - cpu
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE floor_catalog_label, floor_catalog_image")
    for path in files.values():
        path.unlink()
    return seconds, cpu


def _copy(statement: str, file: Any) -> None:
    with connection.cursor() as cursor:
        cursor.copy_expert(statement, file)
