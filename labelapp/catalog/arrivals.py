"""Who wants to hear that pictures came into a dataset, or that models have seen more of them.

Catalog lies below those who do; they register here, in `apps.ready`.
"""

from collections.abc import Callable
from uuid import UUID

Hearer = Callable[[UUID], None]
_hearers: list[Hearer] = []


def register(hearer: Hearer) -> None:
    """Let `hearer` be told the dataset's id, in the transaction that brings the news. It only takes note."""
    if hearer not in _hearers:
        _hearers.append(hearer)


def tell(dataset_id: UUID) -> None:
    """Tell everybody who wants to hear of this dataset."""
    for hearer in _hearers:
        hearer(dataset_id)
