"""What can stop a start, said so that a person can mend it."""

from __future__ import annotations


class StartError(Exception):
    """The start cannot go on. The message says what is wrong and what to do about it."""
