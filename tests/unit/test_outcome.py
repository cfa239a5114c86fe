"""The outcome rule: the written table, and every possible count against its definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.verification.outcome import DECIDED, INCORRECT, Outcome, Rule, outcome

U, M = Rule.UNANIMOUS, Rule.MAJORITY

# Written "confirm disconfirm unsure", as many verdicts as wanted.
TABLE = {
    (U, Outcome.CONFIRMED): "200 300 100",
    (U, Outcome.DISCONFIRMED): "020 030 010",
    (U, Outcome.SPLIT): "110 210 120 111",
    (U, Outcome.UNSURE): "101 011 002 201 102 021 012 003 001",
    (M, Outcome.CONFIRMED): "200 300 210 201 100",
    (M, Outcome.DISCONFIRMED): "020 030 120 021 010",
    (M, Outcome.SPLIT): "110 111",
    (M, Outcome.UNSURE): "101 011 002 102 012 003 001",
}
CASES = [
    (rule, tuple(map(int, digits)), expected)
    for (rule, expected), written in TABLE.items()
    for digits in written.split()
]


@pytest.mark.parametrize(("rule", "counts", "expected"), CASES)
def test_it_decides_one_two_and_three_reviewers_as_written(
    rule: Rule, counts: tuple[int, int, int], expected: Outcome
) -> None:
    assert outcome(*counts, wanted=sum(counts), rule=rule) is expected


def test_the_written_table_holds_every_count_of_up_to_three_reviewers() -> None:
    every = {(c, d, n - c - d) for n in (1, 2, 3) for c in range(n + 1) for d in range(n - c + 1)}
    for rule in Rule:
        assert {counts for of, counts, _ in CASES if of is rule} == every


COUNTS = st.integers(1, 9).flatmap(
    lambda n: st.lists(st.sampled_from("cdu"), max_size=n).map(lambda votes: (n, votes))
)


@given(COUNTS, st.sampled_from(Rule))
def test_it_agrees_with_the_definition_for_any_number_of_reviewers(
    drawn: tuple[int, list[str]], rule: Rule
) -> None:
    wanted, votes = drawn
    counts = (votes.count("c"), votes.count("d"), votes.count("u"))
    result = outcome(*counts, wanted=wanted, rule=rule)
    assert result is by_definition(votes, wanted, rule)


def by_definition(votes: list[str], wanted: int, rule: Rule) -> Outcome:
    """Say the outcome in words about votes instead of arithmetic on counts."""
    if len(votes) < wanted:
        return Outcome.PENDING
    if rule is Rule.MAJORITY:
        for vote, name in (("c", Outcome.CONFIRMED), ("d", Outcome.DISCONFIRMED)):
            if votes.count(vote) > wanted - votes.count(vote):
                return name
    elif set(votes) == {"c"}:
        return Outcome.CONFIRMED
    elif set(votes) == {"d"}:
        return Outcome.DISCONFIRMED
    return Outcome.SPLIT if {"c", "d"} <= set(votes) else Outcome.UNSURE


@pytest.mark.parametrize("counts", [(-1, 1, 0, 1), (2, 0, 0, 1), (0, 0, 0, 0)])
def test_it_refuses_counts_no_item_can_have(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="no item can have"):
        outcome(*counts, rule=U)


def test_a_split_is_decided_and_incorrect_but_unsure_and_pending_are_neither() -> None:
    assert Outcome.SPLIT in DECIDED
    assert Outcome.SPLIT in INCORRECT
    assert not {Outcome.UNSURE, Outcome.PENDING} & (DECIDED | INCORRECT)
