"""`manage.py segmenters`: which there are, which are missing and why, and where their files go."""

from typing import Any

from django.core.management.base import BaseCommand

from ml.registry.weights import Segmenter, segmenters


class Command(BaseCommand):
    help = "Lists the segmenters, those that can be used and those that cannot, and says why."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        for one in segmenters():
            self.stdout.write(self._lines(one))

    def _lines(self, one: Segmenter) -> str:
        head = f"{'ready  ' if one.refusal is None else 'missing'} {one.name:<16} {one.title}"
        if one.refusal is None:
            return f"{head}\n        {one.version}, licence: {one.licence}"
        return f"{head}\n        {one.refusal.detail}"
