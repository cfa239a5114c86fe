"""labelapp's worker, but that the picture named POISON kills it when it is read, as one that takes all
memory does. Started with `-A tests.workers.poisoned`."""

import os
import signal
from typing import Any

from celery.signals import worker_ready

from labelapp.celery import app

__all__ = ["POISON", "app"]
POISON = "poison.png"


@worker_ready.connect
def die_of_it(**_: Any) -> None:
    from labelapp.catalog import contents
    from ml.masks import drawing
    from ml.runs import labellers

    really = contents.pixels_of

    def deadly(image: Any, least: int = 0) -> Any:
        if image.ref == POISON:
            os.kill(os.getpid(), signal.SIGKILL)
        return really(image, least)

    vars(drawing)["pixels_of"] = vars(labellers)["pixels_of"] = deadly
