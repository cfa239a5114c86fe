"""What a worker does for the masks of a whole dataset: label by label, each few written with the place
reached. Loads networks, as `drawing.py`: only tasks import it.

A picture may kill its worker (by its memory, by a fault in a library). So a worker that goes on where
another died draws the first labels one by one, and the label that several died of in a row is refused.
"""

import json
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from labelapp.api.errors import Problem
from labelapp.background import WorkCancelled, WorkState, ring
from labelapp.catalog import intake
from labelapp.catalog.models import Dataset, Label
from labelapp.catalog.services import lock_dataset
from ml.inference.segment import Drawer, Drawn
from ml.masks import drawing
from ml.masks.bulk import DRAWN_FROM, left_of
from ml.masks.errors import WorkerDied
from ml.masks.models import MaskRefusal, MaskRun
from ml.masks.tasks import draw_dataset as bell

log = logging.getLogger(__name__)
AT_ONCE = 16  # labels between two reports
DEATHS = 2  # in a row before the same label; then it is passed over
TURN = 60.0  # seconds until other work gets the thread
_STAGE = """
INSERT INTO staged_label (seq, line, ref, class_no, confidence, bin, region, extra)
VALUES (%s, 0, %s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True)
class Outlined:
    """A label, and what became of it."""

    label: Label
    became: Drawn | Problem


def carry_out(run_id: UUID) -> None:
    """Draw what is left of a run, in a worker; may be rung twice or go on after a dead worker.

    After a while it makes room for other work and goes on when its turn comes again.
    """
    run = MaskRun.objects.select_related("dataset").filter(pk=run_id).first()
    if run is None or not run.claim():
        return
    try:
        with run.kept_alive():
            ended = _work(run)
        if ended:
            run.finish(WorkState.DONE, total=run.done)
        else:
            run.hand_on()
            ring(bell, run.pk)
    except WorkCancelled:
        log.info("the masks of run %s are no longer wanted of this worker", run.pk)
    except Problem as problem:
        _fail(run, problem.detail)


def _fail(run: MaskRun, message: str) -> None:
    try:
        run.finish(WorkState.FAILED, message=message)
    except WorkCancelled:
        return


def _work(run: MaskRun) -> bool:
    """Whether nothing is left."""
    done = run.drawn + run.refused
    run.report(done=done, head_start=done, total=done + left_of(run).count())
    model = drawing.drawer(run.segmenter, run.version)
    end = time.monotonic() + TURN
    _pass_over_what_kills(run)
    for labels in _few(run):
        _keep(run, _outlined(run, model, labels), tries_from=run.attempts)
        if time.monotonic() > end:
            return False
    return True


def _pass_over_what_kills(run: MaskRun) -> None:
    """Refuse the first label if the last workers died of it. That is no progress: where all that is
    tried kills, the run is given up."""
    if run.attempts - run.tries_from > DEATHS and (labels := _next(run, 1)):
        _keep(run, [Outlined(labels[0], WorkerDied())], tries_from=run.tries_from)


def _few(run: MaskRun) -> Iterator[Sequence[Label]]:
    """What is left, a few labels at a time; the first ones alone when others tried before."""
    alone = AT_ONCE if run.attempts > 1 else 0
    while labels := _next(run, 1 if alone > 0 else AT_ONCE):
        yield labels
        alone -= 1


def _next(run: MaskRun, number: int) -> list[Label]:
    return list(left_of(run).select_related("image__blob", "label_class")[:number])


def _outlined(run: MaskRun, model: Drawer, labels: Sequence[Label]) -> list[Outlined]:
    """Raises WorkCancelled as soon as the run is no longer wanted."""
    found: list[Outlined] = []
    before = run.done
    for label in labels:
        found.append(Outlined(label, _drawn(model, label)))
        run.show(before + len(found))
    return found


def _drawn(model: Drawer, label: Label) -> Drawn | Problem:
    try:
        return drawing.outline(model, label)
    except Problem as problem:
        return problem


@transaction.atomic
def _keep(run: MaskRun, found: Sequence[Outlined], *, tries_from: int) -> None:
    """Write what became of these labels, and that they are dealt with, or neither.

    Those that stopped to count meanwhile (picture erased, class merged into one that said the same)
    are passed over; a class that was merged or renamed gets the mask under its name of now.

    Raises:
        WorkCancelled: the run is no longer this worker's; nothing is written.
    """
    dataset = lock_dataset(run.dataset_id)
    asked = Label.objects.live().filter(pk__in=[one.label.pk for one in found])
    now = {label.pk: label for label in asked.select_related("image", "label_class")}
    drawn, refused = [], []
    for one in found:
        if (label := now.get(one.label.pk)) is None:
            continue
        if isinstance(one.became, Drawn):
            drawn.append((label, one.became))
        else:
            refused.append(_refusal(run, label, one.became))
    if drawn:
        _take_in(run, dataset, drawn)
    MaskRefusal.objects.bulk_create(refused, ignore_conflicts=True)
    run.report(
        after=found[-1].label.pk,
        done=run.drawn + run.refused + len(drawn) + len(refused),
        drawn=run.drawn + len(drawn),
        refused=run.refused + len(refused),
        tries_from=tries_from,
    )


def _refusal(run: MaskRun, label: Label, problem: Problem) -> MaskRefusal:
    return MaskRefusal(run=run, label=label, code=problem.code, reason=problem.detail)


def _take_in(run: MaskRun, dataset: Dataset, drawn: Sequence[tuple[Label, Drawn]]) -> None:
    """The masks as labels of the dataset, which is locked."""
    intake.prepare()
    names = sorted({label.label_class.name for label, _ in drawn})
    rows = [_row(nth, label, mask, names) for nth, (label, mask) in enumerate(drawn)]
    with connection.cursor() as cursor:
        cursor.executemany(_STAGE, rows)
    intake.list_images(dataset.pk)
    taken = intake.Intake(
        dataset, source=run.own_source, origin=run.pk, person_id=run.requested_by_id
    )
    taken.classes(names)
    taken.write(lambda _done: None)
    intake.clear()


def _row(nth: int, label: Label, drawn: Drawn, names: Sequence[str]) -> tuple[Any, ...]:
    """A row of `staged_label`; a class is its place in `names`."""
    extra = {"label": str(label.pk), "score": round(drawn.score, 4), DRAWN_FROM: label.region}
    return (
        nth,
        label.image.ref,
        names.index(label.label_class.name),
        label.confidence,
        label.bin,
        json.dumps({"mask": drawn.rle}),
        json.dumps(extra),
    )
