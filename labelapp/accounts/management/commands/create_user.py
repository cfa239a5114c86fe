"""`manage.py create_user NAME --role ROLE [--team T] [--password P]`."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from labelapp.accounts.models import Team
from labelapp.accounts.roles import Role
from labelapp.accounts.services import create_user, save_team
from labelapp.api.errors import Problem


class Command(BaseCommand):
    help = "Add a person; makes the team if it is new, and a password if none is given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--team", action="append", default=[], help="may be given again")
        parser.add_argument("--password", help="printed when it is made here")

    def handle(self, *args: Any, **options: Any) -> None:
        password = options["password"] or secrets.token_urlsafe(9)
        try:
            create_user(
                person=None,
                username=options["name"],
                role=Role(options["role"]),
                password=password,
                teams=[_team(name) for name in options["team"]],
            )
        except Problem as problem:
            raise CommandError(problem.detail) from problem
        self.stdout.write(f"Made {options['role']} {options['name']}.")
        if not options["password"]:
            self.stdout.write(f"Password: {password}")


def _team(name: str) -> Team:
    return Team.objects.filter(name__iexact=name).first() or save_team(person=None, name=name)
