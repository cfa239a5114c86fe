"""What the workers do to find pictures that are nearly the same."""

from labelapp.background import task


@task(queue="cpu", minutes=24 * 60)
def find_twins(search_id: str) -> None:
    from uuid import UUID

    from ml.alike import finding

    finding.carry_out(UUID(search_id))


@task(queue="cpu", minutes=5)
def sweep_twins() -> None:
    from labelapp.background import sweep
    from ml.alike.models import TwinSearch

    sweep(TwinSearch, find_twins)
