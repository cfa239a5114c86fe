"""Difference hashes: what they forgive, and that no close pair is missed."""

import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from labelapp.likeness.hashes import BITS, close_pairs, difference_hash, distance

words = st.integers(-(2**63), 2**63 - 1)


def speckled(seed: int = 0) -> Pillow.Image:
    spots = np.random.default_rng(seed).integers(0, 255, (6, 7, 3)).astype(np.uint8)
    return Pillow.fromarray(spots).resize((60, 40), Pillow.Resampling.BICUBIC)


def test_a_smaller_copy_is_close_and_a_mirrored_one_is_not() -> None:
    picture = speckled()
    smaller = picture.resize((45, 30), Pillow.Resampling.BOX)
    mirrored = picture.transpose(Pillow.Transpose.FLIP_LEFT_RIGHT)
    mine = difference_hash(picture)
    assert distance(mine, difference_hash(smaller)) <= BITS
    assert distance(mine, difference_hash(mirrored)) > BITS


def test_a_hash_fits_a_bigint_and_a_blank_picture_has_none_of_its_bits() -> None:
    assert difference_hash(Pillow.new("RGB", (30, 20), "white")) == 0
    falling = np.tile(np.arange(90, 0, -10).astype(np.uint8), (8, 1))
    assert difference_hash(Pillow.fromarray(falling)) == -1
    assert distance(0, -1) == 64


@given(st.lists(words, max_size=40, unique=True), st.data())
def test_every_close_pair_is_found_and_no_other(found: list[int], data: st.DataObject) -> None:
    bits = st.sets(st.integers(0, 63), max_size=6)
    for one in found[:20]:  # some that differ in a few bits, round the limit
        turned = sum(1 << bit for bit in data.draw(bits))
        found.append(int(np.uint64(one % 2**64 ^ turned).astype(np.int64)))
    expected = [
        [a, b]
        for a in range(len(found))
        for b in range(a + 1, len(found))
        if distance(found[a], found[b]) <= BITS
    ]
    assert close_pairs(np.array(found, np.int64)).tolist() == expected


def test_a_hundred_thousand_are_not_compared_each_with_each() -> None:
    hashes = np.random.default_rng(0).integers(-(2**63), 2**63 - 1, 100_000)
    hashes[7], hashes[90_000] = 0b1011, 0b1110_1011
    began = time.process_time()
    assert close_pairs(hashes).tolist() == [[7, 90_000]]
    assert time.process_time() - began < 5  # 0.2 s alone; each with each takes minutes
