"""Datasets, classes, labels and pictures."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.models import User
from labelapp.accounts.roles import Right
from labelapp.api.input import checked, checked_query, person_of
from labelapp.api.pagination import page_of, page_response
from labelapp.api.schema import PAGE_PARAMETERS, page_schema
from labelapp.catalog import selectors, services
from labelapp.catalog.models import Dataset, Image, LabelClass
from labelapp.catalog.serializers import (
    BinnedOut,
    ClassNameIn,
    ClassOut,
    ClassRef,
    DatasetDeleteIn,
    DatasetDetailOut,
    DatasetOut,
    ImageOut,
    LabelFilterIn,
    LabelOut,
    MergeIn,
    NameIn,
)


def _dataset_rows(person: User, datasets: list[Dataset]) -> list[dict[str, Any]]:
    facts = selectors.dataset_facts(person, datasets, timezone.now())
    return [
        {
            "id": dataset.pk,
            "name": dataset.name,
            "created_at": dataset.created_at,
            "images": dataset.image_count,
            "labels": facts[dataset.pk].labels,
            "classes": len(facts[dataset.pk].by_class),
            "by_class": facts[dataset.pk].by_class,
            "samples": facts[dataset.pk].samples,
        }
        for dataset in datasets
    ]


def _detail(person: User, dataset: Dataset) -> dict[str, Any]:
    row = _dataset_rows(person, [dataset])[0]
    return dict(DatasetDetailOut({**row, "sources": selectors.sources_of(dataset)}).data)


class DatasetsView(APIView):
    """The datasets that are not in the bin."""

    rights = {"GET": Right.READ_CATALOG, "POST": Right.MANAGE_CATALOG}

    @extend_schema(parameters=PAGE_PARAMETERS, responses=page_schema(DatasetOut))
    def get(self, request: Request) -> Response:
        found, following = page_of(request, selectors.datasets())
        rows = _dataset_rows(person_of(request), found)
        return page_response(DatasetOut(rows, many=True).data, following)

    @extend_schema(request=NameIn, responses={201: DatasetDetailOut})
    def post(self, request: Request) -> Response:
        person = person_of(request)
        dataset = services.create_dataset(person=person, name=checked(NameIn, request)["name"])
        return Response(_detail(person, dataset), status=201)


class DatasetView(APIView):
    """One dataset. Deleting asks for its name and puts it into the bin for 30 days."""

    rights = {
        "GET": Right.READ_CATALOG,
        "PATCH": Right.MANAGE_CATALOG,
        "DELETE": Right.MANAGE_CATALOG,
    }

    @extend_schema(responses=DatasetDetailOut)
    def get(self, request: Request, dataset_id: UUID) -> Response:
        return Response(_detail(person_of(request), selectors.dataset_by_id(dataset_id)))

    @extend_schema(request=NameIn, responses=DatasetDetailOut)
    def patch(self, request: Request, dataset_id: UUID) -> Response:
        person, dataset = person_of(request), selectors.dataset_by_id(dataset_id)
        name = checked(NameIn, request)["name"]
        services.rename_dataset(person=person, dataset=dataset, name=name)
        return Response(_detail(person, dataset))

    @extend_schema(request=DatasetDeleteIn, responses={204: None})
    def delete(self, request: Request, dataset_id: UUID) -> Response:
        dataset = selectors.dataset_by_id(dataset_id)
        name = checked(DatasetDeleteIn, request)["name"]
        services.delete_dataset(person=person_of(request), dataset=dataset, name=name)
        return Response(status=204)


class BinView(APIView):
    """Deleted datasets, until they are removed for good."""

    rights = {"GET": Right.MANAGE_CATALOG}

    @extend_schema(parameters=PAGE_PARAMETERS, responses=page_schema(BinnedOut))
    def get(self, request: Request) -> Response:
        found, following = page_of(request, selectors.binned_datasets())
        rows = [
            {
                "id": dataset.pk,
                "name": dataset.name,
                "deleted_at": dataset.deleted_at,
                "deleted_by": dataset.deleted_by,
                "purged_at": selectors.purge_time(dataset),
            }
            for dataset in found
        ]
        return page_response(BinnedOut(rows, many=True).data, following)


class RestoreView(APIView):
    rights = {"POST": Right.MANAGE_CATALOG}

    @extend_schema(request=None, responses=DatasetDetailOut)
    def post(self, request: Request, dataset_id: UUID) -> Response:
        person, dataset = person_of(request), selectors.binned_dataset_by_id(dataset_id)
        services.restore_dataset(person=person, dataset=dataset)
        return Response(_detail(person, dataset))


class ClassesView(APIView):
    """A dataset's classes with their counts; one more, before any label has it."""

    rights = {"GET": Right.READ_CATALOG, "POST": Right.MANAGE_CATALOG}

    @extend_schema(parameters=PAGE_PARAMETERS, responses=page_schema(ClassOut))
    def get(self, request: Request, dataset_id: UUID) -> Response:
        dataset = selectors.dataset_by_id(dataset_id)
        found, following = page_of(request, selectors.classes_of(dataset))
        facts = selectors.class_facts(found)
        rows = [{"id": one.pk, "name": one.name, **facts[one.pk]} for one in found]
        return page_response(ClassOut(rows, many=True).data, following)

    @extend_schema(request=ClassNameIn, responses={201: ClassRef})
    def post(self, request: Request, dataset_id: UUID) -> Response:
        dataset = selectors.dataset_by_id(dataset_id)
        name = checked(ClassNameIn, request)["name"]
        made = services.create_class(person=person_of(request), dataset=dataset, name=name)
        return Response(ClassRef(made).data, status=201)


class ClassView(APIView):
    """Rename a class; its id stays, started jobs keep the name they froze."""

    rights = {"PATCH": Right.MANAGE_CATALOG}

    @extend_schema(request=ClassNameIn, responses=ClassRef)
    def patch(self, request: Request, class_id: UUID) -> Response:
        found = selectors.class_by_id(class_id)
        name = checked(ClassNameIn, request)["name"]
        renamed = services.rename_class(person=person_of(request), label_class=found, name=name)
        return Response(ClassRef(renamed).data)


class MergeView(APIView):
    """Move all labels of a class to another one of the same dataset."""

    rights = {"POST": Right.MANAGE_CATALOG}

    @extend_schema(request=MergeIn, responses=ClassOut)
    def post(self, request: Request, class_id: UUID) -> Response:
        found = selectors.class_by_id(class_id)
        into: LabelClass = selectors.class_by_id(checked(MergeIn, request)["into"])
        services.merge_class(person=person_of(request), label_class=found, into=into)
        facts = selectors.class_facts([into])[into.pk]
        return Response(ClassOut({"id": into.pk, "name": into.name, **facts}).data)


class LabelsView(APIView):
    """The labels of a dataset, filtered."""

    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(parameters=[LabelFilterIn, *PAGE_PARAMETERS], responses=page_schema(LabelOut))
    def get(self, request: Request) -> Response:
        given = checked_query(LabelFilterIn, request)
        dataset = selectors.dataset_by_id(given.pop("dataset"))
        found, following = page_of(request, selectors.labels(dataset, **given))
        selectors.add_looks(person_of(request), found, timezone.now())
        return page_response(LabelOut(found, many=True).data, following)


def _image_row(person: User, image: Image) -> dict[str, Any]:
    blob = image.blob
    return {
        **selectors.picture_links(person, image, timezone.now()),
        "dataset": image.dataset_id,
        "ref": image.ref,
        "sha256": blob.sha256 if blob else None,
        "media_type": blob.media_type if blob else None,
        "size": blob.size if blob else None,
        "location": image.location,
        "erased_at": image.erased_at,
        "same_content": selectors.twins(image),
        "labels": selectors.image_labels(person, image, timezone.now()),
    }


class ImageView(APIView):
    """What is known of a picture. Deleting erases file and thumbnails at once; the rows stay."""

    rights = {"GET": Right.READ_CATALOG, "DELETE": Right.MANAGE_CATALOG}

    @extend_schema(responses=ImageOut)
    def get(self, request: Request, image_id: UUID) -> Response:
        person, image = person_of(request), selectors.image_by_id(image_id)
        return Response(ImageOut(_image_row(person, image)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, image_id: UUID) -> Response:
        image = selectors.image_by_id(image_id)
        services.erase_image(person=person_of(request), image=image)
        return Response(status=204)
