"""Prediction runs: start, watch, cancel; which pictures could not be read."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.roles import Right
from labelapp.api.input import checked, checked_query, person_of
from labelapp.api.pagination import page_of, page_response
from labelapp.api.schema import PAGE_PARAMETERS, page_schema
from labelapp.catalog.selectors import dataset_by_id
from ml.registry.selectors import model_version_by_id
from ml.runs import selectors, services
from ml.runs.serializers import (
    PredictionRunIn,
    PredictionRunOut,
    PredictionRunRowOut,
    RunFilterIn,
    UnreadableOut,
)


class PredictionRunsView(APIView):
    """Models over datasets: each picture gets the likeliest class as a label, with its confidence."""

    rights = {"GET": Right.READ_CATALOG, "POST": Right.MANAGE_CATALOG}

    @extend_schema(
        parameters=[RunFilterIn, *PAGE_PARAMETERS], responses=page_schema(PredictionRunRowOut)
    )
    def get(self, request: Request) -> Response:
        wanted = checked_query(RunFilterIn, request)
        rows = selectors.runs(wanted["dataset"], wanted["model_version"])
        found, following = page_of(request, rows)
        return page_response(PredictionRunRowOut(found, many=True).data, following)

    @extend_schema(request=PredictionRunIn, responses={202: PredictionRunOut})
    def post(self, request: Request) -> Response:
        given = checked(PredictionRunIn, request)
        dataset = dataset_by_id(given.pop("dataset"))
        version = model_version_by_id(given.pop("model_version"))
        only = selectors.selection_of(dataset, given.pop("only", {}))
        run = services.start(
            person=person_of(request), dataset=dataset, model_version=version, only=only, **given
        )
        return Response(PredictionRunOut(run).data, status=202)


class PredictionRunView(APIView):
    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(responses=PredictionRunOut)
    def get(self, request: Request, run_id: UUID) -> Response:
        return Response(PredictionRunOut(selectors.run_by_id(run_id)).data)


class CancelPredictionRunView(APIView):
    """Stop a run; the labels that it has made stay."""

    rights = {"POST": Right.MANAGE_CATALOG}

    @extend_schema(request=None, responses=PredictionRunOut)
    def post(self, request: Request, run_id: UUID) -> Response:
        run = services.cancel(person=person_of(request), run=selectors.run_by_id(run_id))
        return Response(PredictionRunOut(run).data)


class UnreadableView(APIView):
    """The pictures that a run could not show to its model, and why."""

    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(parameters=PAGE_PARAMETERS, responses=page_schema(UnreadableOut))
    def get(self, request: Request, run_id: UUID) -> Response:
        run = selectors.run_by_id(run_id)
        found, following = page_of(request, selectors.unreadable_of(run))
        return page_response(UnreadableOut(found, many=True).data, following)
