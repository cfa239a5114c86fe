"""The pictures most like one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from labelapp.likeness import nearest as module
from labelapp.likeness.nearest import nearest


@given(st.integers(0, 2**32 - 1), st.integers(0, 60), st.integers(1, 70))
def test_the_nearest_come_first_and_no_nearer_one_is_left_out(
    seed: int, n: int, count: int
) -> None:
    draw = np.random.default_rng(seed)
    found = draw.normal(size=(n + 1, 8))
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    one, others = found[0], found[1:].astype(np.float16)
    answer = nearest(others, one, count)
    cosines = [cosine for _, cosine in answer]
    assert len(answer) == min(n, count)
    assert cosines == sorted(cosines, reverse=True)
    left = set(range(n)) - {number for number, _ in answer}
    told = others.astype(float) @ one
    assert all(told[number] <= min(cosines) + 0.001 for number in left)
    assert np.allclose([told[number] for number, _ in answer], cosines, atol=0.001)


def test_many_are_read_a_stretch_at_a_time() -> None:
    turns = np.linspace(0, np.pi, 3 * module._ROWS + 5)
    around = np.stack([np.cos(turns), np.sin(turns)], axis=1).astype(np.float16)
    last = around[-1]
    assert nearest(around, last, 1)[0][0] > 2.9 * module._ROWS  # of the last stretch
    assert nearest(around[:0], last, 3) == []
