"""Writing what a model said of a shard: labels, features, unreadable pictures and the shard's end, all
in one transaction or none of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from labelapp.background import WorkCancelled, WorkState
from labelapp.catalog import intake
from labelapp.catalog.confidence import bin_of, decimal_of
from labelapp.catalog.models import Image, Label
from labelapp.catalog.services import lock_dataset
from ml.inference.classify import Answer, Guess
from ml.registry.models import ModelVersion
from ml.runs.models import Features, PredictionRun, Shard, Unreadable

DIGITS = 6
_STAGE = """
INSERT INTO staged_label (seq, line, ref, class_no, confidence, bin, region, extra)
SELECT n, 0, ref, class_no, confidence, bin, NULL, extra::jsonb
FROM unnest(%s::text[], %s::int[], %s::float8[], %s::int[], %s::text[])
    WITH ORDINALITY AS said (ref, class_no, confidence, bin, extra, n)
"""


@dataclass(frozen=True)
class Written:
    """What became of a shard's pictures."""

    labelled: int
    unchanged: int
    below: int
    unreadable: int


@transaction.atomic
def write(
    run: PredictionRun, shard: Shard, answers: Sequence[Answer[Image]], *, known: int
) -> Written:
    """Write a shard and end it.

    Keeps: a picture has one label of this model at most, also when two runs meet on it; nothing is
    written of a shard that is no longer this worker's.

    Raises:
        WorkCancelled: it is not, or the run was cancelled.
        TooManyClasses
    """
    dataset = lock_dataset(run.dataset_id)
    held = PredictionRun.objects.select_for_update(no_key=True, of=("self",)).get(pk=run.pk)
    if held.state != WorkState.RUNNING:
        raise WorkCancelled
    current = _still_wanted(run, answers)
    good = [one for one in current if one.guesses]
    enough = [one for one in good if _is_enough(run, one.guesses[0])]
    if enough:
        _label(run, dataset, enough)
    keep_features(run.model_version, good)
    unreadable = [
        Unreadable(run=run, image=one.key, reason=one.refusal) for one in current if one.refusal
    ]
    Unreadable.objects.bulk_create(unreadable, ignore_conflicts=True)
    found = Written(
        labelled=len(enough),
        unchanged=known + len(answers) - len(current),
        below=len(good) - len(enough),
        unreadable=len(unreadable),
    )
    shard.finish(WorkState.DONE, done=shard.total)
    PredictionRun.objects.filter(pk=run.pk).update(
        labelled=F("labelled") + found.labelled,
        unchanged=F("unchanged") + found.unchanged,
        below=F("below") + found.below,
        unreadable=F("unreadable") + found.unreadable,
    )
    return found


def _still_wanted(run: PredictionRun, answers: Sequence[Answer[Image]]) -> list[Answer[Image]]:
    """Without pictures that another run labelled meanwhile, or that were erased. The dataset is held."""
    ids = [one.key.pk for one in answers]
    source = run.model_version.source
    gone = set(Label.objects.filter(image__in=ids, source=source).values_list("image", flat=True))
    gone |= set(
        Image.objects.filter(pk__in=ids, erased_at__isnull=False).values_list("pk", flat=True)
    )
    return [one for one in answers if one.key.pk not in gone]


def _is_enough(run: PredictionRun, guess: Guess) -> bool:
    return run.min_confidence is None or round(guess.confidence, DIGITS) >= run.min_confidence


def _label(run: PredictionRun, dataset: Any, answers: Sequence[Answer[Image]]) -> None:
    """The likeliest class of each picture as its label."""
    classes = run.model_version.classes
    confidences = [round(one.guesses[0].confidence, DIGITS) for one in answers]
    rows: list[list[Any]] = [
        [one.key.ref for one in answers],
        [one.guesses[0].number for one in answers],
        confidences,
        [bin_of(decimal_of(one)) for one in confidences],
        [json.dumps(_extra(classes, one.guesses)) for one in answers],
    ]
    intake.prepare()
    with connection.cursor() as cursor:
        cursor.execute(_STAGE, rows)
    intake.list_images(dataset.pk)
    taken = intake.Intake(
        dataset,
        source=run.model_version.source,
        origin=run.pk,
        person_id=run.requested_by_id,
    )
    taken.classes(classes)
    taken.write(lambda _done: None)
    intake.clear()


def _extra(classes: Sequence[str], guesses: Sequence[Guess]) -> dict[str, Any]:
    """The raw score, and the likeliest classes where more than one was asked for."""
    found: dict[str, Any] = {"score": round(guesses[0].score, DIGITS)}
    if len(guesses) > 1:
        found["top"] = [
            {
                "label_class": classes[one.number],
                "confidence": round(one.confidence, DIGITS),
                "score": round(one.score, DIGITS),
            }
            for one in guesses
        ]
    return found


def keep_features(version: ModelVersion, answers: Sequence[Answer[Image]]) -> None:
    """Keep what the network saw in the pictures; those of a head are kept as those of its base."""
    rows = [
        Features(
            image=one.key,
            model_version_id=version.seen_by,
            vector=one.features.astype("<f2").tobytes(),
        )
        for one in answers
        if one.features is not None
    ]
    Features.objects.bulk_create(rows, ignore_conflicts=True)
