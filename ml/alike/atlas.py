"""What a version saw in the pictures of a dataset, as one matrix in a file that is mapped into memory.

Rows of the database are the truth (ADR 11); a file is made of them at the first search, shared by all
processes through the page cache, and made anew once they have changed. It may be removed at any time.
"""

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db.models import Count, Max, QuerySet
from numpy.typing import NDArray

from ml.runs.models import Features

_AT_ONCE = 2000


@dataclass(frozen=True)
class Atlas:
    """(N,) bytes of the pictures' ids and (N, D) features of length 1, row by row."""

    ids: NDArray[np.void]
    features: NDArray[np.float16]

    def image(self, number: int) -> UUID:
        return UUID(bytes=self.ids[number].tobytes())


def _folder() -> Path:
    return settings.DATA_DIR / "features"


def atlas_of(dataset_id: UUID, seen_by: UUID) -> Atlas:
    """As the rows are now; empty where this version has seen nothing of the dataset."""
    rows = Features.objects.filter(image__dataset=dataset_id, model_version=seen_by)
    state = rows.aggregate(count=Count("pk"), last=Max("pk"))
    name = f"{dataset_id}.{seen_by}.{state['count']}.{state['last'] or 0}.npy"
    path = _folder() / name
    if not path.exists():
        _forget(f"{dataset_id}.{seen_by}.*")
        _make(path, rows, state["count"])
    table = np.load(path, mmap_mode="r")
    return Atlas(table["image"], table["features"])


def _make(path: Path, rows: QuerySet[Features], count: int) -> None:
    """Write the file, which is there whole or not at all. Rows that came since `count` wait for the next."""
    first = rows.first()
    wide = len(bytes(first.vector)) // 2 if first else 0
    kind = np.dtype([("image", "V16"), ("features", "<f2", (wide,))])
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="making-") as making:
        made = Path(making) / path.name
        table = np.lib.format.open_memmap(made, mode="w+", dtype=kind, shape=(count,))
        found = rows.order_by("pk").values_list("image", "vector")[:count]
        for number, (image, vector) in enumerate(found.iterator(chunk_size=_AT_ONCE)):
            table[number]["image"] = np.void(image.bytes)
            table[number]["features"] = np.frombuffer(vector, "<f2")
        table.flush()
        del table
        made.replace(path)


def forget(dataset_id: UUID) -> None:
    """Remove what files hold of a dataset: a picture was erased, or it goes as a whole."""
    _forget(f"{dataset_id}.*")


def _forget(pattern: str) -> None:
    for path in _folder().glob(pattern):
        with suppress(FileNotFoundError):  # another process was faster
            path.unlink()
