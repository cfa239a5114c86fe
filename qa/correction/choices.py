"""Reading choices as a client sends them. No Django here."""

from typing import Any
from uuid import UUID

from labelapp.catalog.names import LONGEST_NAME, fits
from qa.correction.values import NEW, Choice, Choices, Value
from qa.jobs.notes import is_text, read_note

_WORDS = {Value.NONE_OF_THESE.value, Value.UNSURE.value}


def read_choices(given: dict[str, Any]) -> tuple[Choices, dict[str, list[str]]]:
    """Choices `{item id: value}` or `{item id: {value, note}}`; a value is the id or exact name of a
    class, `none_of_these`, `unsure`, or `new:` and a name.

    Returns:
        what could be read, and by item what is wrong with the rest.
    """
    choices: Choices = {}
    errors: dict[str, list[str]] = {}
    for key, one in given.items():
        try:
            choices[UUID(key)] = _choice(one)
        except ValueError as error:
            errors[key] = [str(error)]
    return choices, errors


def _choice(given: Any) -> Choice:
    parts = given if isinstance(given, dict) else {"value": given}
    if unknown := sorted(set(parts) - {"value", "note"}):
        raise ValueError(f"Unknown: {', '.join(unknown)}.")
    note, value = read_note(parts.get("note", "")), parts.get("value")
    if not isinstance(value, str) or not value or not is_text(value):
        raise ValueError("Name a class, none_of_these or unsure.")
    if value in _WORDS:
        return Choice(Value(value), note=note)
    new = value.startswith(NEW)
    name = " ".join(value.removeprefix(NEW).split()) if new else value
    if (new and not fits(name)) or not name or len(name) > LONGEST_NAME:
        raise ValueError(f"The name of a class has 1 to {LONGEST_NAME} characters.")
    return Choice(Value.CLASS, name=name, new=new, note=note)


def written(value: Value, label_class: UUID | None, note: str) -> Any:
    """A choice as a client sends it."""
    word = str(label_class) if label_class else value.value
    return {"value": word, "note": note} if note else word
