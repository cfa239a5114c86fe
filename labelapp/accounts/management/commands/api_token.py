"""`manage.py api_token NAME [--read-only] [--days N]`: prints the token, alone."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from labelapp.accounts.models import User
from labelapp.accounts.services import create_token


class Command(BaseCommand):
    help = "Make an API token for a person and print it, alone, so that a script can read it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--read-only", action="store_true")
        parser.add_argument("--days", type=int, help="how long it lives; without end when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(username__iexact=options["name"], is_active=True).first()
        if person is None:
            raise CommandError(f"There is no active person called {options['name']}.")
        if options["days"] is not None and options["days"] < 1:
            raise CommandError("--days: use a whole number, 1 or more.")
        _, secret = create_token(
            person=person,
            name="manage.py api_token",
            read_only=options["read_only"],
            days=options["days"],
        )
        self.stdout.write(secret)
