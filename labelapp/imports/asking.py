"""What an import has to ask, and what the answers mean: scale, columns, look-alike classes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from labelapp.catalog.models import LabelClass
from labelapp.catalog.names import class_key, slips
from labelapp.imports.scale import Scale
from labelapp.imports.survey import Survey

MERGE, KEEP, REJECT = "merge", "keep", "reject"


@dataclass
class KnownClasses:
    """The dataset's classes by key: their names, and where merged ones lead."""

    names: dict[str, str] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, dataset_id: Any) -> "KnownClasses":
        rows = LabelClass.objects.filter(dataset=dataset_id).select_related("merged_into")
        known = cls()
        for row in rows:
            known.names[row.key] = row.name
            if row.merged_into is not None:
                known.merged[row.key] = row.merged_into.name
        return known


@dataclass
class Plan:
    """How the rows are to be read.

    `classes` leads from each name of the file to the name it becomes, None for a rejected one.
    `questions` are all that were asked, with the `answer` of those that have one. `scale` is None
    where nothing has a confidence, or where it is still asked for.
    """

    scale: Scale | None = None
    classes: dict[str, str | None] = field(default_factory=dict)
    questions: list[dict[str, Any]] = field(default_factory=list)
    followed: Counter[str] = field(default_factory=Counter)
    # The class names by the number under which rows are staged.
    numbered: list[str] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        return all(question["answer"] is not None for question in self.questions)


def plan(
    found: Survey, known: KnownClasses, mapping: Mapping[str, Any], answers: Mapping[str, str]
) -> Plan:
    """Decide how to read the rows, as far as names, numbers and a person's answers allow."""
    made = Plan()
    _ask_columns(made, found, answers)
    _decide_scale(made, found, mapping, answers)
    _Classes(made, found.classes, known, mapping.get("classes") or {}, answers).decide()
    return made


def _question(
    made: Plan, answers: Mapping[str, str], question_id: str, kind: str, text: str,
    choices: list[str], **more: Any,
) -> str | None:  # fmt: skip
    """Add a question; its answer, when there is one among the choices."""
    answer = answers.get(question_id)
    answer = answer if answer in choices else None
    made.questions.append(
        {
            "id": question_id,
            "kind": kind,
            "text": text,
            "choices": choices,
            "answer": answer,
            **more,
        }
    )
    return answer


def _ask_columns(made: Plan, found: Survey, answers: Mapping[str, str]) -> None:
    for role, (text, headers) in found.missing_roles.items():
        _question(made, answers, f"columns:{role}", "columns", text, headers, role=role)


def answered_columns(answers: Mapping[str, str]) -> dict[str, str]:
    """The columns that answers name: header to role."""
    prefix = "columns:"
    return {
        header: question_id.removeprefix(prefix)
        for question_id, header in answers.items()
        if question_id.startswith(prefix)
    }


def _decide_scale(
    made: Plan, found: Survey, mapping: Mapping[str, Any], answers: Mapping[str, str]
) -> None:
    readings = found.readings
    if given := mapping.get("confidence_scale"):
        made.scale = Scale(given)
    elif readings.numbers:
        made.scale = readings.scale()
        if made.scale is None:
            if readings.only_zero_and_one:
                text = "Every confidence is 0 or 1. Is 1 the whole, or one percent?"
            else:
                text = (
                    f"{readings.above_one} of {readings.numbers} confidences are above 1."
                    " Are they fractions of 1, or percent?"
                )
            choices = [Scale.FRACTION.value, Scale.PERCENT.value]
            answer = _question(made, answers, "scale", "scale", text, choices)
            made.scale = Scale(answer) if answer else None


class _Classes:
    """Which class each name of the file becomes."""

    def __init__(
        self, made: Plan, counted: Counter[str], known: KnownClasses,
        said: Mapping[str, str], answers: Mapping[str, str],
    ) -> None:  # fmt: skip
        self._made, self._known, self._said, self._answers = made, known, said, answers
        self._counted = counted
        # Of names that differ only in case or spaces, the most frequent stands for all.
        ordered = sorted(counted, key=lambda name: (-counted[name], name))
        self._chosen = dict(known.names)
        for name in ordered:
            self._chosen.setdefault(class_key(name), name)
        self._names = sorted(counted)

    def decide(self) -> None:
        near = self._near()
        for name in self._names:
            if name in self._said:
                self._made.classes[name] = self._target(self._said[name])
            else:
                self._made.classes[name] = self._decided(name, near.get(class_key(name)))
        self._follow()

    def _follow(self) -> None:
        """Let a name that becomes another arrive where that one goes."""
        classes = self._made.classes
        for name in self._names:
            seen = {name}
            while (target := classes[name]) in classes and target not in seen:
                seen.add(target)
                classes[name] = classes[target]

    def _near(self) -> dict[str, str]:
        """New keys that look like a slip of another one, the rarer of the rarer one's."""
        open_keys = dict.fromkeys(
            class_key(name)
            for name in sorted(self._counted, key=lambda one: (-self._counted[one], one))
            if name not in self._said and class_key(name) not in self._known.names
        )
        return slips(open_keys, sorted(self._known.names))

    def _target(self, name: str) -> str:
        """A class's name as it is written in the dataset; a merged one leads to its target."""
        key = class_key(name)
        return self._known.merged.get(key) or self._chosen.get(key, name)

    def _decided(self, name: str, near: str | None) -> str | None:
        key = class_key(name)
        if key in self._known.merged and self._known.names[key] == name:
            self._made.followed[f"{name} → {self._known.merged[key]}"] += self._counted[name]
            return self._known.merged[key]
        if self._chosen[key] != name:
            return self._ask_spelling(name)
        if near is not None:
            return self._ask_slip(name, near)
        return name

    def _ask(self, name: str, like: str, text: str, choices: list[str]) -> str | None:
        return _question(
            self._made, self._answers, f"class:{name}", "similar_class", text, choices,
            found=name, like=like, rows=self._counted[name],
        )  # fmt: skip

    def _ask_spelling(self, name: str) -> str | None:
        like = self._target(name)
        text = f"“{name}” differs from “{self._chosen[class_key(name)]}” only in case or spaces."
        answer = self._ask(name, like, text, [MERGE, REJECT])
        return None if answer == REJECT else like

    def _ask_slip(self, name: str, near: str) -> str | None:
        like = self._target(self._chosen[near])
        text = f"“{name}” is new and looks like “{like}”."
        answer = self._ask(name, like, text, [MERGE, KEEP])
        return like if answer == MERGE else name
