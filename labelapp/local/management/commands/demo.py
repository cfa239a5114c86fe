"""`manage.py demo`: bring in the demo's pictures, labels and jobs, once."""

from typing import Any

from django.core.management.base import BaseCommand

from labelapp.local import demo, demo_photos


class Command(BaseCommand):
    help = (
        "Bring in handwritten digits, labelled by a classifier, with an open job to check them, and two "
        "photographs with an open job to outline what they show. Twice adds nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        check = demo.bring_in()
        self.stdout.write(
            f"Demo: {check.items:,} labels in {check.batches} batches, job “{check.name}”."
        )
        outlines = demo_photos.bring_in()
        self.stdout.write(f"Demo: {outlines.items} photographs to outline, job “{outlines.name}”.")
