"""Jobs, and the batches in a person's hands."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.models import User
from labelapp.accounts.roles import Right
from labelapp.accounts.selectors import team_by_id
from labelapp.api.input import checked, checked_query, hidden_first, person_of
from labelapp.api.pagination import page_of, page_response
from labelapp.api.schema import PAGE_PARAMETERS, page_schema
from labelapp.catalog.selectors import class_by_name_or_id, dataset_by_id
from qa.jobs import answers, dealing, drafts, selectors, services, submitting
from qa.jobs.models import JobState
from qa.jobs.serializers import (
    AssignmentOut,
    AssignmentQuery,
    AssignmentsOut,
    ClaimIn,
    ClaimOut,
    DealtOut,
    DeleteIn,
    DraftIn,
    HeartbeatIn,
    JobOut,
    JobPreviewOut,
    JobQuery,
    StartIn,
    SubmitIn,
    SubmittedOut,
)
from qa.jobs.wished_shapes import JobChangeIn, JobIn, JobPreviewIn

KEY_HEADER = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="1 to 200 characters; the same key again answers the first answer.",
)


def _resolved(person: User, given: dict[str, Any]) -> dict[str, Any]:
    """Ids and names of a job's form, as the rows and ids that the services take."""
    dataset = dataset_by_id(given.pop("dataset"))
    names = given.pop("label_classes")
    team, checked_in = given.pop("team"), given.pop("from_job")
    return {
        **given,
        "dataset": dataset,
        "label_classes": [class_by_name_or_id(dataset, name).pk for name in names],
        "team": team_by_id(team) if team else None,
        "from_job": selectors.job_of(person, checked_in) if checked_in else None,
        "examples": _plain(given.pop("examples")),
    }


def _plain(examples: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **one,
            "image": str(one["image"]),
            "label_class": str(one["label_class"]) if one["label_class"] else None,
        }
        for one in examples
    ]


class JobsView(APIView):
    rights = {"GET": Right.READ_JOBS, "POST": Right.MANAGE_JOBS}

    @extend_schema(parameters=[JobQuery, *PAGE_PARAMETERS], responses=page_schema(JobOut))
    def get(self, request: Request) -> Response:
        asked = checked_query(JobQuery, request)
        jobs, following = page_of(request, selectors.jobs_of(person_of(request), **asked))
        return page_response([answers.job_answer(job) for job in jobs], following)

    @extend_schema(request=JobIn, responses={201: JobOut})
    def post(self, request: Request) -> Response:
        person = person_of(request)
        job = services.create_job(person=person, **_resolved(person, checked(JobIn, request)))
        return Response(answers.job_answer(job), status=201)


class JobPreviewView(APIView):
    """What a job would make, without making it."""

    rights = {"POST": Right.MANAGE_JOBS}

    @extend_schema(request=JobPreviewIn, responses=JobPreviewOut)
    def post(self, request: Request) -> Response:
        person = person_of(request)
        given = _resolved(person, checked(JobPreviewIn, request))
        given.pop("people")  # who reviews changes nothing of what is previewed
        job = services.draft_job(person=person, **given)
        return Response(answers.preview_answer(person, job))


class JobView(APIView):
    rights = {
        "GET": Right.READ_JOBS,
        "PATCH": Right.MANAGE_JOBS,
        "DELETE": Right.MANAGE_JOBS,
    }

    @extend_schema(responses=JobOut)
    def get(self, request: Request, job_id: UUID) -> Response:
        return Response(answers.job_answer(selectors.job_of(person_of(request), job_id)))

    @extend_schema(request=JobChangeIn, responses=JobOut)
    def patch(self, request: Request, job_id: UUID) -> Response:
        person = person_of(request)
        job = selectors.job_of(person, job_id)
        given = checked(JobChangeIn, request)
        if "team" in given:
            given["team"] = team_by_id(given["team"]) if given["team"] else None
        if "label_classes" in given:
            names = given["label_classes"]
            given["label_classes"] = [class_by_name_or_id(job.dataset, one).pk for one in names]
        if "examples" in given:
            given["examples"] = _plain(given["examples"])
        job = services.change_job(person=person, job_id=job_id, **given)
        return Response(answers.job_answer(job))

    @extend_schema(request=DeleteIn, responses={204: None})
    def delete(self, request: Request, job_id: UUID) -> Response:
        given = checked(DeleteIn, request)
        services.delete_job(person=person_of(request), job_id=job_id, name=given["name"])
        return Response(status=204)


class StartView(APIView):
    """Start a draft, or go on with a paused job. 202 while a worker freezes a large one."""

    rights = {"POST": Right.MANAGE_JOBS}

    @extend_schema(request=StartIn, responses={200: JobOut, 202: JobOut})
    def post(self, request: Request, job_id: UUID) -> Response:
        given = checked(StartIn, request)
        job = services.start_job(person=person_of(request), job_id=job_id, force=given["force"])
        status = 202 if job.state == JobState.STARTING else 200
        return Response(answers.job_answer(job), status=status)


class PauseView(APIView):
    rights = {"POST": Right.MANAGE_JOBS}

    @extend_schema(request=None, responses=JobOut)
    def post(self, request: Request, job_id: UUID) -> Response:
        job = services.pause_job(person=person_of(request), job_id=job_id)
        return Response(answers.job_answer(job))


class CloseView(APIView):
    rights = {"POST": Right.MANAGE_JOBS}

    @extend_schema(request=None, responses=JobOut)
    def post(self, request: Request, job_id: UUID) -> Response:
        job = services.close_job(person=person_of(request), job_id=job_id)
        return Response(answers.job_answer(job))


class ReopenView(APIView):
    rights = {"POST": Right.MANAGE_JOBS}

    @extend_schema(request=None, responses=JobOut)
    def post(self, request: Request, job_id: UUID) -> Response:
        job = services.reopen_job(person=person_of(request), job_id=job_id)
        return Response(answers.job_answer(job))


class ClaimView(APIView):
    """The next batch for this person: one they have open and do not hold on screen, else a new one."""

    rights = {"POST": Right.REVIEW}

    @extend_schema(request=ClaimIn, responses=ClaimOut)
    def post(self, request: Request, job_id: UUID) -> Response:
        person = person_of(request)
        with hidden_first(lambda: selectors.job_of(person, job_id)):
            given = checked(ClaimIn, request)
        claim = dealing.claim(person=person, job_id=job_id, holding=given["holding"])
        return Response(answers.claim_answer(person, claim))


class AssignmentsView(APIView):
    rights = {"GET": Right.READ_JOBS}

    @extend_schema(
        parameters=[AssignmentQuery, *PAGE_PARAMETERS], responses=page_schema(AssignmentOut)
    )
    def get(self, request: Request) -> Response:
        asked = checked_query(AssignmentQuery, request)
        found = selectors.assignments_of(
            person_of(request), job_id=asked["job"], mine=asked["mine"], state=asked["state"]
        )
        assignments, following = page_of(request, found)
        return page_response(AssignmentOut(assignments, many=True).data, following)


class AssignmentView(APIView):
    """One batch in hand, with its tiles and the draft of the marks."""

    rights = {"GET": Right.REVIEW}

    @extend_schema(responses=DealtOut)
    def get(self, request: Request, assignment_id: UUID) -> Response:
        person = person_of(request)
        held = selectors.own_assignment_of(person, assignment_id)
        return Response(answers.dealt_answer(person, held.job, held))


class DraftView(APIView):
    """Keep the marks of a batch. Counts `revision` up; an older one is refused with the stored one."""

    rights = {"PUT": Right.REVIEW}

    @extend_schema(request=DraftIn, responses={204: None})
    def put(self, request: Request, assignment_id: UUID) -> Response:
        person = person_of(request)
        with hidden_first(lambda: selectors.own_assignment_of(person, assignment_id)):
            draft = drafts.Draft(**checked(DraftIn, request))
        drafts.put_draft(person=person, assignment_id=assignment_id, draft=draft)
        return Response(status=204)


class SubmitView(APIView):
    """End the work on a batch: its marks become verdicts, all or nothing; its outlines are finished.
    Once per Idempotency-Key."""

    rights = {"POST": Right.REVIEW}

    @extend_schema(parameters=[KEY_HEADER], request=SubmitIn, responses=SubmittedOut)
    def post(self, request: Request, assignment_id: UUID) -> Response:
        person = person_of(request)
        with hidden_first(lambda: selectors.own_assignment_of(person, assignment_id)):
            given = checked(SubmitIn, request)
            kind = submitting.kind_of_assignment(assignment_id)
            answer = kind.submit(
                person=person,
                assignment_id=assignment_id,
                verdicts=given["verdicts"],
                key=request.headers.get("Idempotency-Key", ""),
                active_ms=given["active_ms"],
            )
        return Response(answer)


class BatchReopenView(APIView):
    """Open one's own submitted batch again, while the job runs."""

    rights = {"POST": Right.REVIEW}

    @extend_schema(request=None, responses=DealtOut)
    def post(self, request: Request, assignment_id: UUID) -> Response:
        person = person_of(request)
        sent = services.reopen_batch(person=person, assignment_id=assignment_id)
        return Response(answers.dealt_answer(person, sent.job, sent))


class ReleaseView(APIView):
    """Give a batch back; an admin takes back anybody's. The marks stay as a draft."""

    rights = {"POST": Right.REVIEW}

    @extend_schema(request=None, responses=AssignmentOut)
    def post(self, request: Request, assignment_id: UUID) -> Response:
        held = services.release(person=person_of(request), assignment_id=assignment_id)
        return Response(AssignmentOut(held).data)


class HeartbeatView(APIView):
    """Renew the leases of all open batches in the jobs of these."""

    rights = {"POST": Right.REVIEW}

    @extend_schema(request=HeartbeatIn, responses=AssignmentsOut)
    def post(self, request: Request) -> Response:
        given = checked(HeartbeatIn, request)
        held = services.heartbeat(person=person_of(request), ids=given["ids"])
        return Response({"assignments": AssignmentOut(held, many=True).data})
