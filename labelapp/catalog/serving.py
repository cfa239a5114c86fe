"""The image server: `/images/{id}/thumb`, `full` and `part-x-y-width-height`, signed for one person."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import parse_etags
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from labelapp.accounts.roles import Right
from labelapp.api.input import person_of
from labelapp.catalog import blobs, pictures, placeholder, references, selectors
from labelapp.catalog.errors import LinkInvalid, PictureErased, PictureUnreadable
from labelapp.catalog.models import Blob, Image
from labelapp.catalog.storage import Part, part_in, seconds_left

WEBP = "image/webp"


@dataclass(frozen=True)
class Sent:
    """What goes out: the bytes and their type, or where the bytes are to be fetched."""

    data: bytes = b""
    media_type: str = WEBP
    elsewhere: str = ""


def _version(image: Image, size: str) -> str:
    """The ETag: the content's digest, or for a stand-in the image itself."""
    return f'"{image.blob_id or image.pk}.{size}"'


def _thumb(image: Image) -> Sent:
    if image.location == placeholder.LOCATION:
        return Sent(placeholder.draw(image.ref))
    return Sent(blobs.small(_content(image)))


def _full(image: Image) -> Sent:
    if image.location == placeholder.LOCATION:
        return Sent(placeholder.draw(image.ref))
    blob = _content(image)
    if not blob.shown_as_is:
        return Sent(blobs.showable(blob))
    if (elsewhere := blobs.original_url(blob)) is not None:
        return Sent(elsewhere=elsewhere)
    return Sent(blobs.original(blob), blob.media_type)


def _content(image: Image) -> Blob:
    """The stored content, taken in first where the image was only a reference."""
    blob = image.blob or references.take_in(image).blob
    if blob is None:
        raise PictureUnreadable
    return blob


def _part(image: Image, part: Part) -> Sent:
    if image.location == placeholder.LOCATION:
        return Sent(pictures.part_of(placeholder.draw(image.ref), part))
    return Sent(blobs.part(_content(image), part))


def _sent(image: Image, size: str) -> Sent:
    if part := part_in(size):
        return _part(image, part)
    return _full(image) if size == "full" else _thumb(image)


class ImageFileView(APIView):
    """A picture's thumbnail, full size or a part of it, for the person its address was signed for."""

    rights = {"GET": Right.READ_IMAGES}
    calls_per_second: ClassVar[Any] = None

    @extend_schema(exclude=True)
    def get(self, request: Request, image_id: UUID, size: str) -> HttpResponse:
        age = self._seconds_left(request, image_id, size)
        image = selectors.visible_image(person_of(request), image_id)
        if image.erased_at is not None:
            raise PictureErased
        version = _version(image, size)
        if version in parse_etags(request.headers.get("If-None-Match", "")):
            return _cached(HttpResponse(status=304), version, age)
        sent = _sent(image, size)
        if sent.elsewhere:
            answer = HttpResponseRedirect(sent.elsewhere)
            answer["Cache-Control"] = "private, max-age=240"
            return answer
        return _cached(HttpResponse(sent.data, content_type=sent.media_type), version, age)

    def _seconds_left(self, request: Request, image_id: UUID, size: str) -> int:
        left = seconds_left(
            image_id=image_id,
            size=size,
            person_id=person_of(request).pk,
            expires=request.query_params.get("e", ""),
            signature=request.query_params.get("s", ""),
            now=timezone.now(),
        )
        if left is None:
            raise LinkInvalid
        return left


def _cached(answer: HttpResponse, version: str, age: int) -> HttpResponse:
    answer["Cache-Control"] = f"private, immutable, max-age={age}"
    answer["ETag"] = version
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
