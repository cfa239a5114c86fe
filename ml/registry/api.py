"""Model versions: list them, look at one, bring one's own."""

from typing import Any
from uuid import UUID

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
from labelapp.imports.uploads import LimitedUpload
from ml.registry import selectors, services
from ml.registry.serializers import (
    ModelFilterIn,
    ModelVersionIn,
    ModelVersionOut,
    ModelVersionRowOut,
    brought,
)


class ModelUpload(LimitedUpload):
    """Takes the file of a model, up to its limit."""

    parts = {"file": ("MAX_MODEL_BYTES", "model file")}


class ModelVersionsView(APIView):
    """Models that label pictures, and the way to bring one's own: an ONNX file, which is tried out."""

    rights = {"GET": Right.READ_CATALOG, "POST": Right.MANAGE_CATALOG}
    parser_classes: Any = [MultiPartParser, FormParser, LimitedJSONParser]

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        """Set the limit before anything, the CSRF check included, can read the body."""
        self.upload = ModelUpload(request)
        request.upload_handlers = [self.upload]
        return super().initialize_request(request, *args, **kwargs)

    @extend_schema(
        parameters=[ModelFilterIn, *PAGE_PARAMETERS], responses=page_schema(ModelVersionRowOut)
    )
    def get(self, request: Request) -> Response:
        name = checked_query(ModelFilterIn, request)["name"]
        found, following = page_of(request, selectors.model_versions(name))
        return page_response(ModelVersionRowOut(found, many=True).data, following)

    @extend_schema(
        request={"multipart/form-data": ModelVersionIn, "application/json": ModelVersionIn},
        responses={201: ModelVersionOut},
    )
    def post(self, request: Request) -> Response:
        request.data  # noqa: B018 (reading the body is what fills the upload)
        self.upload.check()
        given = brought(checked(ModelVersionIn, request))
        made = services.bring(person=person_of(request), brought=given)
        return Response(ModelVersionOut(made).data, status=201)


class ModelVersionView(APIView):
    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(responses=ModelVersionOut)
    def get(self, request: Request, version_id: UUID) -> Response:
        return Response(ModelVersionOut(selectors.model_version_by_id(version_id)).data)
