"""What Label Studio's screen does when a brush mask is saved, in a few lines: paint, and pack."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

COUNTS = (3, 4, 8, 16)


def channels_of(alpha: Any) -> list[int]:
    """The words of a painting: red, green, blue and alpha of every pixel; (H, W) alphas, 0 to 255."""
    flat: NDArray[np.uint8] = np.asarray(alpha, np.uint8).reshape(-1)
    red = np.where(flat > 0, 200, 0).astype(np.uint8)
    return [int(one) for one in np.stack([red, red // 2, flat * 0, flat], axis=1).reshape(-1)]


def pack(
    words: Sequence[int], *, word: int = 8, counts: Sequence[int] = COUNTS, listed: int = 1,
) -> bytes:  # fmt: skip
    """Words as runs, and as lists where a run would have `listed` words or fewer."""
    bits = [f"{len(words):032b}{word - 1:05b}", *(f"{count - 1:04b}" for count in counts)]

    def record(kind: str, length: int, values: Sequence[int]) -> None:
        which = min((n for n in range(4) if length <= 1 << counts[n]), key=counts.__getitem__)
        bits.append(f"{kind}{which:02b}{length - 1:0{counts[which]}b}")
        bits.extend(f"{value:0{word}b}" for value in values)

    waiting: list[int] = []
    most = 1 << max(counts)

    def flush() -> None:
        for start in range(0, len(waiting), most):
            part = waiting[start : start + most]
            record("0", len(part), part)
        waiting.clear()

    for value, same in groupby(words):
        length = len(list(same))
        if length <= listed:
            waiting.extend([value] * length)
            continue
        flush()
        for start in range(0, length, most):
            record("1", min(most, length - start), [value])
    flush()
    whole = "".join(bits)
    size = -(-len(whole) // 8)
    return int(whole.ljust(size * 8, "0"), 2).to_bytes(size)
