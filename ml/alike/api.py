"""Near-duplicates of a dataset, and the pictures most like one."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.models import User
from labelapp.accounts.roles import Right
from labelapp.api.input import checked_query, person_of
from labelapp.api.pagination import page_of, page_response
from labelapp.api.schema import PAGE_PARAMETERS, page_schema
from labelapp.catalog.models import Dataset, Image
from labelapp.catalog.selectors import dataset_by_id, image_by_id, picture_links
from ml.alike import selectors, services
from ml.alike.likes import alike_to
from ml.alike.models import TwinSearch
from ml.alike.serializers import (
    AlikeIn,
    LikesOut,
    NamedPictureOut,
    NearDuplicatesOut,
    TwinGroupOut,
)
from ml.registry.selectors import model_version_by_id


def _picture(person: User, image: Image) -> dict[str, Any]:
    return {**picture_links(person, image, timezone.now()), "ref": image.ref}


def _summary(dataset: Dataset, search: TwinSearch | None) -> Any:
    groups, pictures = selectors.counts_of(dataset.pk)
    return NearDuplicatesOut({"search": search, "groups": groups, "pictures": pictures}).data


class NearDuplicatesView(APIView):
    """How the search for near-duplicates stands and what it found; POST has the dataset searched anew."""

    rights = {"GET": Right.READ_CATALOG, "POST": Right.MANAGE_CATALOG}

    @extend_schema(responses=NearDuplicatesOut)
    def get(self, request: Request, dataset_id: UUID) -> Response:
        dataset = dataset_by_id(dataset_id)
        return Response(_summary(dataset, selectors.last_search(dataset)))

    @extend_schema(request=None, responses={202: NearDuplicatesOut})
    def post(self, request: Request, dataset_id: UUID) -> Response:
        dataset = dataset_by_id(dataset_id)
        search = services.ask(person=person_of(request), dataset=dataset)
        return Response(_summary(dataset, search), status=202)


class TwinGroupsView(APIView):
    """Pictures that are nearly the same, in groups of two and more."""

    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(parameters=PAGE_PARAMETERS, responses=page_schema(TwinGroupOut))
    def get(self, request: Request, dataset_id: UUID) -> Response:
        person = person_of(request)
        found, following = page_of(request, selectors.groups_of(dataset_by_id(dataset_id)))
        first = selectors.first_of(found)
        rows: list[Any] = [
            {
                "id": group.pk,
                "size": group.size,
                "pictures": [_picture(person, twin.image) for twin in first[group.pk]],
            }
            for group in found
        ]
        return page_response(TwinGroupOut(rows, many=True).data, following)


class TwinGroupView(APIView):
    """All pictures of one group."""

    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(parameters=PAGE_PARAMETERS, responses=page_schema(NamedPictureOut))
    def get(self, request: Request, dataset_id: UUID, group_id: int) -> Response:
        person = person_of(request)
        pictures = selectors.pictures_of(dataset_by_id(dataset_id), group_id)
        found, following = page_of(request, pictures)
        rows = [_picture(person, image) for image in found]
        return page_response(NamedPictureOut(rows, many=True).data, following)


class AlikeView(APIView):
    """The pictures of its dataset that are most like one: to a network that saw it, else by looks."""

    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(parameters=[AlikeIn], responses=LikesOut)
    def get(self, request: Request, image_id: UUID) -> Response:
        given, person = checked_query(AlikeIn, request), person_of(request)
        version = model_version_by_id(given["version"]) if given["version"] else None
        likes = alike_to(image_by_id(image_id), version=version, count=given["count"])
        rows: list[Any] = [
            {
                **_picture(person, one.image),
                "cosine": one.cosine,
                "bits": one.bits,
                "label_classes": one.label_classes,
            }
            for one in likes.found
        ]
        by = "features" if likes.version else "look"
        return Response(LikesOut({"by": by, "version": likes.version, "results": rows}).data)
