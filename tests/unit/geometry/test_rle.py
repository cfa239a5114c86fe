"""Run-length codes, against the reference implementation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycocotools import mask as reference

from labelapp.geometry.rle import BrokenRleError, Mask, Rle, area, bounds, decode, encode


def by_reference(mask: Mask) -> str:
    return str(reference.encode(np.asfortranarray(mask.astype(np.uint8)))["counts"].decode())


def box_of(mask: Mask) -> list[int]:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not rows.size:
        return [0, 0, 0, 0]
    return [columns[0], rows[0], columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1]


@given(
    st.integers(1, 40),
    st.integers(1, 40),
    st.sampled_from([0.0, 0.05, 0.5, 0.95, 1.0]),
    st.integers(0, 999),
)
@settings(max_examples=150, deadline=None)
def test_it_writes_and_reads_what_the_reference_does(
    h: int, w: int, share: float, seed: int
) -> None:
    mask = np.random.default_rng(seed).random((h, w)) < share
    rle = encode(mask)
    assert rle["counts"] == by_reference(mask)
    assert rle["size"] == [h, w]
    assert np.array_equal(decode(rle), mask)
    assert area(rle) == mask.sum()
    assert list(bounds(rle)) == box_of(mask)


def test_it_keeps_a_run_that_goes_on_in_the_next_column() -> None:
    mask = np.zeros((6, 8), dtype=bool)
    mask[:, 2:5] = True
    assert encode(mask)["counts"] == by_reference(mask)


def test_it_codes_a_small_object_on_twelve_megapixels() -> None:
    mask = np.zeros((3000, 4000), dtype=bool)
    mask[1200:1260, 900:1100] = True
    rle = encode(mask)
    assert rle["counts"] == by_reference(mask)
    assert len(rle["counts"]) < 1000


@pytest.mark.parametrize(
    ("size", "counts", "complaint"),
    [
        ([4, 4], "5", "hold 5 pixels, the picture 16"),
        ([4, 4], "é", "outside ASCII"),
        ([4, 4], "!", "foreign letter"),
        ([4, 4], "P", "breaks off"),
        ([4, 4], "o" * 20 + "0", "no picture needs"),
        ([4, 4], "O1", "negative"),
        ([0, 4], "0", "not \\[height, width\\]"),
        ([4], "0", "not \\[height, width\\]"),
    ],
)
def test_it_refuses_a_code_that_adds_up_to_nothing(
    size: list[int], counts: str, complaint: str
) -> None:
    with pytest.raises(BrokenRleError, match=complaint):
        decode(Rle(size=size, counts=counts))
