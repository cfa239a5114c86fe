"""What a worker does for the masks of a whole dataset: label by label, each few written with the place
reached. Loads networks, as `drawing.py`: only tasks import it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from labelapp.api.errors import Problem
from labelapp.background import WorkCancelled, WorkState
from labelapp.catalog import intake
from labelapp.catalog.models import Label
from labelapp.catalog.services import lock_dataset
from labelapp.geometry.rle import Rle
from ml.masks import drawing
from ml.masks.bulk import boxes_of
from ml.masks.models import MaskRun

AT_ONCE = 16  # labels between two reports
_STAGE = """
INSERT INTO staged_label (seq, line, ref, class_no, confidence, bin, region, extra)
VALUES (%s, 0, %s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True)
class Outlined:
    """A label with a box, and what became of it. score: the overlap that the segmenter expects."""

    label: Label
    mask: Rle
    score: float


def carry_out(run_id: UUID) -> None:
    """Draw what is left of a run, in a worker; may be rung twice or go on after a dead worker."""

    run = MaskRun.objects.select_related("dataset").filter(pk=run_id).first()
    if run is None or not run.claim():
        return
    try:
        with run.kept_alive():
            run.report(total=boxes_of(run.dataset, run.source).count())
            model = drawing.drawer(run.segmenter, run.version)
            for labels in _chunks(run):
                found = drawing.outlines(model, labels)
                _keep(run, labels, [Outlined(*one) for one in found])
        run.finish(WorkState.DONE)
    except WorkCancelled:
        return
    except Problem as problem:
        _fail(run, problem.detail)


def _fail(run: MaskRun, message: str) -> None:
    try:
        run.finish(WorkState.FAILED, message=message)
    except WorkCancelled:
        return


def _chunks(run: MaskRun) -> Iterator[Sequence[Label]]:
    """What is left, a few labels at a time."""
    asked = boxes_of(run.dataset, run.source).select_related("image__blob", "label_class")
    while labels := list((asked.filter(pk__gt=run.after) if run.after else asked)[:AT_ONCE]):
        yield labels


@transaction.atomic
def _keep(run: MaskRun, labels: Sequence[Label], found: Sequence[Outlined]) -> None:
    """Write the masks of these labels, and that they are dealt with, or neither.

    Raises:
        WorkCancelled: the run is no longer this worker's; nothing is written.
    """
    dataset = lock_dataset(run.dataset_id)
    if found:
        intake.prepare()
        names = _stage(found)
        intake.list_images(dataset.pk)
        taken = intake.Intake(
            dataset, source=run.own_source, origin=run.pk, person_id=run.requested_by_id
        )
        taken.classes(names)
        taken.write(lambda _done: None)
        intake.clear()
    run.report(
        after=labels[-1].pk,
        done=run.done + len(labels),
        drawn=run.drawn + len(found),
        refused=run.refused + len(labels) - len(found),
    )


def _stage(found: Sequence[Outlined]) -> list[str]:
    """Fill `staged_label`; the names of the classes by their numbers."""
    names = sorted({one.label.label_class.name for one in found})
    rows = [_row(nth, one, names) for nth, one in enumerate(found)]
    with connection.cursor() as cursor:
        cursor.executemany(_STAGE, rows)
    return names


def _row(nth: int, one: Outlined, names: Sequence[str]) -> tuple[Any, ...]:
    label = one.label
    return (
        nth,
        label.image.ref,
        names.index(label.label_class.name),
        label.confidence,
        label.bin,
        json.dumps({"mask": one.mask}),
        json.dumps({"label": str(label.pk), "score": round(one.score, 4)}),
    )
