"""The words of whoever corrects a class. No Django here."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Value(StrEnum):
    """An answer: a class, or why there is none."""

    CLASS = "class"
    NONE_OF_THESE = "none_of_these"
    UNSURE = "unsure"


NEW = "new:"
"""Before the name of a class that the dataset does not have."""


@dataclass(frozen=True)
class Choice:
    """What a person says of one item. With `Value.CLASS`, `name` is the id or exact name of a class, or
    the name of a `new` one."""

    value: Value
    name: str = ""
    new: bool = False
    note: str = ""


Choices = dict[UUID, Choice]
