"""What the verdicts of a job say: the table of classes x buckets, and a threshold for each class."""

from dataclasses import dataclass
from uuid import UUID

from qa.analysis.table import BadEdgesError, Cell, Edges, Row, Table, build_table
from qa.analysis.walk import BadRatioError, Bucket, ErrorRatio, Walk, walk
from qa.jobs.models import Job
from qa.jobs.selectors import classes_of
from qa.thresholds.errors import BadEdges, BadErrorRatio, UnknownMethod
from qa.verification.places import placed_items, placed_tallies

METHODS = ("walk",)


@dataclass(frozen=True, slots=True)
class ClassKey:
    """A class as the job froze it."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """What the walk answers for one class, and how many items of the job lie at it or above."""

    key: ClassKey
    walk: Walk
    kept: int


def table_of(job: Job, *, edges: str) -> Table[ClassKey]:
    """Return the table of a job the caller was let into, classes in dealing order.

    Edges in whole thousandths are answered from the tallies, others from the items.

    Raises:
        BadEdges: `edges` is not at least two increasing fractions.
    """
    return _table(job, _edges(edges))


def totals_of(job: Job, *, edges: str) -> Table[None]:
    """Return the table of all classes as one row: as quick for ten thousand of them as for one.

    Raises:
        BadEdges: `edges` is not at least two increasing fractions.
    """
    parsed = _edges(edges)
    placed = _placed(job, parsed)
    cells = (Cell(None, each.place, each.outcome, each.items) for each in placed)
    return build_table(parsed, [None], cells)


def thresholds_of(
    job: Job, *, method: str, error_ratio: str, edges: str, strict: bool
) -> list[Threshold]:
    """Return the threshold of each class by the walk down its buckets.

    Raises:
        UnknownMethod, BadErrorRatio, BadEdges: a parameter cannot be read.
    """
    if method not in METHODS:
        raise UnknownMethod(errors={"method": [f"Use one of: {', '.join(METHODS)}."]})
    ratio = _ratio(error_ratio)
    table = _table(job, _edges(edges))
    return [_threshold(row, table.edges, ratio, strict=strict) for row in table.rows]


def _edges(text: str) -> Edges:
    try:
        return Edges.parse(text)
    except BadEdgesError as error:
        raise BadEdges(f"{BadEdges.title} {error}", errors={"edges": [str(error)]}) from error


def _ratio(text: str) -> ErrorRatio:
    try:
        return ErrorRatio.parse(text)
    except BadRatioError as error:
        detail = f"{BadErrorRatio.title} {error}"
        raise BadErrorRatio(detail, errors={"error_ratio": [str(error)]}) from error


def _table(job: Job, edges: Edges) -> Table[ClassKey]:
    keys = {
        each.label_class_id: ClassKey(each.label_class_id, each.name) for each in classes_of(job)
    }
    placed = _placed(job, edges)
    cells = (Cell(keys[each.key], each.place, each.outcome, each.items) for each in placed)
    return build_table(edges, list(keys.values()), cells)


def _placed(job: Job, edges: Edges) -> list[Cell[UUID]]:
    if edges.thousandths is None:
        return placed_items(job, edges.values)
    return placed_tallies(job, edges.thousandths)


def _threshold(row: Row[ClassKey], edges: Edges, ratio: ErrorRatio, *, strict: bool) -> Threshold:
    buckets = [
        Bucket(low, high, counts.total, counts.decided, counts.incorrect)
        for (low, high), counts in zip(edges.buckets, row.buckets, strict=True)
    ]
    result = walk(buckets, ratio, strict=strict)
    if result.threshold is None:
        return Threshold(row.key, result, kept=0)
    within = sum(each.items for each in buckets if each.low >= result.threshold)
    return Threshold(row.key, result, kept=within + row.above)
