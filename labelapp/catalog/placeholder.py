"""Stand-ins for pictures that an import does not have: a plain card that carries the path."""

import io
import textwrap
from functools import cache

from PIL import Image, ImageDraw, ImageFont

LOCATION = "placeholder:"
WIDTH, HEIGHT = 480, 360
_GROUND, _EDGE, _INK = (243, 243, 242), (203, 203, 199), (74, 74, 70)
_MOST_LINES = 9


@cache
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=22)


def draw(ref: str) -> bytes:
    """A WebP of 480 x 360 pixels with the path written on it."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _GROUND)
    pen = ImageDraw.Draw(image)
    pen.rectangle((8, 8, WIDTH - 9, HEIGHT - 9), outline=_EDGE, width=2)
    lines = textwrap.wrap(ref, 34) or [ref]
    text = "\n".join(lines[:_MOST_LINES])
    pen.multiline_text((WIDTH / 2, HEIGHT / 2), text, _INK, _font(), anchor="mm", align="center")
    out = io.BytesIO()
    image.save(out, "WEBP", quality=85, method=2)
    return out.getvalue()
