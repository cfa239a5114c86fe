"""Four clicks in, a mask out."""

from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts.roles import Right
from labelapp.api.input import checked, checked_query, person_of
from labelapp.background import ENDED
from labelapp.catalog.selectors import visible_image
from ml.masks import selectors, services, waiting, warmth
from ml.masks.serializers import (
    MaskIn,
    MaskOut,
    SegmentersOut,
    WarmIn,
    WarmthOut,
    segmenter_row,
)
from ml.registry.weights import segmenters


class SegmentersView(APIView):
    """What can draw masks here, and what could if its files were there."""

    rights = {"GET": Right.READ_IMAGES}

    @extend_schema(responses=SegmentersOut)
    def get(self, request: Request) -> Response:
        return Response({"results": [segmenter_row(one) for one in segmenters()]})


class WarmView(APIView):
    """Have a worker decode a picture that is about to be outlined, and ask whether it has."""

    rights = {"GET": Right.REVIEW, "POST": Right.REVIEW}

    @extend_schema(parameters=[WarmIn], responses=WarmthOut)
    def get(self, request: Request, image_id: UUID) -> Response:
        image = visible_image(person_of(request), image_id)
        used = services.usable_segmenter(checked_query(WarmIn, request)["segmenter"])
        return Response(WarmthOut(asdict(warmth.told(image.pk, used.version))).data)

    @extend_schema(request=WarmIn, responses={202: None})
    def post(self, request: Request, image_id: UUID) -> Response:
        image = visible_image(person_of(request), image_id)
        services.warm(image=image, name=checked(WarmIn, request)["segmenter"])
        return Response(status=202)


class MasksView(APIView):
    """Ask for a mask: 200 when it is drawn (or fails) within two seconds, else 202 and where to look.

    A request that failed or was cancelled is queued anew when it is asked for again.
    """

    rights = {"POST": Right.REVIEW}
    calls_per_second: ClassVar[Any] = 20
    throttle_scope = "masks"

    @extend_schema(request=MaskIn, responses={200: MaskOut, 202: MaskOut})
    def post(self, request: Request) -> Response:
        person, given = person_of(request), checked(MaskIn, request)
        image = visible_image(person, given["image"])
        used = services.usable_segmenter(given["segmenter"])
        places = {name: given[name] for name in ("positive", "negative", "previous")}
        prompt = selectors.prompt_on(image, points=given["extreme_points"], **places)
        wanted = services.ask(
            person=person, image=image, used=used, prompt=prompt, thing=given["object"]
        )
        waiting.wait_for(wanted)
        return Response(MaskOut(wanted).data, status=200 if wanted.state in ENDED else 202)


class MaskView(APIView):
    """A request and, once it is done, its mask."""

    rights = {"GET": Right.READ_IMAGES}

    @extend_schema(responses=MaskOut)
    def get(self, request: Request, request_id: UUID) -> Response:
        return Response(MaskOut(selectors.mask_by_id(person_of(request), request_id)).data)
