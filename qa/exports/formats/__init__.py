"""The formats of exports: how PostgreSQL writes rows in each, or we do. A new one is a file beside these."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from qa.exports.copying import Snapshot
from qa.exports.formats import coco, csv, jsonl, png, sagemaker
from qa.exports.output import Output
from qa.exports.shapes import Shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """A way to write an export.

    `copy(rows, cells, guard)` returns the `COPY ... TO STDOUT` of the ordered query `rows`; with `guard`,
    text that a spreadsheet would run as a formula is written so that it does not. A format without it is
    of masks: `write(view, shapes, out)` writes them. `nests` says that a value may be a list or an object,
    `most_classes` how many classes it has room for.
    """

    file_name: str
    media_type: str
    copy: Callable[[str, Mapping[str, str], bool], str] | None = None
    write: Callable[[Snapshot, Shapes, Output], None] | None = None
    nests: bool = False
    most_classes: int | None = None


FORMATS = MappingProxyType(
    {
        "csv": FileFormat(
            file_name="labels.csv", media_type="text/csv; charset=utf-8", copy=csv.copy
        ),
        "jsonl": FileFormat(
            file_name="labels.jsonl", media_type="application/jsonl", copy=jsonl.copy, nests=True
        ),
        "coco": FileFormat(
            file_name="coco.json", media_type="application/json", write=coco.write, nests=True
        ),
        "masks": FileFormat(
            file_name="masks.zip",
            media_type="application/zip",
            write=png.write,
            most_classes=png.MOST_CLASSES,
        ),
        "sagemaker": FileFormat(
            file_name="sagemaker.zip",
            media_type="application/zip",
            write=sagemaker.write,
            most_classes=png.MOST_CLASSES,
        ),
    }
)
