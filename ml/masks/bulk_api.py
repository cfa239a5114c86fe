"""Masks for the boxes of a whole dataset: start, watch, cancel."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.roles import Right
from labelapp.api.input import checked, person_of
from labelapp.api.pagination import page_of, page_response
from labelapp.api.schema import PAGE_PARAMETERS, page_schema
from labelapp.catalog.selectors import dataset_by_id
from ml.masks import bulk, services
from ml.masks.serializers import MaskRunIn, MaskRunOut


class MaskRunsView(APIView):
    """Runs that draw a mask for each box of a dataset's labels."""

    rights = {"GET": Right.READ_CATALOG, "POST": Right.MANAGE_CATALOG}

    @extend_schema(parameters=PAGE_PARAMETERS, responses=page_schema(MaskRunOut))
    def get(self, request: Request) -> Response:
        found, following = page_of(request, bulk.runs())
        return page_response(MaskRunOut(found, many=True).data, following)

    @extend_schema(request=MaskRunIn, responses={202: MaskRunOut})
    def post(self, request: Request) -> Response:
        given = checked(MaskRunIn, request)
        dataset = dataset_by_id(given["dataset"])
        used = services.usable_segmenter(given["segmenter"])
        run = bulk.start(
            person=person_of(request), dataset=dataset, source=given["source"], used=used
        )
        return Response(MaskRunOut(run).data, status=202)


class MaskRunView(APIView):
    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(responses=MaskRunOut)
    def get(self, request: Request, run_id: UUID) -> Response:
        return Response(MaskRunOut(bulk.run_by_id(run_id)).data)


class CancelMaskRunView(APIView):
    """Stop a run; the masks that it has drawn stay."""

    rights = {"POST": Right.MANAGE_CATALOG}

    @extend_schema(request=None, responses=MaskRunOut)
    def post(self, request: Request, run_id: UUID) -> Response:
        run = bulk.cancel(person=person_of(request), run=bulk.run_by_id(run_id))
        return Response(MaskRunOut(run).data)
