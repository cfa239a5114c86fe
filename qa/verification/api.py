"""Verdicts, and what they make of the items."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.models import User
from labelapp.accounts.roles import Right
from labelapp.api.input import checked_query, person_of
from labelapp.api.pagination import page_of, page_response
from labelapp.api.schema import PAGE_PARAMETERS, page_schema
from labelapp.catalog.storage import full_url, thumb_url
from qa.jobs.models import Job
from qa.jobs.selectors import classes_by_name_or_id, job_of
from qa.verification import selectors, services
from qa.verification.models import Item
from qa.verification.overview import overview
from qa.verification.own_work import own_work
from qa.verification.progress import progress_of
from qa.verification.serializers import (
    ConfidenceOut,
    ExactOutlineOut,
    ItemOut,
    ItemQuery,
    JobProgressOut,
    OverviewOut,
    OwnWorkOut,
    OwnWorkQuery,
)


class ConfidenceView(APIView):
    """The confidence of an item in one's own batch; that one looked is recorded."""

    rights = {"GET": Right.REVIEW}

    @extend_schema(responses=ConfidenceOut)
    def get(self, request: Request, item_id: UUID) -> Response:
        person = person_of(request)
        item = selectors.held_item(person, item_id)
        services.record_look(person=person, item=item)
        return Response({"confidence": item.confidence})


class OutlineView(APIView):
    """The outline of an item's object with every pixel's corner; a tile has a simpler one."""

    rights = {"GET": Right.READ_JOBS}

    @extend_schema(responses=ExactOutlineOut)
    def get(self, request: Request, item_id: UUID) -> Response:
        item = selectors.shown_item(person_of(request), item_id)
        return Response({"outline": selectors.outline_of(item)})


class ItemsView(APIView):
    """Items of a job with their counts and outcome; the pictures behind every number."""

    rights = {"GET": Right.READ_RESULTS}

    @extend_schema(parameters=[ItemQuery, *PAGE_PARAMETERS], responses=page_schema(ItemOut))
    def get(self, request: Request) -> Response:
        person = person_of(request)
        asked = checked_query(ItemQuery, request)
        job = job_of(person, asked["job"])
        name = asked["label_class"]
        found = selectors.items_of(
            job,
            outcomes=asked["outcome"],
            label_class=classes_by_name_or_id(job, [name])[0] if name else None,
            min_confidence=asked["min_confidence"],
            max_confidence=asked["max_confidence"],
            outside=asked["outside"],
        )
        items, following = page_of(request, found)
        return page_response(_items(person, job, items), following)


def _items(person: User, job: Job, items: list[Item]) -> list[dict[str, Any]]:
    now = datetime.now(UTC)
    return [
        {
            "id": item.pk,
            "image": item.image_id,
            "image_ref": item.image.ref,
            "thumb_url": thumb_url(item.image_id, person.pk, now),
            "full_url": full_url(item.image_id, person.pk, now),
            "width": item.image.width,
            "height": item.image.height,
            "close_up": selectors.close_up_of(person, item, now),
            "label": item.label_id,
            "label_class": {"id": item.label_class_id, "name": item.label_class.name},
            "confidence": item.confidence,
            "confirm_count": item.confirm_count,
            "disconfirm_count": item.disconfirm_count,
            "unsure_count": item.unsure_count,
            "outcome": item.outcome,
            "reviewed_at": item.reviewed_at,
            "batch": item.batch_id,
            "rank": item.rank,
            "chosen_by": job.order,
        }
        for item in items
    ]


class ProgressView(APIView):
    """How far a job is: by class and reviewer, who holds what, time, agreement, notes."""

    rights = {"GET": Right.READ_RESULTS}

    @extend_schema(responses=JobProgressOut)
    def get(self, request: Request, job_id: UUID) -> Response:
        person = person_of(request)
        return Response(progress_of(person, job_of(person, job_id)))


class OverviewView(APIView):
    """What was judged so far, over all jobs."""

    rights = {"GET": Right.READ_RESULTS}

    @extend_schema(responses=OverviewOut)
    def get(self, request: Request) -> Response:
        return Response(overview())


class OwnWorkView(APIView):
    """One's own open batch, jobs, sent batches and figures of this week."""

    rights = {"GET": Right.REVIEW}

    @extend_schema(parameters=[OwnWorkQuery], responses=OwnWorkOut)
    def get(self, request: Request) -> Response:
        asked = checked_query(OwnWorkQuery, request)
        return Response(OwnWorkOut(own_work(person_of(request), asked["timezone"])).data)
