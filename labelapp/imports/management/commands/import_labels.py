"""`manage.py import_labels`: bring labels and pictures in from the command line."""

import json
import time
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from labelapp.api.errors import Problem
from labelapp.background import ENDED, WorkState
from labelapp.catalog import services as catalog
from labelapp.catalog.models import Dataset
from labelapp.imports import services
from labelapp.imports.models import Import, MissingImages


class Command(BaseCommand):
    help = "Import a label file, pictures, or both. Prints the id of the import."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dataset", required=True, help="its name; made when it is new")
        parser.add_argument("--file", type=Path, help="label CSV or JSON Lines")
        parser.add_argument("--images", type=Path, help="a zip of pictures")
        parser.add_argument("--image-root", default="", help="a folder below IMAGE_ROOTS")
        parser.add_argument("--s3-uri", default="", help="s3://bucket/prefix")
        parser.add_argument(
            "--missing-images", choices=MissingImages.values, default=MissingImages.REJECT.value
        )
        parser.add_argument("--source", default="")
        parser.add_argument("--mapping", type=json.loads, default={}, help="as in the API, JSON")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--wait", action="store_true", help="until it has ended")

    def handle(self, *_: Any, **given: Any) -> None:
        wait = given["wait"]
        try:
            work = self._start(given)
        except (Problem, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(work.pk))
        if wait:
            self._wait(work)

    def _start(self, given: dict[str, Any]) -> Import:
        with ExitStack() as stack:
            opened: dict[str, File[Any] | None] = {"file": None, "images": None}
            for name in opened:
                if (path := given[name]) is not None:
                    opened[name] = File(stack.enter_context(path.open("rb")), name=path.name)
            dataset = Dataset.objects.live().filter(name__iexact=given["dataset"]).first()
            if dataset is None:
                dataset = catalog.create_dataset(person=None, name=given["dataset"])
            sent = services.Sent(
                **opened,
                image_root=given["image_root"],
                s3_uri=given["s3_uri"],
                missing_images=given["missing_images"],
                source=given["source"],
                mapping=given["mapping"],
                dry_run=given["dry_run"],
            )
            return services.create_import(person=None, dataset=dataset, sent=sent)

    def _wait(self, work: Import) -> None:
        """Show progress until the import ends or asks something."""
        shown = ""
        while work.state not in {*ENDED, WorkState.NEEDS_ANSWERS}:
            time.sleep(0.5)
            work.refresh_from_db()
            line = f"{work.message} {work.done}/{work.total or '?'}".strip()
            if line != shown and work.message:
                self.stderr.write(line)
                shown = line
        for question in work.open_questions:
            self.stderr.write(f"{question['text']} {question['choices']}")
        if work.state != WorkState.DONE:
            raise CommandError(f"{work.state}: {work.message}")
        self.stdout.write(json.dumps(work.counts))
