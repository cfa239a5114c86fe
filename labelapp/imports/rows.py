"""What every format turns into: rows to take, and rows to reject with their reason."""

from typing import Any, NamedTuple

from labelapp.catalog.names import LONGEST_NAME, fits
from labelapp.imports.scale import BadConfidence, number_of

# An entry of the index on (dataset, path) holds less than 2,700 bytes.
LONGEST_PATH = 2000


class Row(NamedTuple):
    """One label as a file says it: whole texts, nothing interpreted but the region.

    `line` counts from 1; for files in a folder or zip it is 0 and the picture's path says where.
    `label_class` is None for a picture without a label, `confidence` empty for none, `region` None
    for the whole picture. `raw` is what the reader made it from, for the preview.
    """

    line: int
    picture: str
    label_class: str | None
    confidence: str = ""
    region: dict[str, Any] | None = None
    extra: dict[str, Any] | None = None
    raw: Any = None


class Bad(NamedTuple):
    """A row, or a file of a zip (`entry`), that is not taken, and why."""

    line: int
    code: str
    reason: str
    entry: str = ""
    raw: Any = None


LINE_TOO_LONG = "line_too_long"


def problem_of(row: Row) -> tuple[str, str] | None:
    """What is wrong with a row whatever the scale: a code and a sentence for the report."""
    picture, label_class = row.picture, row.label_class
    if not picture:
        return "no_picture", "the row names no picture"
    if label_class == "":
        return "no_class", "the row names no class"
    if picture[:8].lower().startswith(("http://", "https://")):
        return "web_address", "pictures are not fetched from web addresses; use a path or s3://"
    if len(picture) > LONGEST_PATH or len(picture.encode(errors="replace")) > LONGEST_PATH:
        return "path_too_long", f"the path has more than {LONGEST_PATH:,} bytes"
    if label_class is not None and not fits(label_class):
        return "class_too_long", f"the class name has more than {LONGEST_NAME} characters"
    if not is_storable(picture) or not is_storable(label_class or ""):
        return "bad_text", "the row holds a character that is not text"
    if row.confidence:
        try:
            number_of(row.confidence)
        except BadConfidence as error:
            return "bad_confidence", str(error)
    return None


def presentable(text: str, most: int = 400) -> str:
    """A text as it can be shown and kept, whatever it held, cut to `most` characters."""
    cut = text[:most]
    return cut if is_storable(cut) else cut.encode(errors="replace").decode().replace("\0", "?")


def is_storable(text: str) -> bool:
    """Whether a text can be kept: no NUL, no half of a surrogate pair."""
    return (text.isascii() and "\0" not in text) or ("\0" not in text and _encodes(text))


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
