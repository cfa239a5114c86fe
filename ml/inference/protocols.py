"""No Django here. What a worker hands in: a way to a picture that is only walked when it must be."""

from typing import Protocol

from ml.networks.crops import Picture


class Opener(Protocol):
    """Reads and decodes one picture; called only when it is not in memory."""

    def __call__(self) -> Picture:
        """(H, W, 3) RGB, turned as EXIF says."""
