"""What a worker does for a training run: see, split, learn, tune where that is wanted, judge; then the
version and the end of the run are written in one transaction, or neither.

Only tasks import this. A worker that dies is followed by another, which finds the features that were
kept and begins the rest anew.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from labelapp.api.errors import Problem
from labelapp.background import WorkCancelled, WorkState
from labelapp.catalog.contents import look_of
from labelapp.catalog.models import Image
from labelapp.likeness.twins import groups_of
from ml.inference.device import training_device
from ml.lessons import judging
from ml.lessons.errors import NoCuda, NothingReadable
from ml.lessons.examples import (
    Known,
    contents_learned_by,
    held_by_others,
    known_examples,
    only_in_others,
    write_refusals,
    write_results,
)
from ml.lessons.models import Method, Stage, TrainingRun
from ml.lessons.others import ELSEWHERE, classes_given
from ml.lessons.services import too_few
from ml.networks.classifiers import tuned
from ml.networks.classifiers.chances import softmax
from ml.networks.classifiers.heads import FILE, Head
from ml.registry import files
from ml.registry.models import Kind, ModelVersion
from ml.registry.services import Taught, add_trained
from ml.runs.labellers import in_turns
from ml.runs.seeing import see
from ml.runs.selectors import features_of
from ml.training.calibrate import Calibration, fit_temperature
from ml.training.compare import judged
from ml.training.head import (
    FITS,
    Lesson,
    TooFewClassesError,
    TooFewExamplesError,
    fit_head,
)
from ml.training.split import Part, split, watched

JUDGING = "Judging it on the held-out pictures."
NO_MEMORY = "The memory of this machine does not suffice for so many pictures."


def carry_out(run_id: UUID) -> None:
    """Do a training run; it ends as done with a version, or as failed with the reason."""
    found = TrainingRun.objects.select_related("dataset", "base", "compared_with", "requested_by")
    run = found.filter(pk=run_id).first()
    if run is None or not run.claim():
        return
    for attempt in range(1, run.attempts):
        files.forget_trained(_version_id(run, attempt))
    try:
        with run.kept_alive():
            Training(run).carry_out()
    except WorkCancelled:
        files.forget_trained(_version_id(run, run.attempts))
    except Problem as problem:
        _fail(run, problem.detail)
    except TooFewExamplesError as error:
        _fail(run, f"{too_few(error.short)} Pictures that are held out are not learned from.")
    except TooFewClassesError as error:
        _fail(run, str(error))
    except MemoryError:
        _fail(run, NO_MEMORY)


def _fail(run: TrainingRun, message: str) -> None:
    files.forget_trained(_version_id(run, run.attempts))
    try:
        run.finish(WorkState.FAILED, message=message, log=_logged(run, message))
    except WorkCancelled:
        return


def _version_id(run: TrainingRun, attempt: int) -> UUID:
    """Of the version that an attempt makes: its files' place is known to the attempts after it."""
    return uuid5(run.pk, str(attempt))


def _logged(run: TrainingRun, line: str) -> str:
    return f"{run.log}{timezone.now():%H:%M:%S} {line}\n"


@dataclass(frozen=True)
class Learned:
    """What was learned, as files: those by name, the one with the numbers, more for `trained_on`; and what it
    says of the held-out pictures, logits (N, C)."""

    kind: Kind
    files: dict[str, Path]
    numbers: str
    logits: NDArray[np.float32]
    about: dict[str, Any] = field(default_factory=dict)


def _held(known: Sequence[Known]) -> NDArray[np.integer]:
    """The places of those that are held out."""
    return np.array([place for place, one in enumerate(known) if one.part is Part.HELD_OUT], int)


class Training:
    """One attempt at a run."""

    def __init__(self, run: TrainingRun) -> None:
        self.run = run
        self.tunes = run.method == Method.FINE_TUNE
        self.names = [one["name"] for one in run.classes]

    def carry_out(self) -> None:
        """Raises WorkCancelled, Problem, TooFewClassesError, TooFewExamplesError."""
        if self.tunes and training_device(settings.TRAIN_DEVICE) is None:
            raise NoCuda
        known = known_examples(self.run)
        features = self._see(known)
        by_image = self._groups(known, features)
        groups = [by_image[one.image.pk] for one in known]
        self._split(known, by_image)
        head = self._learn(known, features, groups)
        with tempfile.TemporaryDirectory(prefix="trained-") as folder:
            if self.tunes:
                learned = self._tuned(known, head, Path(folder))
            else:
                learned = self._headed(known, features, head, Path(folder))
            held = _held(known)
            targets = np.array([known[place].right for place in held], int)
            calibration = fit_temperature(learned.logits, targets)
            about = self._judged(known, held, learned.logits, calibration)
            about["trained_on"] |= learned.about
            self._write(known, learned, about)

    def _say(self, line: str, **fields: Any) -> None:
        """A line in the log, and what it is at now. Raises WorkCancelled."""
        self.run.report(message=line, log=_logged(self.run, line), **fields)

    def _begin(self, stage: Stage, total: int, line: str) -> None:
        self._say(line, stage=stage, done=0, total=total, stage_since=timezone.now())

    def _see(self, known: list[Known]) -> NDArray[np.float16]:
        """(N, D) of the pictures that can be read, in their order; the others go."""
        base, mine = self.run.base, self.run.examples.values("image")
        kept = features_of(base.pk, mine)
        missing = [one.image for one in known if one.image.pk not in kept]
        self._begin(
            Stage.SEEING, len(missing), f"{len(kept)} of {len(known)} pictures were seen before."
        )
        if missing:
            self._see_in_turns(base, missing, known)
            kept = features_of(base.pk, mine)
        readable = [one for one in known if one.image.pk in kept]
        if unreadable := len(known) - len(readable):
            self._say(f"{unreadable} pictures could not be read; they are left out.")
        known[:] = readable
        if not readable:
            raise NothingReadable
        return np.stack([kept[one.image.pk] for one in readable])

    def _see_in_turns(self, base: ModelVersion, missing: list[Image], known: list[Known]) -> None:
        refusals: dict[UUID, str] = {}

        def show(images: Iterator[Image]) -> None:
            before = self.run.done
            refusals.update(see(base, images, lambda done: self.run.show(before + done)))

        in_turns(missing, show, self.run.report)
        write_refusals(self.run, known, refusals)

    def _groups(self, known: list[Known], features: NDArray[np.float16]) -> dict[UUID, str]:
        """The group of near-duplicates of each picture, also of those that only earlier trainings had."""
        self._say("Looking for pictures that are nearly the same.")
        others = only_in_others(self.run)
        images = [*(one.image for one in known), *others]
        kept = features_of(self.run.base_id, [one.pk for one in others])
        unseen = np.zeros(features.shape[1], np.float16)  # a twin only of the same content
        seen = np.stack([*features, *(kept.get(one.pk, unseen) for one in others)])

        def hash_of(place: int) -> int | None:
            self.run.show(self.run.done)  # raises where the run is cancelled
            try:
                return look_of(images[place])
            except Problem:  # it was read before; now it counts by its content alone
                return None

        contents = [one.blob_id or str(one.pk) for one in images]
        found = groups_of(contents, seen, hash_of)
        if twins := len(known) - len({*found[: len(known)]} - {*found[len(known) :]}):
            self._say(f"{twins} pictures have a twin and stay on its side.")
        return {one.pk: group for one, group in zip(images, found, strict=True)}

    def _split(self, known: list[Known], groups: dict[UUID, str]) -> None:
        classes = {one.image.pk: self.names[one.right] for one in known}
        parts = split(
            groups,
            share=self.run.held_out_share,
            before=held_by_others(self.run),
            classes=classes,
        )
        for one in known:
            one.part = parts[one.image.pk]
        if self.tunes:
            self._watch([one for one in known if one.part is Part.TRAIN], groups)

    def _watch(self, learned: list[Known], groups: Mapping[UUID, str]) -> None:
        found = watched(
            [groups[one.image.pk] for one in learned], [self.names[one.right] for one in learned]
        )
        for one, seen in zip(learned, found, strict=True):
            one.watched = seen

    def _learn(self, known: list[Known], features: NDArray[np.float16], groups: list[str]) -> Head:
        rows = [
            place for place, one in enumerate(known) if one.part is Part.TRAIN and not one.watched
        ]
        held = len(_held(known))
        numbers = np.unique(groups, return_inverse=True)[1].reshape(-1)
        lesson = Lesson(
            features[rows],
            np.array([known[place].right for place in rows], int),
            numbers[rows],
            self.names,
            balanced=self.run.balanced,
        )
        self._begin(
            Stage.LEARNING, FITS, f"Learning from {len(rows)} pictures; {held} are held out."
        )
        head = fit_head(lesson, report=lambda done, _total: self.run.show(done))
        self._say(f"Learned, with a penalty of {head.strength:g}.")
        return head

    def _headed(
        self, known: list[Known], features: NDArray[np.float16], head: Head, folder: Path
    ) -> Learned:
        self._begin(Stage.JUDGING, 1, JUDGING)
        head.save(folder / FILE)
        logits = head.logits(features[_held(known)])
        return Learned(Kind.HEAD, {FILE: folder / FILE}, FILE, logits)

    def _tuned(self, known: list[Known], head: Head, folder: Path) -> Learned:
        """The head with its encoder learns on. Pictures that can no longer be read leave what is held out."""
        from ml.lessons import tuning  # loads torch

        work = tuning.begun(self.run, known, head)
        self._begin(Stage.TUNING, work.total, f"The encoder learns, too, by {work.device.type}.")
        found = tuning.carried_out(work, folder, heard=self.run.show, say=self._say)
        held = _held(known)
        self._begin(Stage.JUDGING, max(1, len(held)), JUDGING)
        images = [known[place].image for place in held]
        logits, refusals = tuning.said_of(found, self.run, images, self.run.show)
        for place, why in refusals.items():
            known[held[place]].part, known[held[place]].refusal = None, why
        kept = np.delete(logits, list(refusals), axis=0)
        return Learned(Kind.TUNED, found.files, tuned.NUMBERS, kept, {"fine_tuning": found.about})

    def _judged(
        self,
        known: list[Known],
        held: NDArray[np.integer],
        logits: NDArray[np.float32],
        calibration: Calibration,
    ) -> dict[str, Any]:
        """What the version's row says: `calibration`, `metrics`, `trained_on`."""
        given = logits.argmax(1) if len(held) else np.zeros(0, int)
        targets = np.array([known[place].right for place in held], int)
        learned = Counter(one.right for one in known if one.part is Part.TRAIN)
        counts = [learned[place] for place in range(len(self.names))]
        found = judging.metrics(judged(targets, given, self.names), self.run.classes, counts)
        if len(held):
            found["reliability"] = judging.reliability(logits, targets, calibration.temperature)
            found["comparison"] = self._compared(known, held, given, targets)
            self._note_answers(known, held, logits / calibration.temperature)
        return {
            "calibration": judging.calibration(calibration),
            "metrics": found,
            "trained_on": self._trained_on(known),
        }

    def _compared(
        self,
        known: list[Known],
        held: NDArray[np.integer],
        given: NDArray[np.integer],
        targets: NDArray[np.integer],
    ) -> dict[str, Any] | None:
        """With another version, on the pictures that both can read and that it did not learn from. None
        without any, or where that version cannot be used any more: it is no reason to have no new one."""
        other = self.run.compared_with
        if other is None:
            return None
        self._say(f"Comparing it with {other}.")
        learned = contents_learned_by(other)
        images = [known[place].image for place in held]
        fair = [image for image in images if image.blob_id not in learned]
        try:
            told = classes_given(other, fair, self.names, self.run)
        except Problem as problem:
            self._say(f"It cannot be compared with {other}: {problem.detail}")
            return None
        for place in held:
            known[place].before = told.get(known[place].image.pk)
        both = np.array([known[place].image.pk in told for place in held], bool)
        if not both.any():
            return None
        before = np.array([told.get(known[place].image.pk, ELSEWHERE) for place in held], int)
        about = {"id": str(other.pk), "name": other.name, "version": other.version}
        found = judging.comparison(given[both], before[both], targets[both], self.run.classes)
        return {"with": about, **found}

    @staticmethod
    def _note_answers(
        known: list[Known], held: NDArray[np.integer], logits: NDArray[np.floating]
    ) -> None:
        for place, row in zip(held.tolist(), softmax(logits), strict=True):
            known[place].given, known[place].confidence = int(row.argmax()), float(row.max())

    def _trained_on(self, known: list[Known]) -> dict[str, Any]:
        run, parts = self.run, Counter(one.part for one in known)
        return {
            "training_run": str(run.pk),
            "method": run.method,
            "dataset": {"id": str(run.dataset.pk), "name": run.dataset.name},
            "sha256": run.sha256,
            "pictures": parts[Part.TRAIN],
            "held_out": parts[Part.HELD_OUT],
            "counts": run.counts,
            **run.asked,
        }

    @transaction.atomic
    def _write(self, known: list[Known], learned: Learned, about: dict[str, Any]) -> None:
        """Raises WorkCancelled: the run is no longer this worker's; ModelVersionTaken."""
        run = self.run
        taught = Taught(
            pk=_version_id(run, run.attempts),
            name=run.name,
            version=run.version,
            kind=learned.kind,
            base=run.base,
            classes=self.names,
            files=learned.files,
            numbers=learned.numbers,
            about=about,
        )
        made = add_trained(person=run.requested_by, taught=taught)
        write_results(run, known)
        accuracy = about["metrics"]["accuracy"]["value"]
        said = (
            "nothing was held out" if accuracy is None else f"{accuracy:.1%} of the held-out right"
        )
        line = f"{made} is there: {said}."
        run.finish(
            WorkState.DONE, made=made, message="", done=run.total or 0, log=_logged(run, line)
        )
