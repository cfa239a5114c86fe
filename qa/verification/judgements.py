"""Reading verdicts as a client sends them. No Django here."""

from typing import Any
from uuid import UUID

from qa.jobs.notes import read_note
from qa.verification.values import Judgement, Judgements, Value


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
    note, looked = read_note(parts.get("note", "")), parts.get("looked", False)
    if looked not in {True, False}:
        raise ValueError("`looked` is true or false.")
    values = [value.value for value in Value]
    if not isinstance(parts.get("value"), str) or parts["value"] not in values:
        raise ValueError(f"A verdict is one of {', '.join(values)}.")
    return Judgement(Value(parts["value"]), note, bool(looked))
