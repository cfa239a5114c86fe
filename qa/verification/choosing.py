"""Which labels of a class a job deals first when people look for errors, or teach a model: by what a
network saw in the pictures. Such an order finds; it never certifies."""

from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from labelapp.catalog.selection import Selection
from ml.runs.selectors import features_of, most_seen_by
from qa.analysis import choosing
from qa.jobs.models import BY_FEATURES, Job, Order
from qa.verification.chosen import chosen_by
from qa.verification.errors import NotSeen

MOST_ASKED_ABOUT = 20_000
SPREAD_AT_MOST = 2_000  # later ones are no longer far from all before
MOST_NEIGHBOURS = 20_000  # labels that suspicion is measured against
_NOTHING = np.zeros((0, 1), np.float16)


def check(job: Job) -> None:
    """Raises NotSeen where an order needs what a network saw, and none has seen any picture."""
    if job.order in BY_FEATURES and most_seen_by(job.dataset_id) is None:
        raise NotSeen


def first_of(job: Job, label_class: UUID) -> list[UUID]:
    """The labels of the class in their order, as far as one is told; the others follow at random."""
    if job.order == Order.DIVERSITY:
        return _spread(job, label_class)
    return _suspicious(job, label_class)


def _spread(job: Job, label_class: UUID) -> list[UUID]:
    ids, _, features = _seen(job, _asked_about(job, label_class))
    count = min(job.cap_per_class or SPREAD_AT_MOST, SPREAD_AT_MOST)
    return [ids[place] for place in choosing.spread(features, count)]


def _suspicious(job: Job, label_class: UUID) -> list[UUID]:
    """Those with a neighbour of another class, among all labels of the same source, or of all where the
    job has none: whatever else the job leaves out."""
    of_source = Selection(dataset=job.dataset_id, source=job.source).labels()
    others = of_source.exclude(label_class=label_class).order_by("pk")
    rows = others.values_list("pk", "image", "label_class")[:MOST_NEIGHBOURS]
    ids, classes, features = _seen(job, [*_asked_about(job, label_class), *rows])
    numbers = np.unique([str(one) for one in classes], return_inverse=True)[1].reshape(-1)
    of = np.array([place for place, one in enumerate(classes) if one == label_class], int)
    shares = choosing.suspicion(features, numbers, of)
    return [ids[of[place]] for place in np.argsort(-shares, kind="stable") if shares[place] > 0]


def _asked_about(job: Job, label_class: UUID) -> list[tuple[UUID, UUID, UUID]]:
    """Label, picture and class of what the job may ask about; of very many a random part, as ids are."""
    labels = chosen_by(job).labels().filter(label_class=label_class).order_by("pk")
    return list(labels.values_list("pk", "image", "label_class")[:MOST_ASKED_ABOUT])


def _seen(
    job: Job, rows: list[tuple[UUID, UUID, UUID]]
) -> tuple[list[UUID], list[UUID], NDArray[np.float16]]:
    """Label, class and features of each row whose picture the network has seen that saw most."""
    images = [image for _, image, _ in rows]
    version = most_seen_by(job.dataset_id)
    kept = features_of(version, images) if version else {}
    known = [row for row in rows if row[1] in kept]
    features = np.stack([kept[image] for _, image, _ in known]) if known else _NOTHING
    return [pk for pk, _, _ in known], [one for _, _, one in known], features
