"""What the workers do for outlines."""

from labelapp.background import task


@task(queue="cpu", minutes=120)
def label_outlines(run_id: str) -> None:
    from uuid import UUID

    from qa.segmentation import labelling

    labelling.carry_out(UUID(run_id))


@task(queue="cpu", minutes=5)
def sweep_labelling() -> None:
    from labelapp.background import sweep
    from qa.segmentation.models import LabelRun

    sweep(LabelRun, label_outlines)
