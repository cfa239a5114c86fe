"""The words of a reviewer. No Django here."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Value(StrEnum):
    """A verdict; on the screen: right, wrong, unsure."""

    CONFIRM = "confirm"
    DISCONFIRM = "disconfirm"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Judgement:
    """What a reviewer says of one item; `looked` = saw its confidence first."""

    value: Value
    note: str = ""
    looked: bool = False


Judgements = dict[UUID, Judgement]
