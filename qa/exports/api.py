"""Label files: streamed at once, or written by a worker and fetched later."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.roles import Right
from labelapp.api.input import checked, checked_query, person_of
from labelapp.api.pagination import page_of, page_response
from labelapp.api.schema import PAGE_PARAMETERS, page_schema
from qa.exports import selectors, services
from qa.exports.formats import FORMATS
from qa.exports.serializers import ExportOut, FileIn, PreviewIn, PreviewOut

A_FILE = {
    (200, form.media_type.partition(";")[0]): OpenApiResponse(OpenApiTypes.STR, "The file.")
    for form in FORMATS.values()
}


def _how(given: dict[str, Any]) -> dict[str, Any]:
    """Split off how a file is written from which rows it has."""
    return {"file_format": given.pop("format"), "guard": given.pop("guard_formulas")}


class LabelsView(APIView):
    """Labels with their counts and outcomes, as a stream that starts at once."""

    rights = {"GET": Right.EXPORT}

    @extend_schema(parameters=[FileIn], responses=A_FILE)
    def get(self, request: Request) -> HttpResponseBase:
        given = checked_query(FileIn, request)
        how = _how(given)
        form = FORMATS[how["file_format"]]
        rows = selectors.rows_of(person_of(request), **given)
        return StreamingHttpResponse(
            selectors.download(rows, **how),
            content_type=form.media_type,
            headers={"Content-Disposition": f'attachment; filename="{form.file_name}"'},
        )


class PreviewView(APIView):
    """How many rows an export would have, and a few of them."""

    rights = {"GET": Right.EXPORT}

    @extend_schema(parameters=[PreviewIn], responses=PreviewOut)
    def get(self, request: Request) -> Response:
        given = checked_query(PreviewIn, request)
        file_format = given.pop("format")
        rows = selectors.rows_of(person_of(request), **given)
        return Response(selectors.preview(rows, file_format))


class ExportsView(APIView):
    """Files that a worker writes, with a manifest."""

    rights = {"GET": Right.EXPORT, "POST": Right.EXPORT}

    @extend_schema(parameters=PAGE_PARAMETERS, responses=page_schema(ExportOut))
    def get(self, request: Request) -> Response:
        found, following = page_of(request, selectors.exports())
        return page_response(ExportOut(found, many=True).data, following)

    @extend_schema(request=FileIn, responses={202: ExportOut})
    def post(self, request: Request) -> Response:
        person = person_of(request)
        given = checked(FileIn, request)
        how = _how(given)
        rows = selectors.rows_of(person, **given)
        export = services.request_export(person=person, rows=rows, **how)
        return Response(ExportOut(export).data, status=202)


class ExportView(APIView):
    rights = {"GET": Right.EXPORT}

    @extend_schema(responses=ExportOut)
    def get(self, request: Request, export_id: UUID) -> Response:
        return Response(ExportOut(selectors.export_by_id(export_id)).data)


class CancelView(APIView):
    """Stop an export that has not ended."""

    rights = {"POST": Right.EXPORT}

    @extend_schema(request=None, responses=ExportOut)
    def post(self, request: Request, export_id: UUID) -> Response:
        export = selectors.export_by_id(export_id)
        services.cancel_export(person=person_of(request), export=export)
        return Response(ExportOut(export).data)


class FileView(APIView):
    """The finished file."""

    rights = {"GET": Right.EXPORT}

    @extend_schema(responses=A_FILE)
    def get(self, request: Request, export_id: UUID) -> HttpResponseBase:
        export = selectors.export_by_id(export_id)
        form = FORMATS[export.format]
        return FileResponse(
            selectors.open_file(export),
            as_attachment=True,
            filename=form.file_name,
            content_type=form.media_type,
        )


class ManifestView(APIView):
    """The manifest of a finished file, as a file."""

    rights = {"GET": Right.EXPORT}

    @extend_schema(responses={(200, "application/json"): OpenApiTypes.OBJECT})
    def get(self, request: Request, export_id: UUID) -> HttpResponseBase:
        manifest = selectors.open_manifest(selectors.export_by_id(export_id))
        return FileResponse(manifest, as_attachment=True, filename="manifest.json")
