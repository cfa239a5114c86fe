"""Table and thresholds of a job."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.roles import Right
from labelapp.api.input import checked_query, person_of
from qa.jobs.selectors import job_of
from qa.thresholds import selectors
from qa.thresholds.serializers import (
    TableIn,
    TableOut,
    ThresholdsIn,
    ThresholdsOut,
    table_answer,
    thresholds_answer,
    totals_answer,
)


class TableView(APIView):
    """Counts of each class by confidence buckets, with totals and the average over classes."""

    rights = {"GET": Right.READ_RESULTS}

    @extend_schema(parameters=[TableIn], responses=TableOut)
    def get(self, request: Request, job_id: UUID) -> Response:
        job = job_of(person_of(request), job_id)
        given = checked_query(TableIn, request)
        if given["totals_only"]:
            return Response(totals_answer(selectors.totals_of(job, edges=given["edges"])))
        table = selectors.table_of(job, edges=given["edges"])
        return Response(table_answer(table, published=given["published"]))


class ThresholdsView(APIView):
    """The lowest confidence at which each class is good enough, by the walk down its buckets."""

    rights = {"GET": Right.READ_RESULTS}

    @extend_schema(parameters=[ThresholdsIn], responses=ThresholdsOut)
    def get(self, request: Request, job_id: UUID) -> Response:
        job = job_of(person_of(request), job_id)
        given = checked_query(ThresholdsIn, request)
        return Response(thresholds_answer(selectors.thresholds_of(job, **given), given))
