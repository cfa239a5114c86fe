"""When two class names are one class, and when one may be a slip of the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.catalog.names import class_key, may_be_a_slip, one_edit_apart, slips

words = st.text("abcde", min_size=5, max_size=9)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Crab", "crab "), ("Hermit  Crab", "hermit crab"), ("Straße", "STRASSE"), ("ﬁn", "fin")],
)
def test_case_spaces_and_forms_of_letters_do_not_make_another_class(one: str, other: str) -> None:
    assert class_key(one) == class_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vine-tomato", "vine tomato"),
        ("stop sign", "stopsign"),
        ("lobster", "lobsters"),
        ("granny-smith", "grany-smith"),
        ("scorpion", "scoprion"),
    ],
)
def test_slips_are_noticed(one: str, other: str) -> None:
    assert may_be_a_slip(one, other)
    assert may_be_a_slip(other, one)
    assert slips([one], [other]) == {one: other}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("class 1", "class 2"),
        ("class a", "class b"),
        ("cat", "bat"),
        ("crab", "shrimp"),
        ("red apple", "green apple"),
        ("digit-10", "digit-1-0"),
    ],
)
def test_names_that_are_meant_to_differ_are_left_alone(one: str, other: str) -> None:
    assert not may_be_a_slip(one, other)
    assert slips([one], [other]) == {}


@given(words, st.integers(0, 8), st.sampled_from("abcde"))
def test_one_edit_is_always_noticed(word: str, at: int, letter: str) -> None:
    at = min(at, len(word) - 1)
    for edited in (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
    ):
        assert one_edit_apart(word, edited) is (edited != word)
        if edited != word and len(edited) >= 5:
            assert slips([edited], [word]) == {edited: word}


@given(st.lists(words, unique=True, max_size=8))
def test_looking_at_all_names_at_once_finds_what_looking_at_pairs_does(names: list[str]) -> None:
    found = slips(names, [])
    for at, name in enumerate(names):
        near = [other for other in names[:at] if may_be_a_slip(name, other)]
        assert (name in found) == bool(near)
        assert name not in found or found[name] in near


def test_ten_thousand_classes_are_compared_in_a_moment() -> None:
    letters = "abcdefghij"
    names = [
        "".join(letters[int(digit)] * 3 for digit in f"{number:04}") for number in range(10_000)
    ]
    assert slips(names, []) == {}
