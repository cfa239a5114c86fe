"""Masks as Label Studio's brush keeps them: the packed channels of a painted picture.

Bits, the highest of a byte first: 32 say how many words follow, 5 how long a word is (less one), four
times 4 how long a count may be (less one). Then records: one bit tells a run from a list, two choose
one of the four lengths, a count (less one) of that length follows, then one word for a run, and as many
words as the count says for a list. The words are the red, green, blue and alpha of every pixel, along
the rows. What is not wholly transparent is painted.

Source: the format of @thi.ng/rle-pack, and Label Studio's own converter for the channels.
"""

import numpy as np

from labelapp.geometry.rle import BrokenRleError, Mask

CHANNELS, ALPHA = 4, 3
_HEAD = 53  # bits
_READ = 8  # bytes: a record's kind, count and word, from any bit of a byte on
_RUN = 4  # the bit of a kind that tells a run


def mask_of(code: bytes, size: tuple[int, int]) -> Mask:
    """The (H, W) mask of a brush; `size` is (height, width).

    Raises:
        BrokenRleError: the code breaks off, or holds another number of pixels.
    """
    height, width = size
    words, word, counts = _head(code)
    if words != height * width * CHANNELS:
        raise BrokenRleError(
            f"The code holds {words / CHANNELS:g} pixels, the picture {height * width}."
        )
    padded = code + bytes(_READ)
    painted = np.zeros(height * width, dtype=np.bool_)
    bit, at = _HEAD, 0
    while at < words:
        window = int.from_bytes(padded[bit >> 3 : (bit >> 3) + _READ])
        left = 8 * _READ - (bit & 7) - 3
        kind = window >> left & 7
        length = counts[kind & 3]
        left -= length
        end = at + (window >> left & (1 << length) - 1) + 1
        bit += 3 + length
        taken = word if kind & _RUN else word * (end - at)
        if bit + taken > 8 * len(code):
            raise BrokenRleError("The code breaks off.")
        if end > words:
            raise BrokenRleError("The code holds more pixels than the picture.")
        pixels = slice(at // CHANNELS, end // CHANNELS)  # those whose alpha is among the words
        if kind & _RUN:
            painted[pixels] = window >> (left - word) & (1 << word) - 1 != 0
        else:
            painted[pixels] = _listed(padded, bit, end - at, word)[
                ALPHA - at % CHANNELS :: CHANNELS
            ]
        bit, at = bit + taken, end
    return painted.reshape(height, width)


def _head(code: bytes) -> tuple[int, int, tuple[int, ...]]:
    """How many words there are, the bits of a word, and the bits of the four counts."""
    if len(code) * 8 < _HEAD:
        raise BrokenRleError("The code breaks off.")
    lengths = int.from_bytes(code[4:7]) >> 3
    counts = tuple((lengths >> shift & 15) + 1 for shift in (12, 8, 4, 0))
    return int.from_bytes(code[:4]), (lengths >> 16 & 31) + 1, counts


def _listed(padded: bytes, bit: int, count: int, word: int) -> Mask:
    """Which of `count` words, from a bit on, are not zero."""
    end = bit + count * word
    part = np.frombuffer(padded[bit >> 3 : (end >> 3) + 1], np.uint8)
    bits = np.unpackbits(part)[bit & 7 :][: count * word]
    listed: Mask = bits.reshape(count, word).max(axis=1).astype(np.bool_)
    return listed
