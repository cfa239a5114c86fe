"""No Django here: the table of classes x confidence buckets, in exact integers.

A bucket is half-open, [low, high); only an edge of exactly 1 is closed, so that
a confidence of 1 has a place. Percentages are taken over *decided* items
(confirmed, disconfirmed, split); a split counts as incorrect; unsure and pending
items stand in neither part and are always shown beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from qa.analysis.intervals import Interval, wilson

Key = TypeVar("Key")

MAX_EDGES = 101
MAX_EDGE_LENGTH = 20


class BadEdgesError(ValueError):
    """The text does not name at least two edges, increasing, within 0 and 1."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Increasing edges of confidence buckets, fractions in [0, 1], at least two."""

    values: tuple[float, ...]
    thousandths: tuple[int, ...] | None
    """The same edges as whole thousandths, or None where one is off that grid."""

    @classmethod
    def parse(cls, text: str) -> "Edges":
        """Read edges such as `"0.8,0.85,1"`; raise `BadEdgesError` with the reason.

        The text is read as decimals, so that 0.85 is the double every other
        0.85 in the system is, and the grid is recognised without rounding.

        >>> Edges.parse("0.8,0.85,1").thousandths
        (800, 850, 1000)
        >>> Edges.parse("0.8,0.8505,1").thousandths is None
        True
        """
        parts = text.split(",", maxsplit=MAX_EDGES)
        if not 2 <= len(parts) <= MAX_EDGES:
            raise BadEdgesError(f"give 2 to {MAX_EDGES} edges, separated by commas")
        decimals = tuple(_edge(part.strip()) for part in parts)
        values = tuple(map(float, decimals))
        if any(low >= high for low, high in pairwise(values)):
            raise BadEdgesError("edges must increase from left to right")
        scaled = tuple(value * 1000 for value in decimals)
        on_grid = all(value == int(value) for value in scaled)
        return cls(values, tuple(map(int, scaled)) if on_grid else None)

    @property
    def buckets(self) -> tuple[tuple[float, float], ...]:
        """The pairs (low, high) from the lowest bucket to the highest."""
        return tuple(pairwise(self.values))

    @property
    def closed(self) -> bool:
        """Whether the last bucket holds its upper edge, as only an edge of 1 does."""
        return self.values[-1] == 1.0


def _edge(text: str) -> Decimal:
    """Read one edge, a decimal fraction in [0, 1]."""
    try:
        value = Decimal(text) if len(text) <= MAX_EDGE_LENGTH else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not (value.is_finite() and 0 <= value <= 1):
        raise BadEdgesError(f"'{text[:MAX_EDGE_LENGTH]}' is not a fraction from 0 to 1")
    return value


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items have each outcome, and what follows from that."""

    confirmed: int = 0
    disconfirmed: int = 0
    split: int = 0
    unsure: int = 0
    pending: int = 0

    @property
    def decided(self) -> int:
        """Items in the denominator of every percentage."""
        return self.confirmed + self.disconfirmed + self.split

    @property
    def incorrect(self) -> int:
        """Decided items that count against the label."""
        return self.disconfirmed + self.split

    @property
    def total(self) -> int:
        """All items, decided or not."""
        return self.decided + self.unsure + self.pending

    @property
    def percent_correct(self) -> float | None:
        """Percent of the decided, two decimals, half up; None without evidence.

        >>> Counts(confirmed=8, split=3).percent_correct
        72.73
        """
        if not self.decided:
            return None
        return _percent(Fraction(self.confirmed, self.decided))

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval of the share of correct ones; None without evidence."""
        return wilson(self.confirmed, self.decided)

    def __add__(self, other: "Counts") -> "Counts":
        """Return the sum, outcome by outcome."""
        return Counts(*(a + b for a, b in zip(_columns(self), _columns(other), strict=True)))


OUTCOMES = ("confirmed", "disconfirmed", "split", "unsure", "pending")
"""The outcomes in the order of the fields of `Counts`."""

_columns = attrgetter(*OUTCOMES)


def _percent(share: Fraction) -> float:
    """Return the share in percent with two decimals, half up, from exact integers."""
    return (share.numerator * 20_000 + share.denominator) // (share.denominator * 2) / 100


class Cell(NamedTuple, Generic[Key]):
    """Some items of one class, counted: where they lie, and what became of them.

    `place` counts as PostgreSQL's `width_bucket` does over the edges: 0 is below
    the first, i is bucket i from 1, one more than there are buckets is the last
    edge and above; None is an item without confidence.
    """

    key: Key
    place: int | None
    outcome: str
    items: int


@dataclass(frozen=True, slots=True)
class Row(Generic[Key]):
    """One class: its counts within the edges, by bucket, and what lies outside."""

    key: Key
    buckets: tuple[Counts, ...]
    below: int
    above: int
    without_confidence: int

    @property
    def counts(self) -> Counts:
        """All items within the edges."""
        return sum(self.buckets, Counts())

    @property
    def outside(self) -> int:
        """Items beyond the edges, or without confidence."""
        return self.below + self.above + self.without_confidence


@dataclass(frozen=True, slots=True)
class Average:
    """Unweighted means over classes in percent, two decimals; None without evidence."""

    overall: float | None
    buckets: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Table(Generic[Key]):
    """Rows of classes in the order they were asked for."""

    edges: Edges
    rows: tuple[Row[Key], ...]

    @property
    def buckets(self) -> tuple[Counts, ...]:
        """Sums over all classes, bucket by bucket."""
        columns = zip(*(row.buckets for row in self.rows), strict=True)
        sums = tuple(sum(column, Counts()) for column in columns)
        return sums or tuple(Counts() for _ in self.edges.buckets)

    @property
    def outside(self) -> int:
        """Items that stand in no bucket."""
        return sum(row.outside for row in self.rows)

    def average(self, *, published: bool = False) -> Average:
        """Return the mean over classes; what has no evidence is left out.

        With `published` a class without evidence counts as 0.00 instead, which
        is how the published tables were printed.
        """
        columns = zip(*(row.buckets for row in self.rows), strict=True)
        means = tuple(_mean(column, published=published) for column in columns)
        return Average(
            overall=_mean([row.counts for row in self.rows], published=published),
            buckets=means or tuple(None for _ in self.edges.buckets),
        )


def build_table(edges: Edges, keys: Sequence[Key], cells: Iterable[Cell[Key]]) -> Table[Key]:
    """Return the table of the classes `keys` from counted cells in any order.

    Several cells of one place and outcome add up. A cell of a class that is not
    in `keys` is a `KeyError`: dropping it silently would falsify the totals.
    """
    last = len(edges.buckets)
    grids = {key: [[0] * len(OUTCOMES) for _ in range(last + 2)] for key in keys}
    unknown = dict.fromkeys(keys, 0)
    for key, place, outcome, items in cells:
        if place is None:
            unknown[key] += items
            continue
        bucket = last if edges.closed and place > last else place
        grids[key][bucket][OUTCOMES.index(outcome)] += items
    rows = (
        Row(
            key=key,
            buckets=tuple(Counts(*column) for column in grid[1:-1]),
            below=sum(grid[0]),
            above=sum(grid[-1]),
            without_confidence=unknown[key],
        )
        for key, grid in grids.items()
    )
    return Table(edges, tuple(rows))


def _mean(counts: Sequence[Counts], *, published: bool) -> float | None:
    """Return the unweighted mean percentage of these counts, or None without evidence.

    Equal denominators are summed first: ten thousand classes then cost a few
    additions of fractions, not ten thousand of ever longer ones.
    """
    confirmed_by_decided: dict[int, int] = {}
    for each in counts:
        if each.decided:
            before = confirmed_by_decided.get(each.decided, 0)
            confirmed_by_decided[each.decided] = before + each.confirmed
    members = len(counts) if published else sum(1 for each in counts if each.decided)
    if not members:
        return None
    shares = (Fraction(confirmed, decided) for decided, confirmed in confirmed_by_decided.items())
    return _percent(sum(shares, Fraction(0)) / members)
