"""Reading verdicts as a client sends them. No Django here."""

import re
from typing import Any
from uuid import UUID

from qa.verification.values import Judgement, Judgements, Value

LONGEST_NOTE = 2000
_NOT_TEXT = re.compile(r"[\0\ud800-\udfff]")  # a database keeps neither NUL nor half a character


def read_judgements(verdicts: dict[str, Any]) -> tuple[Judgements, dict[str, list[str]]]:
    """Verdicts `{item id: value}` or `{item id: {value, note, looked}}` as judgements.

    Returns:
        what could be read, and by item what is wrong with the rest.
    """
    judgements: Judgements = {}
    errors: dict[str, list[str]] = {}
    for key, given in verdicts.items():
        try:
            judgements[UUID(key)] = _judgement(given)
        except ValueError as error:
            errors[key] = [str(error)]
    return judgements, errors


def _judgement(given: Any) -> Judgement:
    parts = given if isinstance(given, dict) else {"value": given}
    if unknown := sorted(set(parts) - {"value", "note", "looked"}):
        raise ValueError(f"Unknown: {', '.join(unknown)}.")
    note, looked = parts.get("note", ""), parts.get("looked", False)
    if not isinstance(note, str) or len(note) > LONGEST_NOTE or _NOT_TEXT.search(note):
        raise ValueError(f"A note is text of at most {LONGEST_NOTE} characters.")
    if looked not in {True, False}:
        raise ValueError("`looked` is true or false.")
    values = [value.value for value in Value]
    if not isinstance(parts.get("value"), str) or parts["value"] not in values:
        raise ValueError(f"A verdict is one of {', '.join(values)}.")
    return Judgement(Value(parts["value"]), note, bool(looked))
