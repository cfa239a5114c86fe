"""The pure rule that turns the verdicts on one item into its outcome.

No Django here: models, services and the analysis all read the rule from this
file, so that there is one place where "split" is defined.
"""

from enum import StrEnum


class Rule(StrEnum):
    """How the verdicts of several reviewers on one item become one outcome."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"


class Outcome(StrEnum):
    """What the reviewers together say about one item."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    DISCONFIRMED = "disconfirmed"
    SPLIT = "split"
    UNSURE = "unsure"


DECIDED = frozenset({Outcome.CONFIRMED, Outcome.DISCONFIRMED, Outcome.SPLIT})
"""The outcomes a percentage is taken over; split counts as incorrect."""

INCORRECT = frozenset({Outcome.DISCONFIRMED, Outcome.SPLIT})
"""The decided outcomes that count against the label in tables."""


def outcome(confirm: int, disconfirm: int, unsure: int, wanted: int, rule: Rule) -> Outcome:
    """Return the outcome of an item with these verdict counts.

    `wanted` is the number of reviewers the job asks for (at least 1); with
    fewer verdicts than that the item is pending under either rule. Counts
    that no item may have (negative, or more verdicts than wanted) raise
    `ValueError`: they would mean that an invariant is already broken.

    >>> outcome(2, 0, 0, wanted=2, rule=Rule.UNANIMOUS).value
    'confirmed'
    >>> outcome(2, 1, 0, wanted=3, rule=Rule.UNANIMOUS).value
    'split'
    >>> outcome(2, 1, 0, wanted=3, rule=Rule.MAJORITY).value
    'confirmed'
    """
    judged = confirm + disconfirm + unsure
    if min(confirm, disconfirm, unsure) < 0 or wanted < 1 or judged > wanted:
        raise ValueError(
            f"no item can have {confirm} confirm, {disconfirm} disconfirm and "
            f"{unsure} unsure verdicts of {wanted} wanted"
        )
    if judged < wanted:
        return Outcome.PENDING
    if rule is Rule.MAJORITY:
        return _majority(confirm, disconfirm, wanted)
    return _unanimous(confirm, disconfirm, unsure)


def _unanimous(confirm: int, disconfirm: int, unsure: int) -> Outcome:
    """Apply the published rule: any disagreement is a split, any doubt is unsure."""
    if confirm and disconfirm:
        return Outcome.SPLIT
    if unsure:
        return Outcome.UNSURE
    return Outcome.CONFIRMED if confirm else Outcome.DISCONFIRMED


def _majority(confirm: int, disconfirm: int, wanted: int) -> Outcome:
    """Apply the majority rule: more than half of the wanted reviewers decide."""
    if 2 * confirm > wanted:
        return Outcome.CONFIRMED
    if 2 * disconfirm > wanted:
        return Outcome.DISCONFIRMED
    return Outcome.SPLIT if confirm and disconfirm else Outcome.UNSURE
