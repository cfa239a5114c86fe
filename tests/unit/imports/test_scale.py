"""What confidences mean, and that they are read exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.imports.scale import BadConfidence, Readings, Scale, fraction_of, number_of

decimals = st.decimals(min_value=0, max_value=1, places=10)


def scale_of(*texts: str) -> Scale | None:
    readings = Readings()
    for text in texts:
        readings.see(text)
    return readings.scale()


@pytest.mark.parametrize(
    ("texts", "scale"),
    [
        (["0.5", "1"], Scale.FRACTION),
        (["0.5", "80%"], Scale.PERCENT),
        (["1 %", "0 %"], Scale.PERCENT),
        (["80", "90.5", "100"], Scale.PERCENT),
        (["80"] * 9 + ["0.5"], Scale.PERCENT),
        (["80"] * 8 + ["0.5"] * 2, None),
        (["0.5"] * 20 + ["1.5"], None),
        (["0", "1", "1"], None),
        (["1"], None),
        (["0.5", "250", "nan", "-3", "words"], Scale.FRACTION),
        (["80", "101", "1e9"], Scale.PERCENT),
    ],
)
def test_the_scale_is_found_or_asked_for(texts: list[str], scale: Scale | None) -> None:
    assert scale_of(*texts) is scale


@given(decimals)
def test_percent_and_fraction_of_one_number_agree(number: Decimal) -> None:
    as_percent = fraction_of(f"{number * 100:f}", Scale.PERCENT)
    assert as_percent == fraction_of(f"{number:f}", Scale.FRACTION)


@given(decimals)
def test_the_double_and_the_bin_come_from_the_exact_decimal(number: Decimal) -> None:
    confidence, thousandth = fraction_of(f"{number:f}", Scale.FRACTION)
    assert confidence == float(number)
    assert thousandth == int(Fraction(number) * 1000)


@pytest.mark.parametrize("nines", [10, 28, 29, 40, 300])
def test_almost_one_never_reaches_the_last_bin(nines: int) -> None:
    assert fraction_of("0." + "9" * nines, Scale.FRACTION)[1] == 999
    assert fraction_of("99." + "9" * nines, Scale.PERCENT)[1] == 999


@pytest.mark.parametrize(
    "text",
    ["", "nan", "inf", "-inf", "1_0", "0x1", "١", "0,5", "one", "%", "1 2", "9" * 500, "\0"],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadConfidence):
        number_of(text)


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        number, _ = number_of(text)
    except BadConfidence as error:
        str(error).encode()
    else:
        assert number.is_finite()


@pytest.mark.parametrize(
    ("text", "scale"),
    [("1.0000001", Scale.FRACTION), ("-0.1", Scale.FRACTION), ("100.1", Scale.PERCENT)],
)
def test_what_lies_outside_the_scale_is_refused(text: str, scale: Scale) -> None:
    with pytest.raises(BadConfidence):
        fraction_of(text, scale)


def test_tiny_and_spelt_out_numbers_are_read() -> None:
    assert fraction_of("1e-999999", Scale.PERCENT) == (0.0, 0)
    assert fraction_of("8.5e1", Scale.PERCENT) == (0.85, 850)
    assert fraction_of("-0", Scale.FRACTION) == (0.0, 0)
