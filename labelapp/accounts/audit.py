"""The record of who changed what; one function for each kind of action would only repeat its name."""

from typing import Any

from labelapp.accounts.models import AuditEntry, User


def record(person: User | None, action: str, subject: str, **details: Any) -> None:
    """Write one audit entry in the caller's transaction.

    Args:
        person: who did it; None for the machine itself (a command, the first start).
        action: a verb with its object, e.g. `job.start`.
        subject: what it was done to, in words that outlive the row.
        details: plain JSON values; never a secret.
    """
    AuditEntry.objects.create(
        actor=person,
        actor_name=person.username if person else "system",
        action=action,
        subject=subject[:300],
        details=details,
    )
