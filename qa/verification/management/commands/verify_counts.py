"""`manage.py verify_counts`: prove that every count equals the verdicts or labels behind it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from labelapp.catalog import counts
from qa.verification.verify import differences


class Command(BaseCommand):
    help = "Recount everything from verdicts and labels; name what differs and exit 1."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                # One snapshot for all questions, so that it can run while people submit.
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            found = [*differences(), *counts.differences()]
        for difference in found:
            self.stdout.write(str(difference))
        if found:
            raise CommandError(f"{len(found)} counts differ from the verdicts behind them.")
        self.stdout.write("All counts equal the verdicts behind them.")
