"""What every request and every page gets: an id, and a policy of what a page may load."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware

from labelapp.api.errors import LengthRequired
from labelapp.api.handler import problem_response
from labelapp.api.request_id import begin_request

type_of_get = Callable[[HttpRequest], HttpResponseBase]

# Mantine sets CSS variables in style attributes and one <style> element, hence 'unsafe-inline' for
# styles only. Pictures come from this server, or by redirect from the bucket's presigned URLs.
PAGE_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob: {images}",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


class RequestIdMiddleware:
    def __init__(self, get_response: type_of_get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = begin_request(request.headers.get("X-Request-Id"))
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class _SameRequestElsewhere(HttpResponsePermanentRedirect):
    status_code = 308


class SlashMiddleware(CommonMiddleware):
    """A forgotten slash at the end leads to the address with it. 308 keeps method and body; behind a
    301 most clients would send a GET, and a POST would read as a list."""

    response_redirect_class = _SameRequestElsewhere


class LengthMiddleware:
    """Refuses a body in chunks. Django reads as many bytes as were announced, so it would be taken for
    an empty one: a claim that holds nothing, a start without its `force`."""

    def __init__(self, get_response: type_of_get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            return problem_response(LengthRequired())
        return self.get_response(request)


class PagePolicyMiddleware:
    def __init__(self, get_response: type_of_get) -> None:
        from django.conf import settings

        self.get_response = get_response
        bucket = settings.S3_OPTIONS["endpoint_url"] or "https://*.amazonaws.com"
        images = bucket if settings.PICTURE_STORAGE == "s3" else ""
        self.policy = PAGE_POLICY.format(images=images).replace(" ;", ";")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", self.policy)
        response.setdefault("X-Frame-Options", "DENY")
        return response
