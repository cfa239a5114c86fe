"""What the workers do for masks. The worker of `interactive` starts warm."""

from typing import Any

from celery.signals import worker_ready

from labelapp.background import task

QUEUE = "interactive"


@task(queue=QUEUE, minutes=10)
def draw_mask(request_id: str) -> None:
    from uuid import UUID

    from ml.masks import drawing

    drawing.draw(UUID(request_id))


@task(queue=QUEUE, minutes=10)
def warm_picture(image_id: str, segmenter: str, version: str) -> None:
    from uuid import UUID

    from ml.masks import drawing

    drawing.warm(UUID(image_id), segmenter, version)


@task(queue="gpu", minutes=24 * 60)
def draw_dataset(run_id: str) -> None:
    from uuid import UUID

    from ml.masks import bulk_drawing

    bulk_drawing.carry_out(UUID(run_id))


@task(queue="cpu", minutes=5)
def sweep_masks() -> None:
    from labelapp.background import sweep
    from ml.masks import services
    from ml.masks.models import MaskRequest, MaskRun

    sweep(MaskRequest, draw_mask, most=services.give_up_after())
    sweep(MaskRun, draw_dataset, most=services.give_up_after())


@task(queue="cpu", minutes=30)
def tidy_masks() -> None:
    from ml.masks import services

    services.forget_old()


@worker_ready.connect
def load_before_the_first_click(sender: Any, **_: Any) -> None:
    """Load the default segmenter as soon as a worker of `interactive` is up."""
    if QUEUE not in sender.app.amqp.queues.consume_from:
        return
    from ml.masks import drawing

    drawing.start_warm()
