"""Notes that people write on items, as a client sends them. No Django here."""

import re
from typing import Any

LONGEST_NOTE = 2000
_NOT_TEXT = re.compile(r"[\0\ud800-\udfff]")  # a database keeps neither NUL nor half a character


def read_note(note: Any) -> str:
    """Raises ValueError, with a sentence for the client, for what is no note."""
    if not isinstance(note, str) or len(note) > LONGEST_NOTE or not is_text(note):
        raise ValueError(f"A note is text of at most {LONGEST_NOTE} characters.")
    return note


def is_text(given: str) -> bool:
    """Whether a database can keep it."""
    return not _NOT_TEXT.search(given)
