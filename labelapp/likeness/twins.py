"""No Django here. Groups of pictures that are nearly the same.

Two are twins when their content is the same, or when their difference hashes differ in at most 4 of 64
bits and, where a network has seen both, the cosine of their features is at least 0.9 (ADR 14).
Twins of twins belong to one group.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from labelapp.likeness.hashes import BITS, Hashes, close_pairs, distance

COSINE = 0.9
# Of thousands that all look the same (blank pages), so many at a time are shown to each other, so that
# time does not grow with their square; such a group may come in parts.
AT_ONCE = 4096
_ROWS = 512
Numbers = NDArray[np.intp]
# (M,) numbers of pictures to (M, D) features of length 1; zeros for one that no network has seen.
See = Callable[[Numbers], NDArray[np.floating]]


def joined(count: int, pairs: NDArray[np.intp]) -> Numbers:
    """(N,) for each of `count` the least that it hangs together with, by (P, 2) pairs.

    Union-find with halved paths (R. Tarjan, 1975).

    >>> joined(4, np.array([[3, 1], [1, 2]]))
    array([0, 1, 1, 1])
    """
    above = list(range(count))

    def root(one: int) -> int:
        while above[one] != one:
            above[one] = one = above[above[one]]
        return one

    for one, other in pairs.tolist():
        a, b = root(one), root(other)
        above[max(a, b)] = min(a, b)
    return np.array([root(one) for one in range(count)], np.intp)


def near_duplicates(
    contents: Sequence[str], hashes: Sequence[int], see: See | None = None
) -> list[list[int]]:
    """The groups of two pictures and more, each in order, and by their first.

    Args:
        contents, hashes: (N,) the hash of each picture's file, and its difference hash.
        see: asked only for features of pictures that look alike; None: looks alone decide.

    >>> near_duplicates(["a", "b", "a", "c"], [0, 255, 0, 254])
    [[0, 2], [1, 3]]
    """
    first, same = _distinct(contents)
    looks, look_of = np.unique(np.array(hashes, np.int64)[first], return_inverse=True)
    roots = np.arange(len(first))
    for family in _of_two(joined(len(looks), close_pairs(looks))[look_of]):
        if see is None:
            roots[family] = family[0]
        else:
            _part(roots, family, looks[look_of[family]], lambda some: see(first[some]))
    return [found.tolist() for found in _of_two(roots[same])]


def _distinct(contents: Sequence[str]) -> tuple[Numbers, Numbers]:
    """The first picture of each content, in order, and for each picture which of them is its content."""
    numbers: dict[str, int] = {}
    same = np.array([numbers.setdefault(one, len(numbers)) for one in contents], np.intp)
    return np.unique(same, return_index=True)[1], same


def _of_two(roots: Numbers) -> Iterator[Numbers]:
    """The members of each group that has at least two."""
    order = np.argsort(roots, kind="stable")
    starts = np.flatnonzero(np.diff(roots[order], prepend=-1))
    yield from (group for group in np.split(order, starts[1:]) if len(group) > 1)


def _part(roots: Numbers, family: Numbers, looks: Hashes, see: See) -> None:
    """Give each of a family its root: those hang together that look alike two by two and are alike to the
    network where it saw both."""
    order = np.argsort(looks, kind="stable")
    for some in np.split(order, range(AT_ONCE, len(order), AT_ONCE)):
        members = np.sort(family[some])
        bits = looks[np.searchsorted(family, members)].view(np.uint64)
        numbers = see(members).astype(np.float32)
        unseen = np.abs(numbers).sum(axis=1) == 0
        found = np.arange(len(members))
        for at in range(0, len(members), _ROWS):
            rows = slice(at, at + _ROWS)
            alike = numbers[rows] @ numbers.T >= COSINE
            alike |= unseen[rows, None] | unseen
            alike &= np.bitwise_count(bits[rows, None] ^ bits) <= BITS
            for one, close in enumerate(alike, start=at):
                _merge(found, np.append(np.flatnonzero(close), one))
        roots[members] = members[found]


def _merge(roots: Numbers, numbers: Numbers) -> None:
    """Make one of the groups that these belong to."""
    met = np.unique(roots[numbers])
    if len(met) > 1:
        roots[np.isin(roots, met)] = met[0]


def groups_of(
    contents: Sequence[str],
    features: NDArray[np.floating],
    hash_of: Callable[[int], int | None],
) -> list[str]:
    """For each picture the name of its group: the least of its contents' hashes. A network saw all.

    Args:
        contents: (N,) hashes of the pictures' files.
        features: (N, D) of length 1.
        hash_of: the difference hash of a picture by its number; None where it cannot be read. Asked
            only for pictures that have another much like them.
    """
    first, same = _distinct(contents)
    roots = np.arange(len(first))
    known: dict[int, int | None] = {}

    def look(number: int) -> int | None:
        if number not in known:
            known[number] = hash_of(int(first[number]))
        return known[number]

    def looks_like(one: int, other: int) -> bool:
        mine, theirs = look(one), look(other)
        return mine is not None and theirs is not None and distance(mine, theirs) <= BITS

    numbers = features[first].astype(np.float32)
    for at in range(0, len(numbers), _ROWS):
        alike = numbers[at : at + _ROWS] @ numbers.T >= COSINE
        for one, close in enumerate(alike, start=at):
            others = np.flatnonzero(close[one + 1 :]) + one + 1
            for other in others[roots[others] != roots[one]].tolist():
                if roots[other] != roots[one] and looks_like(one, other):
                    _merge(roots, np.array([one, other]))
    return _named(roots[same], contents)


def _named(roots: Numbers, contents: Sequence[str]) -> list[str]:
    names: dict[int, str] = {}
    for root, content in zip(roots.tolist(), contents, strict=True):
        names[root] = min(content, names.get(root, content))
    return [names[root] for root in roots.tolist()]
