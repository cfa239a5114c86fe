"""What the numbers of a confidence column mean: fractions of 1, or percent.

Numbers are read as exact decimals, so that 85 % is the double 0.85 and its bin of 1/1000 is 850.
"""

from dataclasses import dataclass, field
from decimal import Context, Decimal, InvalidOperation
from enum import StrEnum

from labelapp.catalog.confidence import bin_of

# Wide enough for every number that is read here to be divided exactly or to the last place.
_LONGEST_NUMBER = 400
_EXACT = Context(prec=_LONGEST_NUMBER + 4)
_BARS = 20


class Scale(StrEnum):
    FRACTION = "fraction"
    PERCENT = "percent"


class BadConfidence(ValueError):
    """Why a confidence cannot be taken; the text is for the report."""


def number_of(text: str) -> tuple[Decimal, bool]:
    """The number that a cell holds, and whether it carries a percent sign.

    >>> number_of(" 98.5 % ")
    (Decimal('98.5'), True)

    Raises:
        BadConfidence: it is no finite number.
    """
    bare = text.strip()
    has_sign = bare.endswith("%")
    digits = bare.removesuffix("%").rstrip()
    if not digits.isascii() or "_" in digits or len(digits) > _LONGEST_NUMBER:
        raise BadConfidence(f"confidence {_shown(text)} is not a number")
    try:
        number = Decimal(digits)
    except InvalidOperation:
        raise BadConfidence(f"confidence {_shown(text)} is not a number") from None
    if not number.is_finite():
        raise BadConfidence(f"confidence {_shown(text)} is not a finite number")
    return number, has_sign


def _shown(text: str) -> str:
    shown = text.strip()[:40].encode(errors="replace").decode().replace("\0", "?")
    return f"“{shown}”"


def fraction_of(text: str, scale: Scale) -> tuple[float, int]:
    """The confidence as a double in [0, 1] and its bin of 1/1000, from the exact decimal.

    >>> fraction_of("85", Scale.PERCENT), fraction_of("1", Scale.FRACTION)
    ((0.85, 850), (1.0, 1000))

    Raises:
        BadConfidence: it is no number, or lies outside the scale.
    """
    number, _ = number_of(text)
    top = 100 if scale is Scale.PERCENT else 1
    if not 0 <= number <= top:
        raise BadConfidence(f"confidence {_shown(text)} is outside 0 to {top}")
    exact = _EXACT.divide(number, Decimal(100)) if scale is Scale.PERCENT else number
    return float(exact), _bin(exact)


def _bin(exact: Decimal) -> int:
    """`bin_of`, also for numbers with more digits than the usual decimal context keeps."""
    if len(exact.as_tuple().digits) <= 24:
        return bin_of(exact)
    return int(_EXACT.multiply(exact, Decimal(1000)))


@dataclass
class Readings:
    """What has been seen of a confidence column. What is no number from 0 to 100 has no say."""

    numbers: int = 0
    above_one: int = 0
    only_zero_and_one: bool = True
    percent_signs: int = 0
    missing: int = 0
    lowest: Decimal | None = None
    highest: Decimal | None = None
    low_bars: list[int] = field(default_factory=lambda: [0] * _BARS)
    all_bars: list[int] = field(default_factory=lambda: [0] * _BARS)

    def see(self, text: str) -> None:
        """Count one cell."""
        if not text.strip():
            self.missing += 1
            return
        try:
            number, has_sign = number_of(text)
        except BadConfidence:
            return
        if not 0 <= number <= 100:
            return
        self.numbers += 1
        self.percent_signs += has_sign
        if number > 1:
            self.above_one += 1
        else:
            self.low_bars[min(int(number * _BARS), _BARS - 1)] += 1
        self.all_bars[min(int(number) // (100 // _BARS), _BARS - 1)] += 1
        if self.only_zero_and_one and number not in {0, 1}:
            self.only_zero_and_one = False
        if self.lowest is None or number < self.lowest:
            self.lowest = number
        if self.highest is None or number > self.highest:
            self.highest = number

    def scale(self) -> Scale | None:
        """The scale that these numbers show; None when a person has to say.

        Percent signs mean percent; all values up to 1 mean fractions, unless they are only 0 and 1;
        nine in ten or more above 1 mean percent.
        """
        if self.percent_signs:
            return Scale.PERCENT
        if self.only_zero_and_one:
            return None
        if not self.above_one:
            return Scale.FRACTION
        return Scale.PERCENT if self.above_one * 10 >= self.numbers * 9 else None

    def histogram(self, scale: Scale | None) -> list[int]:
        """The numbers in 20 equal bars over the scale."""
        return list(self.low_bars if scale is Scale.FRACTION else self.all_bars)
