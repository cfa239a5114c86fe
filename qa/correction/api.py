"""What became of labels that a check found wrong."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.roles import Right
from labelapp.api.input import checked_query, person_of
from labelapp.api.pagination import page_of, page_response
from labelapp.api.schema import PAGE_PARAMETERS, page_schema
from labelapp.catalog.selectors import class_by_name_or_id
from qa.correction import selectors
from qa.correction.progress import correcting_of
from qa.correction.serializers import CorrectingOut, CorrectionOut, CorrectionQuery


class CorrectionsView(APIView):
    """The labels of a job that corrects them, each with the answer that counts."""

    rights = {"GET": Right.READ_RESULTS}

    @extend_schema(
        parameters=[CorrectionQuery, *PAGE_PARAMETERS], responses=page_schema(CorrectionOut)
    )
    def get(self, request: Request) -> Response:
        person = person_of(request)
        asked = checked_query(CorrectionQuery, request)
        job = selectors.correcting_job(person, asked["job"])
        wrong, right = (
            class_by_name_or_id(job.dataset, asked[name]).pk if asked[name] else None
            for name in ("label_class", "right_class")
        )
        found = selectors.corrections_of(
            job, value=asked["value"], label_class=wrong, right_class=right
        )
        items, following = page_of(request, found)
        return page_response(selectors.correction_rows(person, items), following)


class CorrectingView(APIView):
    """How far a job is in which classes are corrected, and which class became which."""

    rights = {"GET": Right.READ_RESULTS}

    @extend_schema(responses=CorrectingOut)
    def get(self, request: Request, job_id: UUID) -> Response:
        return Response(correcting_of(selectors.correcting_job(person_of(request), job_id)))
