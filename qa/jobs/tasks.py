"""What the workers do for jobs."""

from labelapp.background import task


@task(queue="cpu", minutes=120)
def freeze_job(start_id: str) -> None:
    from uuid import UUID

    from qa.jobs.services import run_start

    run_start(UUID(start_id))


@task(queue="cpu", minutes=5)
def sweep_jobs() -> None:
    from labelapp.background import sweep
    from qa.jobs.leases import sweep_leases
    from qa.jobs.models import JobStart

    sweep(JobStart, freeze_job)
    sweep_leases()


@task(queue="cpu", minutes=60)
def tidy_jobs() -> None:
    from qa.jobs.removal import empty_bin

    empty_bin()
