"""A measured figure with its limit and aim, and how it is printed. Nothing here measures."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Sense(StrEnum):
    """Whether a figure should be small or large."""

    AT_MOST = "<="
    AT_LEAST = ">="


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number. Without a limit it only explains the others."""

    name: str
    value: float
    unit: str = ""
    limit: float | None = None
    aim: float | None = None
    sense: Sense = Sense.AT_MOST

    @property
    def missed(self) -> bool:
        """Whether it has a limit and does not keep it."""
        return self.limit is not None and not self._keeps(self.limit)

    @property
    def verdict(self) -> str:
        """`aim`, `within limit`, `MISSED`; empty for a figure that has no limit."""
        if self.missed:
            return "MISSED"
        if self.aim is not None and self._keeps(self.aim):
            return "aim"
        return "within limit" if self.limit is not None else ""

    def line(self) -> str:
        """
        >>> Figure(name="claim p95", value=41.2, unit="ms", limit=60).line().split()
        ['claim', 'p95', '41.2', 'ms', '(limit', '<=', '60)', 'within', 'limit']
        """
        bounds = [
            f"{word} {self.sense.value} {shown(bound)}"
            for word, bound in (("limit", self.limit), ("aim", self.aim))
            if bound is not None
        ]
        text = f"({', '.join(bounds)})" if bounds else ""
        return f"  {self.name:<44} {shown(self.value):>9} {self.unit:<10} {text:<30} {self.verdict}"

    def _keeps(self, bound: float) -> bool:
        return self.value <= bound if self.sense is Sense.AT_MOST else self.value >= bound


def shown(value: float) -> str:
    """Three digits that count, no exponent.

    >>> [shown(one) for one in (1234567.0, 41.23, 0.01234, 0.0)]
    ['1,234,567', '41.2', '0.0123', '0']
    """
    if value == 0 or abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    digits = 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3 if abs(value) >= 0.1 else 4
    return f"{value:.{digits}f}"


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed.

    >>> percentile([5, 1, 4, 2, 3], 0.5), percentile([5, 1, 4, 2, 3], 0.95)
    (3, 5)
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values were measured")
    return ordered[max(1, math.ceil(share * len(ordered))) - 1]
