"""Documents saved at one moment from several tabs."""

import os
from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest

from labelapp.accounts.models import User
from qa.jobs.dealing import claim
from qa.jobs.errors import AlreadySubmitted, Skipped
from qa.jobs.models import LIVE, Assignment, AssignmentState, Batch, Job
from qa.jobs.services import start_job
from qa.segmentation.errors import MatchFailed
from qa.segmentation.models import Document
from qa.segmentation.services import finish_picture, save_document
from qa.segmentation.skipping import skip_picture
from tests.api.outlining import photo
from tests.builders import make_class, make_dataset, make_job, make_user
from tests.races.together import faults, together

pytestmark = pytest.mark.django_db(transaction=True)
RUNS = int(os.environ.get("RACE_RUNS", "3"))


def dealt() -> tuple[Job, User, UUID, UUID]:
    """A job, its annotator, the assignment and its picture."""
    dataset, person = make_dataset(), make_user()
    make_class(dataset)
    image = photo(dataset)
    job = make_job(dataset, kind="segmentation")
    start_job(person=None, job_id=job.pk, force=True)
    held = claim(person=person, job_id=job.pk, holding=[]).assignment
    assert held is not None
    return Job.objects.get(pk=job.pk), person, held.pk, image.pk


def saves(job: Job, person: User, image: UUID, name: str, etag: str) -> Callable[[], Document]:
    outline = {"id": name, "label_class": None, "mask": None, "order": 0}
    return lambda: save_document(
        person=person, job=job, image_id=image, outlines=[outline], match=etag
    )


def test_of_several_saves_over_one_revision_one_stands_and_the_others_hear_of_it() -> None:
    for _ in range(RUNS):
        job, person, _, image = dealt()
        for revision in range(2):
            results = together(
                *(saves(job, person, image, f"tab {n}", f'"{revision}"') for n in range(5))
            )
            assert faults(results, MatchFailed) == []
            (stored,) = [one for one in results if isinstance(one, Document)]
            document = Document.objects.get(job=job)
            assert (document.revision, document.outlines) == (revision + 1, stored.outlines)


def test_a_save_beside_a_submit_is_either_in_it_or_refused() -> None:
    for _ in range(RUNS):
        job, person, held, image = dealt()
        submitted, saved = together(
            partial(finish_picture, person=person, assignment_id=held, key="k", active_ms=0),
            saves(job, person, image, "late", '"0"'),
        )
        assert faults([submitted, saved], AlreadySubmitted) == []
        stored = Document.objects.filter(job=job, revision__gt=0).count()
        assert submitted["counts"]["objects"] == stored == isinstance(saved, Document)


def test_of_a_skip_and_a_submit_at_once_one_stands_and_the_place_is_right() -> None:
    for _ in range(RUNS):
        job, person, held, _ = dealt()
        skipped, submitted = together(
            partial(skip_picture, person=person, assignment_id=held),
            partial(finish_picture, person=person, assignment_id=held, key="k", active_ms=0),
        )
        assert faults([skipped], AlreadySubmitted) == faults([submitted], Skipped) == []
        assert isinstance(skipped, AlreadySubmitted) != isinstance(submitted, Skipped)
        stands = Assignment.objects.get(pk=held).state
        went = isinstance(skipped, Assignment)
        assert stands == (AssignmentState.SKIPPED if went else AssignmentState.SUBMITTED)
        assert Batch.objects.get(job=job).places == int(went)


def test_several_skips_at_once_free_one_place() -> None:
    for _ in range(RUNS):
        job, person, held, _ = dealt()
        results = together(*[partial(skip_picture, person=person, assignment_id=held)] * 5)
        assert faults(results) == []
        assert Batch.objects.get(job=job).places == 1


def test_a_skipped_picture_goes_to_one_of_those_who_claim_meanwhile_and_not_back() -> None:
    for _ in range(RUNS):
        job, person, held, _ = dealt()
        others = [make_user() for _ in range(3)]
        results = together(
            partial(skip_picture, person=person, assignment_id=held),
            *(partial(claim, person=one, job_id=job.pk, holding=[]) for one in [*others, person]),
        )
        assert faults(results) == []
        late = [claim(person=one, job_id=job.pk, holding=[]).assignment for one in others]
        live = Assignment.objects.get(job=job, state__in=LIVE)
        assert {one.pk for one in late if one} == {live.pk}
        assert live.person in others
        assert claim(person=person, job_id=job.pk, holding=[]).assignment is None
        assert Batch.objects.get(job=job).places == 0
