"""Training runs: start, watch, cancel; and the pictures behind each number of their reports."""

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
from labelapp.catalog.selectors import dataset_by_id
from ml.lessons import selectors, services
from ml.lessons.serializers import (
    ExampleFilterIn,
    TrainingExampleOut,
    TrainingFilterIn,
    TrainingRunIn,
    TrainingRunOut,
    TrainingRunRowOut,
)
from ml.registry.selectors import built_in, model_version_by_id


class TrainingRunsView(APIView):
    """What people confirmed and corrected becomes the next version of a model: a head on the features
    that a network sees."""

    rights = {"GET": Right.READ_CATALOG, "POST": Right.MANAGE_CATALOG}

    @extend_schema(
        parameters=[TrainingFilterIn, *PAGE_PARAMETERS], responses=page_schema(TrainingRunRowOut)
    )
    def get(self, request: Request) -> Response:
        wanted = checked_query(TrainingFilterIn, request)
        rows = selectors.trainings(wanted["dataset"], wanted["made"])
        found, following = page_of(request, rows)
        return page_response(TrainingRunRowOut(found, many=True).data, following)

    @extend_schema(request=TrainingRunIn, responses={202: TrainingRunOut})
    def post(self, request: Request) -> Response:
        given = checked(TrainingRunIn, request)
        dataset = dataset_by_id(given.pop("dataset"))
        base = model_version_by_id(given.pop("base")) if "base" in given else built_in()
        other = given.pop("compared_with")
        asked = services.Asked(
            jobs=tuple(given.pop("jobs")),
            export=given.pop("export"),
            sources=tuple(given.pop("sources")),
        )
        wish = services.Wish(compared_with=model_version_by_id(other) if other else None, **given)
        run = services.start(
            person=person_of(request), dataset=dataset, base=base, asked=asked, wish=wish
        )
        return Response(TrainingRunOut(run).data, status=202)


class TrainingRunView(APIView):
    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(responses=TrainingRunOut)
    def get(self, request: Request, run_id: UUID) -> Response:
        return Response(TrainingRunOut(selectors.training_by_id(run_id)).data)


class CancelTrainingRunView(APIView):
    """Stop a training; no version comes of it."""

    rights = {"POST": Right.MANAGE_CATALOG}

    @extend_schema(request=None, responses=TrainingRunOut)
    def post(self, request: Request, run_id: UUID) -> Response:
        run = services.cancel(person=person_of(request), run=selectors.training_by_id(run_id))
        return Response(TrainingRunOut(run).data)


class ExamplesView(APIView):
    """The pictures of a training: those of a cell of its confusion matrix, the mistakes, those that
    could not be read."""

    rights = {"GET": Right.READ_CATALOG}

    @extend_schema(
        parameters=[ExampleFilterIn, *PAGE_PARAMETERS], responses=page_schema(TrainingExampleOut)
    )
    def get(self, request: Request, run_id: UUID) -> Response:
        run = selectors.training_by_id(run_id)
        rows = selectors.examples_of(run, checked_query(ExampleFilterIn, request))
        found, following = page_of(request, rows)
        selectors.add_looks(person_of(request), run, found, timezone.now())
        return page_response(TrainingExampleOut(found, many=True).data, following)
