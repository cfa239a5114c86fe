"""Documents of other tools: a list of pictures, each with labels in named fields, of which one is taken.

A first reading finds what the entries hold, so that a person can be asked before anything is counted; a
second one makes the rows, numbered by the place of their entry from 1. Held are one entry at a time, and
the names of the fields.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import IO, Any, NamedTuple

from django.conf import settings

from labelapp.imports import lines
from labelapp.imports.documents import Document
from labelapp.imports.errors import ImportStopped
from labelapp.imports.formats.columns import CLASS, CONFIDENCE, EXTRA, IGNORE, PICTURE
from labelapp.imports.formats.outlines import BadAnnotation, Size, score_text
from labelapp.imports.formats.reader import Reader
from labelapp.imports.rows import Bad, Row, is_storable, presentable

_SHOWN = 200  # characters
_NAMED = 20


class Statement(NamedTuple):
    """What an entry says in one field, once.

    `kind` is the tool's own word for what `said` (the object in the file) is, `size` that of the picture
    where the file tells it, `where` helps a person find the object.
    """

    field: str
    kind: str
    words: Any
    score: Any
    said: dict[str, Any]
    size: Size | None
    extra: dict[str, Any]
    where: str


class FieldsReader(Reader):
    """What the readers of such documents share."""

    list_name: str  # of the list that holds the entries; "" for the document itself
    score_name: str  # the tool's word for a confidence
    kinds: frozenset[str]  # of fields that are taken
    plain_kinds: frozenset[str]  # those among them that speak of the whole picture

    def __init__(self, file: IO[bytes], name: str, taken_for: Mapping[str, str]) -> None:
        self._file, self._name, self._taken_for = file, name, taken_for
        self.columns: dict[str, str] = {}
        self.facts: dict[str, Any] = {}
        # Headers of details, and what each may be taken for.
        self._details: dict[str, Sequence[str]] = {}
        self._fields: dict[str, set[str]] = {}
        self._scored: set[str] = set()
        self._left_out: dict[str, str] = {}
        self._picture, self._field = "", ""

    @abstractmethod
    def details(self, entry: dict[str, Any]) -> dict[str, Any]:
        """What an entry says beside its labels, by header; with the path of its picture."""

    @abstractmethod
    def roles_of_detail(self, header: str) -> Sequence[str]:
        """What a detail may be taken for; nothing where it is what it is."""

    @abstractmethod
    def statements(self, entry: dict[str, Any]) -> Iterator[Statement]:
        """What an entry says, in the order of the file."""

    @abstractmethod
    def region(self, one: Statement) -> dict[str, Any] | None:
        """The part of the picture that a statement is about. Raises BadAnnotation."""

    @abstractmethod
    def outline_words(self, one: Statement) -> str:
        """What a statement is outlined by, in a few words."""

    @abstractmethod
    def likely_picture(self) -> str:
        """The header that is the picture when nobody said which; empty when none is known to be."""

    def path_of(self, value: Any) -> str:
        """The path of a picture as it is looked for."""
        return value.strip() if isinstance(value, str) else ""

    def skipped(self, entry: dict[str, Any]) -> Iterator[str]:
        """Why statements of the field that is taken were left out by their own tool."""
        return iter(())

    def needed(self) -> tuple[str, ...]:
        return tuple(compress((PICTURE, CLASS), (self._details, self._fields)))

    def question(self, role: str) -> str:
        if role == CLASS:
            return "Several fields hold labels. Which one is to be taken?"
        return "Several details may name the picture. Which one does?"

    def part(self) -> str:
        return self._field if len(self._fields) > 1 else ""

    def cells(self, raw: Any) -> list[str]:
        return [presentable(str(raw.get(name, "")), _SHOWN) for name in self.columns] if raw else []

    @property
    def _outline(self) -> str:
        return f"{self._field}.outline"

    @property
    def _score(self) -> str:
        return f"{self._field}.{self.score_name}"

    def rows(self) -> Iterator[Row | Bad]:
        """What the chosen field says of every picture; a picture of which it says nothing has no label."""
        self._look()
        for number, entry in self._entries():
            if isinstance(entry, dict):
                yield from self._of_entry(number, entry)
            else:
                yield Bad(number, "bad_entry", f"the {self.unit} is no JSON object")

    def _entries(self) -> Iterator[tuple[int, Any]]:
        with lines.text_of(self._file, self._name) as text:
            found = (one for name, one in Document(text).entries() if name == self.list_name)
            yield from enumerate(found, start=1)

    def _look(self) -> None:
        """Find out what the entries hold, and what each is taken for."""
        for _, entry in self._entries():
            if not isinstance(entry, dict):
                continue
            details = self.details(entry)
            self.see_picture(details)
            for header in details:
                self._details.setdefault(header, self.roles_of_detail(header))
            for one in self.statements(entry):
                self._see(one)
            if len(self._details) + len(self._fields) > settings.MAX_LABEL_COLUMNS:
                most = settings.MAX_LABEL_COLUMNS
                why = f"The {self.unit}s use more than {most} different names."
                raise ImportStopped("too_many_columns", why)
        if self._left_out and not self._fields:
            kinds = ", ".join(self._kinds_left_out())
            why = f"The labels of this file are of kinds that are not taken: {kinds}."
            raise ImportStopped("no_labels", why)
        self._decide()

    def see_picture(self, details: dict[str, Any]) -> None:
        """Hear of the details of every entry in the first reading."""

    def _see(self, one: Statement) -> None:
        if one.kind in self.kinds:
            self._fields.setdefault(one.field, set()).add(one.kind)
            if one.score is not None:
                self._scored.add(one.field)
        elif len(self._left_out) < _NAMED:
            self._left_out.setdefault(one.field, one.kind)

    def _kinds_left_out(self) -> list[str]:
        left = [(name, kind) for name, kind in self._left_out.items() if name not in self._fields]
        return [presentable(f"{name} ({kind})", _SHOWN) for name, kind in left]

    def _decide(self) -> None:
        roles = {header: list(allowed) for header, allowed in self._details.items()}
        roles |= {name: [CLASS, IGNORE] for name in self._fields}
        said = {h: r for h, r in self._taken_for.items() if r in roles.get(h, ())}
        self._picture = _first(said, PICTURE) or self.likely_picture()
        self._field = _first(said, CLASS)
        if not self._field and len(self._fields) == 1 and not said.keys() & self._fields.keys():
            (self._field,) = self._fields
        self.columns = {h: said.get(h, EXTRA) for h in self._details}
        self.columns = {h: EXTRA if r == PICTURE else r for h, r in self.columns.items()}
        if self._picture:
            self.columns[self._picture] = PICTURE
        self.columns |= dict.fromkeys(self._fields, IGNORE)
        if self._field:
            self.columns[self._field] = CLASS
            if self._fields[self._field] - self.plain_kinds:
                self.columns[self._outline], roles[self._outline] = EXTRA, []
            if self._field in self._scored:
                roles[self._score] = [CONFIDENCE, IGNORE]
                given = self._taken_for.get(self._score)
                self.columns[self._score] = IGNORE if given == IGNORE else CONFIDENCE
        self.facts = {**self.facts, "roles": roles, "left_out": self._kinds_left_out()}

    def _of_entry(self, number: int, entry: dict[str, Any]) -> Iterator[Row | Bad]:
        details, said = self.details(entry), list(self.statements(entry))
        picture = self.path_of(details.get(self._picture))
        shared = {header: value for header, value in details.items() if header in self.columns}
        for one in said:
            if one.field in self._fields and one.field != self._field:
                before = shared.get(one.field)
                if len(str(before or "")) < _SHOWN:
                    words = _shown(one.words)
                    shared[one.field] = f"{before}, {words}" if before else words
        extra = {h: value for h, value in details.items() if self.columns.get(h) == EXTRA}
        is_said = False
        for one in said:
            if one.field == self._field:
                is_said = True
                yield from self._taken(number, picture, one, extra, shared)
        for reason in self.skipped(entry):
            yield Bad(number, "skipped", reason, raw=shared)
        if not is_said:
            yield Row(number, picture, None, raw=shared)

    def _taken(
        self,
        number: int,
        picture: str,
        one: Statement,
        extra: dict[str, Any],
        shared: dict[str, Any],
    ) -> Iterator[Row | Bad]:
        """A row for each class that a statement names."""
        raw = {
            **shared,
            one.field: _shown(one.words),
            self._outline: self.outline_words(one),
            self._score: "" if one.score is None else one.score,
        }
        try:
            words = _words(one)
            score = score_text(one.score) if self.columns.get(self._score) == CONFIDENCE else ""
            region = self.region(one)
        except BadAnnotation as error:
            yield Bad(number, error.code, f"{error} ({one.where})", raw=raw)
            return
        both = {**extra, **one.extra} or None
        for word in words:
            yield Row(number, picture, word, score, region, both, {**raw, one.field: word})


def _first(said: Mapping[str, str], role: str) -> str:
    return next((header for header, given in said.items() if given == role), "")


def _words(one: Statement) -> list[str]:
    words = one.words if isinstance(one.words, list) else [one.words]
    if not words or any(word is None or word == "" for word in words):
        raise BadAnnotation("no_class", "the label names no class")
    if not all(isinstance(word, str) for word in words):
        raise BadAnnotation("wrong_type", "the class is not a text")
    return [word.strip() for word in words]


def _shown(words: Any) -> str:
    if isinstance(words, list):
        return ", ".join(str(word) for word in words)
    return "" if words is None else str(words)


def scalars(given: dict[str, Any], hidden: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The texts, numbers and truths among an object's values, without those that are hidden."""
    return {
        name: value
        for name, value in given.items()
        if isinstance(value, str | int | float) and name not in hidden and is_storable(name)
    }
