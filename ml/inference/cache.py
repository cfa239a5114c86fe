"""No Django here. Decoded pictures in memory, never more than so many bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from ml.networks.crops import Picture

from .protocols import Opener


class PictureCache:
    """The pictures used last. One picture larger than the limit is answered, not kept.

    Safe for several threads; two that miss the same picture at once may both decode it.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.held = 0
        self.pictures: OrderedDict[Hashable, Picture] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, opener: Opener) -> Picture:
        """The picture of `key`; `opener` reads it when it is not here."""
        with self.lock:
            if key in self.pictures:
                self.pictures.move_to_end(key)
                return self.pictures[key]
        picture = opener()
        with self.lock:
            self.keep(key, picture)
        return picture

    def keep(self, key: Hashable, picture: Picture) -> None:
        if key in self.pictures or picture.nbytes > self.limit:
            return
        self.pictures[key] = picture
        self.held += picture.nbytes
        while self.held > self.limit:
            _, oldest = self.pictures.popitem(last=False)
            self.held -= oldest.nbytes
