"""What the workers do for reviews."""

from labelapp.background import task


@task(queue="cpu", minutes=120)
def arrange_batches(job_id: str) -> None:
    from uuid import UUID

    from qa.verification import arranging

    arranging.carry_out(UUID(job_id))


@task(queue="cpu", minutes=5)
def sweep_arrangings() -> None:
    from labelapp.background import sweep
    from qa.verification.models import Arranging

    sweep(Arranging, arrange_batches)
