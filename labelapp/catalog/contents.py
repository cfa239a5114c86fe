"""What a picture shows, wherever it lies: stored, referenced, or a generated stand-in."""

import numpy as np
from numpy.typing import NDArray

from labelapp.catalog import blobs, pictures, placeholder, references
from labelapp.catalog.errors import NotAPicture, PictureErased, PictureUnreadable
from labelapp.catalog.models import Image


def content_of(image: Image) -> bytes:
    """The bytes of a picture, wherever it lies; a reference is taken in first.

    Raises:
        PictureErased, PictureUnreadable
    """
    if image.erased_at is not None:
        raise PictureErased
    if image.location == placeholder.LOCATION:
        return placeholder.draw(image.ref)
    blob = image.blob or references.take_in(image).blob
    if blob is None:
        raise PictureUnreadable
    return blobs.original(blob)


def look_of(image: Image) -> int:
    """Its difference hash; a reference is taken in first.

    Raises:
        PictureErased, PictureUnreadable
    """
    if image.erased_at is not None:
        raise PictureErased
    if image.location == placeholder.LOCATION:
        return pictures.dhash(placeholder.draw(image.ref))
    blob = image.blob or references.take_in(image).blob
    if blob is None:
        raise PictureUnreadable
    return blobs.look(blob)


def size_of(image: Image) -> tuple[int, int]:
    """Height and width as shown, in pixels; a reference is taken in first.

    Raises:
        PictureErased, PictureUnreadable
    """
    if image.erased_at is not None:
        raise PictureErased
    if image.location == placeholder.LOCATION:
        return placeholder.HEIGHT, placeholder.WIDTH
    if image.width is None or image.height is None:
        references.take_in(image)
    if image.width is None or image.height is None:
        raise PictureUnreadable
    return image.height, image.width


def pixels_of(image: Image, least: int = 0) -> NDArray[np.uint8]:
    """(H, W, 3) RGB, the right way up; smaller than it is where `least` allows, see `pictures.pixels`.

    Raises:
        PictureErased
        PictureUnreadable: its file is gone, or cannot be decoded.
    """
    try:
        return pictures.pixels(content_of(image), least)
    except NotAPicture as error:
        raise PictureUnreadable(f"The picture cannot be decoded: {error.reason}.") from error
