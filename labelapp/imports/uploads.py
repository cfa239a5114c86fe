"""Files on their way in: streamed into the data folder, held to their limits while they come.

What is sent lands below the `uploads` storage, so that keeping it is a rename. A file over its limit is
read to its end and thrown away: whoever sends it gets a clear 413 and no broken pipe.
"""

import tempfile
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from labelapp.imports.errors import FileTooLarge

# For the form's other fields and the borders between its parts.
_ROOM = 1_000_000


def incoming_folder() -> Path:
    """Where files lie while they come in."""
    return Path(storages["uploads"].path("incoming"))


class _Incoming(TemporaryUploadedFile):
    """A file that is being uploaded, on the disk where it will stay."""

    def __init__(self, name: str, content_type: str) -> None:
        folder = incoming_folder()
        folder.mkdir(parents=True, exist_ok=True)
        file: Any = tempfile.NamedTemporaryFile(dir=folder)  # noqa: SIM115 (closed with the request)
        UploadedFile.__init__(self, file, name, content_type, 0)


class LimitedUpload(TemporaryFileUploadHandler):
    """Takes the label file and the zip of an import, each up to its limit.

    `parts`: a part's name, its limit in the settings, and the word for a person.
    """

    parts: ClassVar[dict[str, tuple[str, str]]] = {
        "file": ("MAX_LABEL_FILE_BYTES", "label file"),
        "images": ("MAX_ZIP_BYTES", "zip"),
    }

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._seen = 0
        self._too_large = ""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
        if self.field_name not in self.parts:
            raise SkipFile
        self._seen = 0
        self.file = _Incoming(self.file_name or "", self.content_type or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        limit, word = self.parts[self.field_name or ""]
        self._seen += len(raw_data)
        if self._seen > getattr(settings, limit):
            self._too_large = f"The {word} may have {getattr(settings, limit):,} bytes at most."
            self.upload_interrupted()
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)

    def check(self) -> None:
        """Raises FileTooLarge when something that came was over its limit."""
        if self._too_large:
            raise FileTooLarge(self._too_large)


def check_announced(request: HttpRequest) -> None:
    """Refuse a body that says from the start that it is too large. Raises FileTooLarge."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    most = settings.MAX_LABEL_FILE_BYTES + settings.MAX_ZIP_BYTES + _ROOM
    if announced.isdigit() and int(announced) > most:
        raise FileTooLarge(f"A label file and a zip may have {most:,} bytes together.")
