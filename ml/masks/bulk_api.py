"""Masks for the boxes and points of a whole dataset: forecast, start, watch, cancel."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.roles import Right
from labelapp.api.input import checked, checked_query, person_of
from labelapp.api.pagination import page_of, page_response
from labelapp.api.schema import PAGE_PARAMETERS, page_schema
from labelapp.catalog.selectors import add_looks, class_by_name_or_id, dataset_by_id
from ml.masks import bulk, services
from ml.masks.bulk_serializers import (
    ForecastIn,
    ForecastOut,
    MaskRefusalOut,
    MaskRunIn,
    MaskRunOut,
    MaskRunsIn,
)


class MaskRunsView(APIView):
    """Runs that draw a mask for what a dataset's labels point at by a box or four points."""

    rights = {"GET": Right.READ_CATALOG, "POST": Right.MANAGE_CATALOG}

    @extend_schema(parameters=[MaskRunsIn, *PAGE_PARAMETERS], responses=page_schema(MaskRunOut))
    def get(self, request: Request) -> Response:
        wanted = checked_query(MaskRunsIn, request)["dataset"]
        found, following = page_of(request, bulk.runs(wanted))
        return page_response(MaskRunOut(found, many=True).data, following)

    @extend_schema(request=MaskRunIn, responses={202: MaskRunOut})
    def post(self, request: Request) -> Response:
        given = checked(MaskRunIn, request)
        dataset = dataset_by_id(given["dataset"])
        names = given["label_classes"]
        run = bulk.start(
            person=person_of(request),
            dataset=dataset,
            source=given["source"],
            label_classes=[class_by_name_or_id(dataset, name).pk for name in names],
            used=services.usable_segmenter(given["segmenter"]),
        )
        return Response(MaskRunOut(run).data, status=202)


class ForecastView(APIView):
    """What a run could draw: by source and class, how many labels point at an object, and how many of
    them have no mask by this segmenter yet."""

    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(parameters=[ForecastIn], responses=ForecastOut)
    def get(self, request: Request) -> Response:
        given = checked_query(ForecastIn, request)
        dataset = dataset_by_id(given["dataset"])
        version = services.known_segmenter(given["segmenter"]).version
        return Response(ForecastOut({"results": bulk.forecast(dataset, version)}).data)


class MaskRunView(APIView):
    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(responses=MaskRunOut)
    def get(self, request: Request, run_id: UUID) -> Response:
        return Response(MaskRunOut(bulk.run_by_id(run_id)).data)


class RefusedView(APIView):
    """The labels of a run that no mask could be drawn for, and why."""

    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(parameters=PAGE_PARAMETERS, responses=page_schema(MaskRefusalOut))
    def get(self, request: Request, run_id: UUID) -> Response:
        found, following = page_of(request, bulk.refusals_of(bulk.run_by_id(run_id)))
        add_looks(person_of(request), [one.label for one in found], timezone.now())
        return page_response(MaskRefusalOut(found, many=True).data, following)


class CancelMaskRunView(APIView):
    """Stop a run; the masks that it has drawn stay."""

    rights = {"POST": Right.MANAGE_CATALOG}

    @extend_schema(request=None, responses=MaskRunOut)
    def post(self, request: Request, run_id: UUID) -> Response:
        run = bulk.cancel(person=person_of(request), run=bulk.run_by_id(run_id))
        return Response(MaskRunOut(run).data)
