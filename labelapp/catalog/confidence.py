"""Confidences and their bins of 1/1000. A bin is computed once, from the exact decimal."""

from decimal import Decimal

BINS = 1000


def bin_of(confidence: Decimal) -> int:
    """floor(1000 * confidence) for a confidence in [0, 1]; 1 alone is bin 1000.

    >>> bin_of(Decimal("0.8500")), bin_of(Decimal("0.9999999")), bin_of(Decimal(1))
    (850, 999, 1000)
    """
    return int(confidence * BINS)


def decimal_of(fraction: float) -> Decimal:
    """The decimal a person wrote for this double: its shortest text.

    >>> decimal_of(0.1)
    Decimal('0.1')
    """
    return Decimal(repr(fraction))


def on_grid(fraction: float) -> bool:
    """Whether this limit lies on an edge between bins."""
    scaled = decimal_of(fraction) * BINS
    return scaled == int(scaled)
