"""One JSON document read as a stream: the lists at its top, entry by entry.

What is held is one entry and a block of text, however large the file. Python's own decoder reads the
entries: it is quick, and it takes NaN, which files hold that Python wrote.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from labelapp.imports.errors import ImportStopped

LONGEST_ENTRY = 32_000_000  # characters
_BLOCK = 1 << 20
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


class Document:
    """A JSON document. `lists` names those lists at its top that have begun so far; a document that is
    a list itself has the name ""."""

    def __init__(self, text: TextIO) -> None:
        self.lists: set[str] = set()
        self._text = text
        self._buffer = ""
        self._at = 0
        self._is_whole = False
        self._line = 1

    def entries(self) -> Iterator[tuple[str, Any]]:
        """The name of a list and an entry of it, in the order of the file; all else is passed over.

        Raises:
            ImportStopped: it is not JSON, breaks off, or an entry is longer than any may be.
        """
        if self._next() == "[":
            yield from self._list("")
        else:
            yield from self._members()
        if self._next():
            raise self._stopped("more text follows after the end of the document")

    def _members(self) -> Iterator[tuple[str, Any]]:
        self._take("{")
        if self._next() == "}":
            self._take("}")
            return
        while True:
            name = self._value()
            if not isinstance(name, str):
                raise self._stopped("a name in quotes is missing")
            self._take(":")
            if self._next() == "[":
                yield from self._list(name)
            else:
                self._value()
            if self._take(",}") == "}":
                return

    def _list(self, name: str) -> Iterator[tuple[str, Any]]:
        self.lists.add(name)
        self._take("[")
        if self._next() == "]":
            self._take("]")
            return
        while True:
            yield name, self._value()
            if self._take(",]") == "]":
                return

    def _next(self) -> str:
        """The next character that is no space, which stays; empty at the end."""
        while True:
            found = _SPACE.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if self._is_whole:
                return ""
            self._fill(_BLOCK)

    def _take(self, allowed: str) -> str:
        found = self._next()
        if found == "" or found not in allowed:
            what = " or ".join(f"“{one}”" for one in allowed)
            raise self._stopped(f"{what} is missing" if found else "the document breaks off")
        self._at += 1
        return found

    def _value(self) -> Any:
        """The value that comes next. What does not read may only be cut off, so more is fetched first."""
        self._next()
        block = _BLOCK
        while True:
            why = "the document breaks off"
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
                if end < len(self._buffer) or self._is_whole:
                    self._at = end
                    return value
            except json.JSONDecodeError as error:
                why = error.msg
            except ValueError as error:
                why = str(error)
            except RecursionError:
                why = "it nests deeper than can be read"
            if self._is_whole:
                raise self._stopped(why)
            if len(self._buffer) - self._at > LONGEST_ENTRY:
                raise self._stopped(f"an entry cannot be read or is too long: {why}")
            self._fill(block)
            block *= 2

    def _fill(self, size: int) -> None:
        more = self._text.read(size)
        self._line += self._buffer.count("\n", 0, self._at)
        self._buffer = self._buffer[self._at :] + more
        self._at = 0
        self._is_whole = not more

    def _stopped(self, why: str) -> ImportStopped:
        line = self._line + self._buffer.count("\n", 0, self._at)
        return ImportStopped(
            "bad_json", f"The file is no JSON: in what begins on line {line:,}, {why}."
        )
