"""What the workers do for training runs."""

from labelapp.background import task


@task(queue="gpu", minutes=60)
def train(run_id: str) -> None:
    from uuid import UUID

    from ml.lessons import learning

    learning.carry_out(UUID(run_id))


@task(queue="cpu", minutes=5)
def sweep_trainings() -> None:
    from labelapp.background import sweep
    from ml.lessons.models import TrainingRun

    sweep(TrainingRun, train)
