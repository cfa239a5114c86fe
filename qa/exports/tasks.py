"""What the workers do for exports."""

from labelapp.background import task


@task(queue="cpu", minutes=240)
def write_export(export_id: str) -> None:
    from uuid import UUID

    from qa.exports import services

    services.write_export(UUID(export_id))


@task(queue="cpu", minutes=5)
def sweep_exports() -> None:
    from labelapp.background import sweep
    from qa.exports.models import Export

    sweep(Export, write_export)


@task(queue="cpu", minutes=30)
def tidy_exports() -> None:
    from qa.exports import services

    services.remove_leftovers()
