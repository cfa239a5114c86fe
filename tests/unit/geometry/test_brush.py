"""Label Studio's brush code: what any packer of it may write comes back pixel by pixel."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from labelapp.geometry.brush import mask_of
from labelapp.geometry.rle import BrokenRleError
from tests.unit.geometry.painting import channels_of, pack

# Four words of 8 bits; counts of 3, 4, 8 and 16 bits.
HEAD = f"{4:032b}{7:05b}{2:04b}{3:04b}{7:04b}{15:04b}"


def whole(bits: str) -> bytes:
    return int(bits.ljust(96, "0"), 2).to_bytes(12)


@st.composite
def paintings(draw: st.DrawFn) -> NDArray[np.uint8]:
    """(H, W) alphas: strokes with soft rims, or noise."""
    height, width = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    noise = np.random.default_rng(draw(st.integers(0, 999)))
    alpha = noise.integers(0, 256, (height, width), np.uint8)
    return np.where(
        noise.random((height, width)) < draw(st.sampled_from([0.0, 0.05, 0.5, 1])), alpha, 0
    )


@given(
    paintings(),
    st.sampled_from([8, 9, 16, 32]),
    st.lists(st.integers(1, 16), min_size=4, max_size=4),
    st.integers(0, 3),
)
@settings(max_examples=200, deadline=None)
def test_a_painting_comes_back_pixel_by_pixel(
    alpha: NDArray[np.uint8], word: int, counts: list[int], listed: int
) -> None:
    code = pack(channels_of(alpha), word=word, counts=counts, listed=listed)
    assert np.array_equal(mask_of(code, alpha.shape), alpha > 0)


def test_the_words_of_the_format_stand_where_its_authors_put_them() -> None:
    """One red pixel, its channels as a list."""
    bits = f"{4:032b}{7:05b}{2:04b}{3:04b}{7:04b}{15:04b}" + "000011" + f"{255:08b}{0:08b}{0:08b}"
    for alpha in (0, 1, 255):
        whole = f"{bits}{alpha:08b}".ljust(96, "0")
        code = int(whole, 2).to_bytes(12)
        assert mask_of(code, (1, 1)).tolist() == [[alpha > 0]]


@pytest.mark.parametrize(
    ("code", "size", "words"),
    [
        (b"", (1, 1), "breaks off"),
        (bytes(6), (1, 1), "breaks off"),
        (pack(channels_of(np.ones((2, 3)))), (3, 3), "holds 6 pixels, the picture 9"),
        (pack(channels_of(np.ones((2, 3))))[:-2], (2, 3), "breaks off"),
        (whole(HEAD + "110" + f"{255:08b}{1:08b}"), (1, 1), "more pixels than"),
    ],
)
def test_a_code_that_does_not_fill_its_picture_is_refused(
    code: bytes, size: tuple[int, int], words: str
) -> None:
    with pytest.raises(BrokenRleError, match=words):
        mask_of(code, size)


@given(st.binary(max_size=60), st.integers(1, 4))
@settings(max_examples=300, deadline=None)
def test_no_bytes_do_more_than_be_refused(code: bytes, side: int) -> None:
    head = (side * side * 4).to_bytes(4)
    with suppress(BrokenRleError):
        assert mask_of(head + code, (side, side)).shape == (side, side)
