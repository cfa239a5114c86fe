"""Rows drawn in one pass: each row of the file has the same chance."""

from collections import Counter
from random import Random

import pytest

from labelapp.imports.draw import DRAWN, Draw


@pytest.mark.parametrize("rows", [1, DRAWN, DRAWN + 1, 40])
def test_every_row_is_drawn_equally_often(rows: int) -> None:
    tries = 4_000
    seen: Counter[int] = Counter()
    for seed in range(tries):
        draw: Draw[int] = Draw(Random(seed))
        for number in range(rows):
            draw.see(number)
        assert len(set(draw.rows)) == min(rows, DRAWN)
        seen.update(draw.rows)
    expected = tries * min(rows, DRAWN) / rows
    assert set(seen) == set(range(rows))
    # Five standard deviations of a binomial count.
    assert all(abs(n - expected) <= 5 * expected**0.5 for n in seen.values())
