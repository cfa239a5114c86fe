"""What the workers do for accounts."""

from labelapp.background import task


@task(queue="cpu", minutes=10)
def tidy_accounts() -> None:
    from labelapp.accounts.services import tidy

    tidy()
