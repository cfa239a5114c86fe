"""What a worker does to find the near-duplicates of a dataset. Only tasks import this."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from labelapp.background import WorkCancelled
from labelapp.catalog import blobs
from labelapp.catalog.errors import PictureUnreadable
from labelapp.catalog.models import Blob, Image
from labelapp.likeness.twins import Numbers, near_duplicates
from ml.alike import services
from ml.alike.models import TwinSearch
from ml.runs.selectors import features_of, most_seen_by

_REPORT_EVERY = 20
# Two pixels a patch: of smaller pictures, such as digits of 8 x 8 pixels, a hash tells too little.
LEAST_SIDE = 16
_COMPARABLE = Q(width__gte=LEAST_SIDE, height__gte=LEAST_SIDE, blob__isnull=False)


def carry_out(search_id: UUID) -> None:
    """Look at what has no hash yet, compare all, write the groups. Safe to call twice at once."""
    search = TwinSearch.objects.filter(pk=search_id).first()
    if search is None or not search.claim():
        return
    try:
        with search.kept_alive():
            _search(search)
    except WorkCancelled:
        return


def _search(search: TwinSearch) -> None:
    _look_at_old_ones(search)
    known = Image.objects.filter(_COMPARABLE, dataset=search.dataset_id, blob__dhash__isnull=False)
    rows = list(known.order_by("pk").values_list("pk", "blob", "blob__dhash"))
    images = [image for image, _, _ in rows]
    seen_by = most_seen_by(search.dataset_id)
    search.report(
        message="Comparing the pictures.",
        pictures=len(rows),
        done=0,
        total=None,
        seen_by_id=seen_by,
    )
    found = near_duplicates(
        [content for _, content, _ in rows],
        [look for _, _, look in rows if look is not None],
        partial(_seen, seen_by, images) if seen_by else None,
    )
    services.write(search, [[images[place] for place in group] for group in found])


def _look_at_old_ones(search: TwinSearch) -> None:
    """Give a hash to contents that are older than hashes; those that cannot be read stay without."""
    images = Image.objects.filter(_COMPARABLE, dataset=search.dataset_id, blob__dhash=None)
    old = Blob.objects.filter(pk__in=images.values("blob"))
    total = old.count()
    unreadable = 0
    for done, blob in enumerate(old.iterator(chunk_size=500)):
        if done % _REPORT_EVERY == 0:
            search.report(message="Looking at older pictures.", done=done, total=total)
        try:
            blobs.look(blob)
        except PictureUnreadable:
            unreadable += 1
    search.report(unreadable=unreadable)


def _seen(seen_by: UUID, images: Sequence[UUID], numbers: Numbers) -> NDArray[np.float16]:
    """(M, D) features of some of the pictures; zeros for those that this version has not seen."""
    asked = [images[number] for number in numbers]
    kept = features_of(seen_by, asked)
    wide = len(next(iter(kept.values()), (0,)))
    found = np.zeros((len(asked), wide), np.float16)
    for place, image in enumerate(asked):
        if image in kept:
            found[place] = kept[image]
    return found
