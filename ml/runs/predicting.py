"""What a worker does for a prediction run: shard after shard through the network, each written at once.

Several workers take part in a run, each taking the next free shard. Only tasks import this.
"""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.utils import timezone

from labelapp.api.errors import Problem
from labelapp.background import WorkCancelled, WorkState, all_kept_alive
from labelapp.catalog.models import Image, Label
from ml.inference.classify import Answer, Saying
from ml.inference.protocols import Opener
from ml.runs import services
from ml.runs.labellers import TURN_SECONDS, answers, from_kept, one_at_a_time, opener
from ml.runs.models import PredictionRun, Shard
from ml.runs.writing import Written, write

log = logging.getLogger(__name__)
NEAR = 8  # free shards looked at together


@dataclass
class Held:
    """A shard of this worker's. `known`: its pictures that this model has labelled before. `asked`:
    those that it has to see; of the others their kept features sufficed."""

    shard: Shard
    images: list[Image]
    known: int
    asked: list[Image]
    answers: list[Answer[Image]] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        return len(self.answers) == len(self.images)


def take_part(run_id: UUID) -> None:
    """Do shards of a run until none is free or the turn is over; then whoever is next is called."""
    with one_at_a_time() as mine:
        run = PredictionRun.objects.select_related("dataset", "model_version").filter(pk=run_id)
        if not mine or not (found := run.first()):
            return
        try:
            Turn(found).take()
        except Problem as problem:
            services.fail(run_id, problem.detail)


class Turn:
    """One worker's part in a run: shards are claimed while those before are still in the network, and
    written by a thread of its own."""

    def __init__(self, run: PredictionRun) -> None:
        self.run = run
        self.saying = Saying(run.model_version.temperature, run.top_k)
        self.until = time.monotonic() + TURN_SECONDS
        self.held: list[Shard] = []
        self.writing: list[Future[Written | None]] = []

    def take(self) -> None:
        """Raises Problem when the run cannot go on."""
        first = self._claim()
        if first is None:
            return
        with all_kept_alive(self.held), ThreadPoolExecutor(1, "write") as self.writer:
            asked = self._asked(first)
            for answer in answers(self.run.model_version_id, asked, self.saying):
                held, image = answer.key
                held.answers.append(Answer(image, answer.guesses, answer.features, answer.refusal))
                held.shard.done = held.known + len(held.answers)
                if held.is_complete:
                    self._finish(held)
            for future in self.writing:
                future.result()
        services.end_if_done(self.run.pk)
        if free := self.run.shards.filter(services.free_shards()).count():
            services.call(self.run.pk, free)

    def _claim(self) -> Shard | None:
        """The next shard that is free, now this worker's. One that a worker died of comes when there
        is no other, and is taken alone: it costs no other shard a try."""
        free = self.run.shards.filter(services.free_shards())
        if self.held:
            free = free.filter(attempts=0)
        while near := list(free.order_by("attempts", "number").defer("images")[:NEAR]):
            for shard in near:
                if shard.claim():
                    shard.done = 0
                    self.held.append(shard)
                    PredictionRun.objects.filter(pk=self.run.pk, state=WorkState.QUEUED).update(
                        state=WorkState.RUNNING, started_at=timezone.now()
                    )
                    return shard
        return None

    def _asked(self, first: Shard) -> Iterator[tuple[tuple[Held, Image], Opener]]:
        """The pictures of one shard after the other; read ahead of the answers."""
        shard: Shard | None = first
        size = self.run.model_version.size
        while shard is not None:
            held = self._pictures_of(shard)
            for image in held.asked:
                if shard.lost:
                    self.held.remove(shard)
                    break
                yield (held, image), opener(image, size)
            if not held.asked:
                self._finish(held)
            alone = shard.attempts > 1
            shard = None if alone or time.monotonic() > self.until else self._claim()

    def _pictures_of(self, shard: Shard) -> Held:
        """What is to be shown to the model: neither what it labelled before, nor what was erased."""
        source = self.run.model_version.source
        labelled = set(
            Label.objects.filter(image__in=shard.images, source=source).values_list(
                "image", flat=True
            )
        )
        found = Image.objects.filter(pk__in=shard.images, erased_at=None).select_related("blob")
        left = [image for image in found.order_by("pk") if image.pk not in labelled]
        told = from_kept(self.run.model_version, left, self.saying)
        asked = [image for image in left if image.pk not in told]
        return Held(shard, left, len(labelled), asked, list(told.values()))

    def _finish(self, held: Held) -> None:
        """Have the shard written; what went wrong with those before is raised here."""
        while self.writing and self.writing[0].done():
            self.writing.pop(0).result()
        self.writing.append(self.writer.submit(self._write, held))

    def _write(self, held: Held) -> Written | None:
        """In the writer's thread. None when the shard is another worker's by now, or cancelled."""
        try:
            with suppress(WorkCancelled):
                return write(self.run, held.shard, held.answers, known=held.known)
            log.info("%s is no longer this worker's", held.shard)
            return None
        finally:
            self.held.remove(held.shard)
            connection.close()
