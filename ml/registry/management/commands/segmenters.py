"""`manage.py segmenters`: which there are, which are missing and why, and where their files go."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ml.networks import registry
from ml.registry.errors import WeightsMissing
from ml.registry.weights import Segmenter, segmenters


class Command(BaseCommand):
    help = "Lists the segmenters, those that can be used and those that cannot, and says why."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        for one in segmenters():
            self.stdout.write(self._lines(one))
        own, shipped = settings.WEIGHTS_DIR, registry.WEIGHTS
        self.stdout.write(f"Files are looked for in {own}, then in {shipped}, which ships.")
        self.stdout.write(f"Asked where nobody names one: {settings.SEGMENTER} (SEGMENTER).")

    def _lines(self, one: Segmenter) -> str:
        head = f"{state_of(one):<7} {one.name:<16} {one.title}"
        if one.refusal is None:
            return f"{head}\n        {one.version}, licence: {one.licence}"
        return f"{head}\n        {one.refusal.detail}"


def state_of(one: Segmenter) -> str:
    """A file that is there but is not used is another matter than one that is not there."""
    if one.refusal is None:
        return "ready"
    return "missing" if isinstance(one.refusal, WeightsMissing) else "refused"
