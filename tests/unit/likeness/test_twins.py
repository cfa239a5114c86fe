"""Groups of nearly the same pictures."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from labelapp.likeness import twins
from labelapp.likeness.hashes import BITS, distance
from labelapp.likeness.twins import COSINE, groups_of, joined, near_duplicates

small = st.integers(0, 2**9 - 1)  # of nine bits, many are close
pictures = st.lists(st.tuples(st.sampled_from("abcdefghijkl"), small), max_size=30)


def by_hand(count: int, alike: Sequence[tuple[int, int]]) -> list[list[int]]:
    """What hangs together, found by walking."""
    left, found = set(range(count)), []
    while left:
        group, edge = set(), {min(left)}
        while edge:
            group |= edge
            edge = {b for a, b in alike if a in edge} | {a for a, b in alike if b in edge}
            edge -= group
        left -= group
        if len(group) > 1:
            found.append(sorted(group))
    return found


def edges(contents: Sequence[str], hashes: Sequence[int]) -> list[tuple[int, int]]:
    return [
        (a, b)
        for a in range(len(contents))
        for b in range(a + 1, len(contents))
        if contents[a] == contents[b] or distance(hashes[a], hashes[b]) <= BITS
    ]


@given(pictures)
def test_twins_of_twins_belong_together(found: list[tuple[str, int]]) -> None:
    looks = dict(found)  # one content looks one way
    contents = [content for content, _ in found]
    hashes = [looks[content] for content in contents]
    groups = near_duplicates(contents, hashes)
    assert groups == by_hand(len(found), edges(contents, hashes))


def test_a_network_parts_what_only_looks_alike_and_has_no_say_where_it_saw_nothing() -> None:
    seen = np.array([[1, 0], [1, 0.1], [0, 1], [0, 0], [1, 0], [1, 0]], np.float32)
    seen /= np.maximum(np.linalg.norm(seen, axis=1, keepdims=True), 1e-9)
    asked: list[int] = []

    def see(numbers: NDArray[np.intp]) -> NDArray[np.floating]:
        asked.extend(numbers.tolist())
        return seen[numbers]

    hashes = [0, 1, 0, 2**40 - 1, 2**60 - 1, 2**60 - 1]
    assert near_duplicates(list("abcdee"), hashes, see) == [[0, 1], [4, 5]]
    assert sorted(asked) == [0, 1, 2]
    unseen = [0, 1, 0, 3, 2**60 - 1, 2**60 - 1]
    assert near_duplicates(list("abcdee"), unseen, see)[0] == [0, 1, 2, 3]


def test_thousands_of_blank_pages_are_one_group_at_once() -> None:
    count = 3 * twins.AT_ONCE
    groups = near_duplicates([str(one) for one in range(count)], [0] * count)
    assert groups == [list(range(count))]

    def see(numbers: NDArray[np.intp]) -> NDArray[np.floating]:
        assert len(numbers) <= twins.AT_ONCE
        return np.ones((len(numbers), 1), np.float32)

    parts = near_duplicates([str(one) for one in range(count)], [0] * count, see)
    assert sorted(one for part in parts for one in part) == list(range(count))
    assert len(parts) == 3


def test_nothing_is_alike_in_nothing() -> None:
    assert near_duplicates([], []) == []
    assert near_duplicates(["a"], [5]) == []


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=40))
def test_what_hangs_together_has_one_root_the_least(pairs: list[tuple[int, int]]) -> None:
    roots = joined(20, np.array(pairs, np.intp).reshape(-1, 2))
    found = [np.flatnonzero(roots == root).tolist() for root in np.unique(roots)]
    assert [group for group in found if len(group) > 1] == by_hand(20, pairs)
    assert all(root == group[0] for root, group in zip(np.unique(roots), found, strict=True))


def test_groups_to_learn_from_ask_for_looks_only_where_a_network_sees_the_same() -> None:
    features = np.array([[1, 0], [1, 0.1], [1, 0], [0, 1]], np.float32)
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    hashes = [0, 0b111, 2**40 - 1, 0]
    asked: list[int] = []

    def hash_of(place: int) -> int:
        asked.append(place)
        return hashes[place]

    # The third looks otherwise, the fourth is something else to the network.
    assert groups_of(["c", "b", "a", "d"], features, hash_of) == ["b", "b", "a", "d"]
    assert sorted(asked) == [0, 1, 2]
    assert groups_of(["c", "b", "c", "d"], features, lambda _: None) == ["c", "b", "c", "d"]
    assert float(features[0] @ features[1]) >= COSINE
