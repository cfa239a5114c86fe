"""The people of every test: an admin, two labelers in two teams, an analyst, and a stranger."""

from dataclasses import dataclass

from rest_framework.test import APIClient

from labelapp.accounts.models import Team, User
from labelapp.accounts.roles import Role
from tests.builders import make_team, make_user


@dataclass(frozen=True)
class Cast:
    red: Team
    blue: Team
    admin: User
    ana: User
    ben: User
    analyst: User


def assemble() -> Cast:
    """Ana labels for the red team, Ben for the blue one."""
    red, blue = make_team("red"), make_team("blue")
    return Cast(
        red=red,
        blue=blue,
        admin=make_user("admin", Role.ADMIN),
        ana=make_user("ana", Role.LABELER, [red]),
        ben=make_user("ben", Role.LABELER, [blue]),
        analyst=make_user("analyst", Role.ANALYST),
    )


def client_of(person: User | None) -> APIClient:
    """A client signed in as `person`; None is the stranger."""
    client = APIClient()
    if person is not None:
        client.force_authenticate(person)
    return client
