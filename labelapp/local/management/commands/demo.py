"""`manage.py demo`: bring in the demo's pictures, labels and job, once."""

from typing import Any

from django.core.management.base import BaseCommand

from labelapp.local.demo import bring_in


class Command(BaseCommand):
    help = "Bring in handwritten digits, labelled by a classifier, with an open job. Twice adds nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        job = bring_in()
        self.stdout.write(f"Demo: {job.items:,} labels in {job.batches} batches, job “{job.name}”.")
