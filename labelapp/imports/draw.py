"""A few rows of a file drawn at random in one pass, each with the same chance. No Django here.

Algorithm L of K.-H. Li, ACM Transactions on Mathematical Software 20 (1994): it computes which row to
take next, so that a million rows cost a million comparisons and a few dozen random numbers.
"""

from math import exp, log
from random import Random
from typing import Generic, TypeVar

DRAWN = 8

Row = TypeVar("Row")


class Draw(Generic[Row]):
    """Sees the rows one by one; `rows` are those drawn so far, in no order."""

    def __init__(self, random: Random) -> None:
        self.rows: list[Row] = []
        self._random = random
        self._seen = 0
        self._next = 0
        self._weight = 1.0

    def see(self, row: Row) -> None:
        self._seen += 1
        if self._seen <= DRAWN:
            self.rows.append(row)
        elif self._seen == self._next:
            self.rows[self._random.randrange(DRAWN)] = row
        if self._seen == max(DRAWN, self._next):
            self._choose_next()

    def _choose_next(self) -> None:
        self._weight *= exp(log(1 - self._random.random()) / DRAWN)
        passed = int(log(1 - self._random.random()) / log(1 - self._weight))
        self._next = self._seen + passed + 1
