"""What the workers do for prediction runs."""

from labelapp.background import task


@task(queue="gpu", minutes=30)
def predict(run_id: str) -> None:
    from uuid import UUID

    from ml.runs import predicting

    predicting.take_part(UUID(run_id))


@task(queue="cpu", minutes=5)
def sweep_runs() -> None:
    from ml.runs import sweeping

    sweeping.sweep_runs()
