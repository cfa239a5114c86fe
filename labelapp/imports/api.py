"""Imports: start one, look how far it is, answer what it asks, cancel it."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.roles import Right
from labelapp.api.input import checked, checked_query, person_of
from labelapp.api.pagination import page_of, page_response
from labelapp.api.parsers import LimitedJSONParser
from labelapp.api.schema import PAGE_PARAMETERS, page_schema
from labelapp.catalog.selectors import dataset_by_id
from labelapp.imports import selectors, services
from labelapp.imports.serializers import (
    ImportChangeIn,
    ImportFilterIn,
    ImportIn,
    ImportOut,
    ImportRowOut,
)
from labelapp.imports.uploads import LimitedUpload, check_announced


class ImportsView(APIView):
    """Imports, and the way to start one: a label file, pictures, or both."""

    rights = {"GET": Right.READ_CATALOG, "POST": Right.MANAGE_CATALOG}
    parser_classes: Any = [MultiPartParser, FormParser, LimitedJSONParser]

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        """Set the limits before anything, the CSRF check included, can read the body."""
        self.upload = LimitedUpload(request)
        request.upload_handlers = [self.upload]
        return super().initialize_request(request, *args, **kwargs)

    @extend_schema(
        parameters=[ImportFilterIn, *PAGE_PARAMETERS], responses=page_schema(ImportRowOut)
    )
    def get(self, request: Request) -> Response:
        wanted = checked_query(ImportFilterIn, request)["dataset"]
        found, following = page_of(request, selectors.imports(wanted))
        return page_response(ImportRowOut(found, many=True).data, following)

    @extend_schema(request={"multipart/form-data": ImportIn}, responses={202: ImportOut})
    def post(self, request: Request) -> Response:
        check_announced(request._request)
        request.data  # noqa: B018 (reading the body is what fills the upload)
        self.upload.check()
        given = checked(ImportIn, request)
        dataset = dataset_by_id(given.pop("dataset"))
        sent = services.Sent(**given)
        work = services.create_import(person=person_of(request), dataset=dataset, sent=sent)
        return Response(ImportOut(work).data, status=202)


class ImportView(APIView):
    """One import. Its answers, mapping and `dry_run` may change as long as nothing is written."""

    rights = {"GET": Right.READ_CATALOG, "PATCH": Right.MANAGE_CATALOG}

    @extend_schema(responses=ImportOut)
    def get(self, request: Request, import_id: UUID) -> Response:
        return Response(ImportOut(selectors.import_by_id(import_id)).data)

    @extend_schema(request=ImportChangeIn, responses={202: ImportOut})
    def patch(self, request: Request, import_id: UUID) -> Response:
        work = selectors.import_by_id(import_id)
        given = checked(ImportChangeIn, request)
        changed = services.change_import(person=person_of(request), work=work, **given)
        return Response(ImportOut(changed).data, status=202)


class CancelView(APIView):
    """End an import; nothing of it is written."""

    rights = {"POST": Right.MANAGE_CATALOG}

    @extend_schema(request=None, responses=ImportOut)
    def post(self, request: Request, import_id: UUID) -> Response:
        work = selectors.import_by_id(import_id)
        cancelled = services.cancel_import(person=person_of(request), work=work)
        return Response(ImportOut(cancelled).data)


class RejectedView(APIView):
    """What was not taken: line or zip entry, reason."""

    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request, import_id: UUID) -> HttpResponseBase:
        work = selectors.import_by_id(import_id)
        rows = selectors.rejected_rows(work)
        headers = {"Content-Disposition": f'attachment; filename="rejected-{work.pk}.csv"'}
        kind = "text/csv; charset=utf-8"
        if isinstance(rows, bytes):
            return HttpResponse(rows, content_type=kind, headers=headers)
        return FileResponse(rows, content_type=kind, headers=headers)
