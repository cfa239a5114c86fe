"""Documents of outlined objects."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.roles import Right
from labelapp.api.input import checked, checked_query, hidden_first, person_of
from labelapp.api.pagination import page_of, page_response
from labelapp.api.schema import PAGE_PARAMETERS, page_schema
from qa.jobs.models import Job
from qa.jobs.selectors import job_of, own_assignment_of
from qa.jobs.serializers import AssignmentOut
from qa.segmentation import labelling, selectors, services, skipping
from qa.segmentation.models import Document
from qa.segmentation.progress import outlining_of
from qa.segmentation.serializers import (
    DocumentIn,
    DocumentOut,
    DocumentQuery,
    LabelRunOut,
    OutliningOut,
    PictureSkipIn,
    WholeDocumentOut,
)

IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the document that was changed; 428 without, 412 when it is another by now.",
)
PREFER = OpenApiParameter(
    "Prefer",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="`return=minimal` answers 204 and the new ETag alone.",
)


class DocumentsView(APIView):
    """The documents of a job: one's own, or all for those who may read results."""

    rights = {"GET": Right.READ_JOBS}

    @extend_schema(parameters=[DocumentQuery, *PAGE_PARAMETERS], responses=page_schema(DocumentOut))
    def get(self, request: Request) -> Response:
        person, asked = person_of(request), checked_query(DocumentQuery, request)
        job = job_of(person, asked["job"])
        found = selectors.documents_of(person, job, owner=asked["person"])
        documents, following = page_of(request, found)
        names = selectors.names_of(job)
        rows = [DocumentOut(_facts(one, names)).data for one in documents]
        return page_response(rows, following)


class OutliningView(APIView):
    """How far an outlining job is: pictures, objects by class and annotator, who holds what, time."""

    rights = {"GET": Right.READ_RESULTS}

    @extend_schema(responses=OutliningOut)
    def get(self, request: Request, job_id: UUID) -> Response:
        person = person_of(request)
        job = selectors.outlining_job(person, job_id)
        run = labelling.latest(job)
        labels = LabelRunOut(run).data if run else None
        return Response({**outlining_of(person, job), "labels": labels})


class JobLabelsView(APIView):
    """Make labels of what people drew on the pictures that they have sent. Again, it adds what is new."""

    rights = {"GET": Right.READ_RESULTS, "POST": Right.MANAGE_CATALOG}

    @extend_schema(responses=LabelRunOut)
    def get(self, request: Request, job_id: UUID) -> Response:
        job = selectors.outlining_job(person_of(request), job_id)
        return Response(LabelRunOut(labelling.latest_or_refuse(job)).data)

    @extend_schema(request=None, responses={202: LabelRunOut})
    def post(self, request: Request, job_id: UUID) -> Response:
        person = person_of(request)
        job = selectors.outlining_job(person, job_id)
        return Response(LabelRunOut(labelling.start(person=person, job=job)).data, status=202)


class SkipView(APIView):
    """Give a picture up for good: it goes to somebody else, and what was drawn on it is kept."""

    rights = {"POST": Right.REVIEW}

    @extend_schema(request=PictureSkipIn, responses=AssignmentOut)
    def post(self, request: Request, assignment_id: UUID) -> Response:
        person = person_of(request)
        with hidden_first(lambda: own_assignment_of(person, assignment_id)):
            reason = checked(PictureSkipIn, request)["reason"]
        held = skipping.skip_picture(person=person, assignment_id=assignment_id, reason=reason)
        return Response(AssignmentOut(held).data)


class DocumentView(APIView):
    """What one person has drawn on one picture."""

    rights = {"GET": Right.READ_JOBS, "PUT": Right.REVIEW}

    @extend_schema(parameters=[DocumentQuery], responses=WholeDocumentOut)
    def get(self, request: Request, image_id: UUID) -> Response:
        person, asked = person_of(request), checked_query(DocumentQuery, request)
        job = job_of(person, asked["job"])
        document = selectors.document_of(person, job, image_id, owner=asked["person"])
        return _answer(job, document)

    @extend_schema(
        parameters=[DocumentQuery, IF_MATCH, PREFER],
        request=DocumentIn,
        responses={200: WholeDocumentOut, 204: None},
    )
    def put(self, request: Request, image_id: UUID) -> Response:
        person, asked = person_of(request), checked_query(DocumentQuery, request)
        job = job_of(person, asked["job"])
        with hidden_first(lambda: selectors.picture_in(person, job, image_id)):
            document = services.save_document(
                person=person,
                job=job,
                image_id=image_id,
                outlines=checked(DocumentIn, request)["objects"],
                match=request.headers.get("If-Match"),
                owner=asked["person"],
            )
        if request.headers.get("Prefer") == "return=minimal":
            return Response(status=204, headers={"ETag": document.etag})
        return _answer(job, document)


def _answer(job: Job, document: Document) -> Response:
    facts = _facts(document, selectors.names_of(job))
    return Response(WholeDocumentOut(facts).data, headers={"ETag": document.etag})


def _facts(document: Document, names: dict[str, str]) -> dict[str, Any]:
    return {
        "job": document.job_id,
        "image": document.image_id,
        "person": document.person,
        "revision": document.revision,
        "etag": document.etag,
        "saved_at": document.saved_at,
        "objects": [
            {**one, "label_class": _named(one["label_class"], names)} for one in document.outlines
        ],
    }


def _named(label_class: str | None, names: dict[str, str]) -> dict[str, str] | None:
    return {"id": label_class, "name": names[label_class]} if label_class else None
