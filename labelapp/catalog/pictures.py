"""Reading pictures: what a file is by its content, how large, and how it looks small.

Taken are JPEG, PNG, WebP, GIF and TIFF (first frame) and BMP, within the limits on bytes and pixels.
Sizes are as shown, after the EXIF orientation; pixels are 8-bit RGB when they leave here.
"""

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from django.conf import settings
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from labelapp.catalog.errors import NotAPicture
from labelapp.likeness.hashes import difference_hash

FORMATS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
}
THUMBNAIL_SIDE = 320
# What shows through a transparent picture: the mat of the screens, the same for everybody.
MAT = (233, 233, 231)
_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)
_LARGEST_WEBP_SIDE = 16_383
_TINY_SIDE = 64
# Pillow's own limit warns through the warnings module, which threads share; `_within_limits` refuses.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True)
class Picture:
    """What a file turned out to be. `width` and `height` in pixels as shown, `thumbnail` a WebP, `dhash`
    its difference hash."""

    sha256: str
    size: int
    media_type: str
    width: int
    height: int
    shown_as_is: bool
    thumbnail: bytes
    dhash: int


def read(data: bytes) -> Picture:
    """Decode a file's content and make its thumbnail.

    Raises:
        NotAPicture: it is too large, no picture, of another kind, or damaged.
    """
    with _opened(data) as image:
        width, height = image.size
        if _orientation(image) in _TURNED:
            width, height = height, width
        kind, as_is = image.format or "", _shown_as_is(image)
        small = _small(image)
    return Picture(
        sha256=sha256(data).hexdigest(),
        size=len(data),
        media_type=FORMATS[kind],
        width=width,
        height=height,
        shown_as_is=as_is,
        thumbnail=_encoded(small),
        dhash=difference_hash(small),
    )


def thumbnail(data: bytes) -> bytes:
    """The picture within 320 x 320 pixels, as WebP; never larger than it is.

    Raises:
        NotAPicture: see `read`.
    """
    with _opened(data) as image:
        return _encoded(_small(image))


def dhash(data: bytes) -> int:
    """The difference hash of the picture, as `read` finds it.

    Raises:
        NotAPicture: see `read`.
    """
    with _opened(data) as image:
        return difference_hash(_small(image))


def part_of(data: bytes, part: tuple[int, int, int, int]) -> bytes:
    """A part of the picture within 320 x 320 pixels, as WebP; never larger than it is.

    part: x, y, width, height in pixels as shown; what lies beyond the picture is the mat.

    Raises:
        NotAPicture: see `read`.
    """
    x, y, width, height = part
    scale = min(1.0, THUMBNAIL_SIDE / max(width, height))
    with _opened(data) as image:
        turned = _orientation(image) in _TURNED
        shown = image.size[::-1] if turned else image.size
        if image.format == "JPEG":
            # Decoded at a fraction of its size where the part has pixels to spare.
            decoded = min(1.0, 2 * scale)
            wanted = math.ceil(decoded * image.width), math.ceil(decoded * image.height)
            image.draft(None, wanted)
        whole = ImageOps.exif_transpose(_as_rgb(image))
    kept = max(0, x), max(0, y), min(x + width, shown[0]), min(y + height, shown[1])
    out = Image.new("RGB", (max(1, round(width * scale)), max(1, round(height * scale))), MAT)
    if kept[0] < kept[2] and kept[1] < kept[3]:
        out.paste(*_shrunk(whole, whole.width / shown[0], kept, (x, y), scale))
    return _encoded(out)


def _shrunk(
    whole: Image.Image,
    decoded: float,
    kept: tuple[int, int, int, int],
    corner: tuple[int, int],
    scale: float,
) -> tuple[Image.Image, tuple[int, int]]:
    """What is `kept` of a picture that was decoded at this fraction, and where it goes."""
    left, top, right, bottom = kept
    size = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    small = whole.resize(
        size,
        Image.Resampling.LANCZOS,
        box=(left * decoded, top * decoded, right * decoded, bottom * decoded),
        reducing_gap=2.0,
    )
    return small, (round((left - corner[0]) * scale), round((top - corner[1]) * scale))


def converted(data: bytes) -> tuple[bytes, str]:
    """The picture in full size in a form that browsers show, and its media type.

    Raises:
        NotAPicture: see `read`.
    """
    with _opened(data) as image:
        whole = ImageOps.exif_transpose(_as_rgb(image))
        kind = "WEBP" if max(whole.size) <= _LARGEST_WEBP_SIDE else "PNG"
        out = io.BytesIO()
        whole.save(out, kind, quality=92, method=2)
        return out.getvalue(), FORMATS[kind]


def pixels(data: bytes, least: int = 0) -> NDArray[np.uint8]:
    """(H, W, 3) RGB, the right way up, as the picture is shown.

    With `least`, a JPEG is decoded at the smallest fraction of its size (down to 1/8) whose sides
    are no shorter than that; a fraction takes a fraction of the time.

    Raises:
        NotAPicture: see `read`.
    """
    with _opened(data) as image:
        if least and image.format == "JPEG":
            image.draft(None, (least, least))
        return np.asarray(ImageOps.exif_transpose(_as_rgb(image)))


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    if len(data) > settings.MAX_PICTURE_BYTES:
        raise NotAPicture("picture_too_large", _too_many_bytes())
    try:
        with Image.open(io.BytesIO(data), formats=tuple(FORMATS)) as image:
            _within_limits(image)
            yield image
    except UnidentifiedImageError:
        raise NotAPicture("not_a_picture", "this is not a picture of a kind taken here") from None
    # What Pillow's decoders raise on damaged files.
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError) as error:
        raise NotAPicture("picture_damaged", f"the picture is damaged: {error}") from error


def _too_many_bytes() -> str:
    return f"the picture has more than {settings.MAX_PICTURE_BYTES:,} bytes"


def _within_limits(image: Image.Image) -> None:
    if image.width * image.height > settings.MAX_PICTURE_PIXELS:
        raise NotAPicture(
            "picture_too_large",
            f"the picture has {image.width:,} x {image.height:,} pixels,"
            f" more than {settings.MAX_PICTURE_PIXELS:,} in all",
        )


def _orientation(image: Image.Image) -> int:
    return int(image.getexif().get(_ORIENTATION, 1))


def _shown_as_is(image: Image.Image) -> bool:
    """Whether browsers show the file itself, in the right colours and the right way up."""
    if image.format == "JPEG":
        return image.mode in {"L", "RGB"}
    if image.format == "TIFF" or image.mode.startswith(("I", "F")):
        return False
    return _orientation(image) == 1


def _small(image: Image.Image) -> Image.Image:
    """The first frame in RGB, shrunk to fit. A large JPEG is decoded at a fraction of its size."""
    if image.format == "JPEG":
        image.draft(None, (THUMBNAIL_SIDE * 2, THUMBNAIL_SIDE * 2))
    image = _as_rgb(image)
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return ImageOps.exif_transpose(image)


def _as_rgb(image: Image.Image) -> Image.Image:
    """8-bit RGB: 16 bits scaled, CMYK and palettes converted, transparency on the mat."""
    exif = image.getexif()
    if image.mode.startswith(("I", "F")):
        rgb = _scaled(image).convert("RGB")
    elif image.mode in {"LA", "PA", "RGBA", "La", "RGBa"} or "transparency" in image.info:
        above = image.convert("RGBA")
        rgb = Image.new("RGB", image.size, MAT)
        rgb.paste(above, mask=above.getchannel("A"))
    elif image.mode == "RGB":
        image.load()
        rgb = image
    else:
        rgb = image.convert("RGB")
    rgb.info["exif"] = exif.tobytes() if exif.get(_ORIENTATION, 1) != 1 else b""
    return rgb


def _scaled(image: Image.Image) -> Image.Image:
    """A picture of 16 bits, or of numbers without a range, as 8-bit grey.

    16 bits are scaled by their full range, as PNG defines it; 32-bit integers and floats, which have
    no such range, from their smallest to their largest value.
    """
    values = np.asarray(image)
    if image.mode.startswith("I;16"):
        return Image.fromarray((values >> 8).astype(np.uint8))
    numbers = np.nan_to_num(values.astype(np.float64), posinf=0.0, neginf=0.0)
    low, high = float(numbers.min()), float(numbers.max())
    span = (high - low) or 1.0
    return Image.fromarray(((numbers - low) * (255.0 / span)).astype(np.uint8))


def _encoded(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=2, lossless=max(image.size) <= _TINY_SIDE)
    return out.getvalue()
