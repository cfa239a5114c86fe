"""No Django here: the published walk down the confidence buckets of one class.

The walk goes from the highest bucket to the lowest and stops at the first one
whose ratio of bad to good is not below what the business accepts; the answer is
the high side of that bucket. It looks at each bucket alone, which makes it a
rule of thumb and no proof. Bad and good are compared by multiplication of
integers, never by division: 1:10 means 1 bad to 10 good, a share of 9.09 %.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_RATIO = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")


class BadRatioError(ValueError):
    """The text is not two whole numbers of at least 1 with a colon between them."""


@dataclass(frozen=True, slots=True)
class ErrorRatio:
    """At most how many bad ones to how many good ones."""

    bad: int
    good: int

    @classmethod
    def parse(cls, text: str) -> "ErrorRatio":
        """Read a ratio such as `"1:10"`.

        >>> ErrorRatio.parse("1:10")
        ErrorRatio(bad=1, good=10)
        """
        match = _RATIO.fullmatch(text.strip())
        bad, good = map(int, match.groups()) if match else (0, 0)
        if not (bad and good):
            raise BadRatioError("give bad:good as two whole numbers of at least 1, such as 1:10")
        return cls(bad, good)

    def __str__(self) -> str:
        """Return the form that `parse` reads."""
        return f"{self.bad}:{self.good}"


class Reason(StrEnum):
    """Why the walk ended where it did."""

    STOPPED = "stopped"
    ALL_PASS = "all_pass"  # noqa: S105 - a reason, no password
    TOP_BUCKET_FAILS = "top_bucket_fails"
    NO_DATA = "no_data"
    UNREVIEWED = "unreviewed"


@dataclass(frozen=True, slots=True)
class Bucket:
    """What the walk looks at: `items` in the bucket, `decided` of them, `incorrect` of those."""

    low: float
    high: float
    items: int
    decided: int
    incorrect: int


@dataclass(frozen=True, slots=True)
class Walk:
    """Where the walk ended: `threshold` is None where nothing may pass unseen."""

    threshold: float | None
    reason: Reason
    empty_passed: tuple[tuple[float, float], ...]
    """Buckets without items that the walk stepped over, highest first."""


def walk(buckets: Sequence[Bucket], ratio: ErrorRatio, *, strict: bool = True) -> Walk:
    """Walk down the buckets, given from the lowest to the highest.

    `strict` asks for *fewer* bad ones than the ratio allows, as the published
    text does; otherwise a bucket exactly at the ratio passes as well. A bucket
    with items of which none is decided stops the walk: it is no evidence.
    """
    threshold: float | None = None
    empty: list[tuple[float, float]] = []
    for bucket in reversed(buckets):
        if not bucket.items:
            empty.append((bucket.low, bucket.high))
            continue
        if not bucket.decided or not _passes(bucket, ratio, strict=strict):
            stopped_at = None if threshold is None else bucket.high
            return Walk(stopped_at, _why(bucket, seen=threshold is not None), tuple(empty))
        threshold = bucket.low
    if threshold is None:
        return Walk(None, Reason.NO_DATA, tuple(empty))
    return Walk(buckets[0].low, Reason.ALL_PASS, tuple(empty))


def _passes(bucket: Bucket, ratio: ErrorRatio, *, strict: bool) -> bool:
    """Say whether the bucket's bad ones are within the ratio to its good ones."""
    bad = bucket.incorrect * ratio.good
    allowed = (bucket.decided - bucket.incorrect) * ratio.bad
    return bad < allowed or (not strict and bad == allowed)


def _why(bucket: Bucket, *, seen: bool) -> Reason:
    """Name why the walk stops at this bucket; `seen` means that one above it passed."""
    if not bucket.decided:
        return Reason.UNREVIEWED
    return Reason.STOPPED if seen else Reason.TOP_BUCKET_FAILS
