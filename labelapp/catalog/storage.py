"""Addresses of pictures, signed for one person.

A signature covers (image, size or part, person, expiry). The expiry lies on a 12-hour mark, so that within
half a day the same person gets the same address and the browser's cache holds. Signing touches no
database: a claim signs fifty.
"""

import base64
import hashlib
import hmac
from datetime import datetime
from functools import cache
from typing import Literal
from uuid import UUID

from django.conf import settings

Size = Literal["thumb", "full"]
# Of a picture: x, y, width, height in pixels as shown.
Part = tuple[int, int, int, int]
STEP = 12 * 3600


@cache
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"labelapp.catalog.storage:" + secret.encode()).digest()


def _signature(image_id: UUID | str, size: str, person_id: UUID, expires: int) -> str:
    message = f"{image_id}|{size}|{person_id}|{expires}"
    digest = hmac.digest(_key(settings.SECRET_KEY), message.encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:18]).decode()


def expiry(now: datetime) -> int:
    """Unix time at which addresses made now end: the first 12-hour mark that is 12 hours away."""
    return (-(-int(now.timestamp()) // STEP) + 1) * STEP


def image_url(image_id: UUID | str, size: Size, person_id: UUID, now: datetime) -> str:
    """The address of a picture for one person, good for 12 to 24 hours.

    The id may be its text as PostgreSQL writes it, which is as Python writes it.
    """
    expires = expiry(now)
    return (
        f"/images/{image_id}/{size}?e={expires}&s={_signature(image_id, size, person_id, expires)}"
    )


def thumb_url(image_id: UUID | str, person_id: UUID, now: datetime) -> str:
    """The address of the 320-pixel thumbnail for one person."""
    return image_url(image_id, "thumb", person_id, now)


def full_url(image_id: UUID | str, person_id: UUID, now: datetime) -> str:
    """The address of the picture in full size for one person."""
    return image_url(image_id, "full", person_id, now)


def part_url(image_id: UUID | str, part: Part, person_id: UUID, now: datetime) -> str:
    """The address of a part of the picture at the size of a thumbnail, for one person."""
    expires, size = expiry(now), part_size(part)
    signature = _signature(image_id, size, person_id, expires)
    return f"/images/{image_id}/{size}?e={expires}&s={signature}"


def part_size(part: Part) -> str:
    """How a part stands in an address.

    >>> part_size((10, 20, 300, 200))
    'part-10-20-300-200'
    """
    return "-".join(map(str, ("part", *part)))


def part_in(size: str) -> Part | None:
    """The part that an address names; None for the whole picture."""
    kind, *numbers = size.split("-")
    if kind != "part":
        return None
    x, y, width, height = map(int, numbers)
    return x, y, width, height


def seconds_left(
    *, image_id: UUID, size: str, person_id: UUID, expires: str, signature: str, now: datetime
) -> int | None:
    """How long a presented address is still good for this person; None when it is not."""
    if not expires.isascii() or not expires.isdigit() or len(expires) > 12:
        return None
    left = int(expires) - int(now.timestamp())
    expected = _signature(image_id, size, person_id, int(expires))
    is_ours = hmac.compare_digest(expected.encode(), signature.encode())
    return left if is_ours and left > 0 else None
