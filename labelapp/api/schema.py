"""How views appear in the OpenAPI document: problem answers and pages look the same everywhere."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

PAGE_PARAMETERS = [
    OpenApiParameter("page_size", OpenApiTypes.INT, description="1 to 2000; 100 by default."),
    OpenApiParameter("cursor", OpenApiTypes.STR, description="From `next`; opaque."),
]


class ProblemSerializer(serializers.Serializer[dict[str, Any]]):
    """RFC 9457 problem document; the answer to every request that was refused."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = serializers.DictField(child=serializers.JSONField())  # type: ignore[assignment] # DRF's own name
    request_id = serializers.CharField()


def page_schema(row: type[serializers.BaseSerializer[Any]]) -> serializers.Serializer[Any]:
    """The page `{results, next}` of these rows."""
    return inline_serializer(
        f"{row.__name__.removesuffix('Out')}Page",
        {"results": row(many=True), "next": serializers.URLField(allow_null=True)},
    )


class LabelappSchema(AutoSchema):
    """Adds the problem answer to every operation."""

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/", 1)[0]]

    def get_operation_id(self) -> str:
        """`users_get` for the list, `users_one_get` for one of them."""
        parts = self.path.removeprefix("/api/v1/").strip("/").split("/")
        names = ["one" if part.startswith("{") else part.replace("-", "_") for part in parts]
        return "_".join([*names, self.method.lower()])

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        problem = self._get_response_for_code(  # type: ignore[no-untyped-call]
            OpenApiResponse(ProblemSerializer, "The request was refused; `code` says why."),
            "default",
            ["application/problem+json"],
        )
        return {**bodies, "default": problem}


def complete_answers(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Post-processing: what we answer holds every field, null where there is nothing to say.

    Without it a model field with a default would be optional in the typed client.
    """
    for name, schema in result.get("components", {}).get("schemas", {}).items():
        if "properties" in schema and not name.endswith("Request"):
            schema["required"] = sorted(schema["properties"])
    return result
