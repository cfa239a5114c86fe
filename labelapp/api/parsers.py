"""JSON bodies with a limit."""

import io
import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from labelapp.api.errors import TooLarge


class LimitedJSONParser(JSONParser):
    """JSON of at most `MAX_JSON_BYTES`; NaN and Infinity are refused (DRF's strict mode)."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = stream.read(settings.MAX_JSON_BYTES + 1)
        if len(body) > settings.MAX_JSON_BYTES:
            raise TooLarge(f"A JSON body may have {settings.MAX_JSON_BYTES:,} bytes at most.")
        try:
            found = super().parse(io.BytesIO(body), media_type, parser_context)
            if rb"\ud" in body.lower():
                json.dumps(found, ensure_ascii=False).encode()
        except RecursionError:
            raise ParseError("JSON parse error - too many brackets within each other.") from None
        except UnicodeEncodeError:
            raise ParseError("JSON parse error - half a character (a lone surrogate).") from None
        return found
