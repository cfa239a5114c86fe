"""In which order the tiles of a batch are shown: alike ones together, the odd ones last.

Which items a batch holds stays as it was dealt, so nothing that is counted or certified knows of this; a
verdict names its item. A worker arranges the batches once their job has started, in dealing order, and
leaves those alone that somebody has seen: their tiles lie as they lay.
"""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import numpy as np

from labelapp.background import WorkCancelled, WorkState, ring
from labelapp.likeness.order import alike_together
from ml.runs.selectors import features_of, most_seen_by
from qa.jobs.models import Assignment, Batch, Job
from qa.verification.models import Arrangement, Arranging, Item
from qa.verification.tasks import arrange_batches

_AT_ONCE = 40  # batches read and written together


def ask(job: Job) -> None:
    """Have a started job's batches arranged, where some version has seen its dataset."""
    if most_seen_by(job.dataset_id) is not None:
        Arranging.objects.get_or_create(job=job, defaults={"total": job.batches})
        ring(arrange_batches, job.pk)


def carry_out(job_id: UUID) -> None:
    """Arrange what is not arranged yet. Safe to call twice at once."""
    work = Arranging.objects.select_related("job").filter(pk=job_id).first()
    if work is None or not work.claim():
        return
    try:
        with work.kept_alive():
            _arrange_all(work)
        work.finish(WorkState.DONE)
    except WorkCancelled:
        return


def _arrange_all(work: Arranging) -> None:
    seen_by = most_seen_by(work.job.dataset_id)
    batches = Batch.objects.filter(job=work.job).order_by("number")
    ids = list(batches.values_list("pk", flat=True))
    for at in range(0, len(ids), _AT_ONCE):
        work.report(done=at)
        if seen_by is not None:
            _arrange(ids[at : at + _AT_ONCE], seen_by)


def _arrange(batches: Sequence[UUID], seen_by: UUID) -> None:
    """Keep the order of those batches of which this version has seen every picture and nobody any."""
    items: dict[UUID, list[tuple[UUID, UUID]]] = defaultdict(list)
    rows = Item.objects.filter(batch__in=batches).order_by("pk")
    for batch, item, image in rows.values_list("batch", "pk", "image"):
        if batch is not None:
            items[batch].append((item, image))
    features = features_of(seen_by, [image for held in items.values() for _, image in held])
    orders = {}
    for batch, held in items.items():
        if all(image in features for _, image in held):
            order = alike_together(np.stack([features[image] for _, image in held]))
            orders[batch] = [held[place][0] for place in order]
    shown = set(Assignment.objects.filter(batch__in=orders).values_list("batch", flat=True))
    Arrangement.objects.bulk_create(
        [Arrangement(batch_id=one, items=orders[one]) for one in orders if one not in shown],
        ignore_conflicts=True,
    )
