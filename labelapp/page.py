"""The one HTML page; the front end routes within it."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

NOT_BUILT = (
    "<!doctype html><title>labelapp</title><p>The front end is not built. Run <code>make run</code>, "
    "or <code>npm run build</code> in <code>frontend/</code>. The API works: "
    '<a href="/api/docs/">/api/docs/</a>.'
)


@cache
def _built_page(path: Path) -> str:
    return path.read_text()


@require_safe
@never_cache
@ensure_csrf_cookie
def page(request: HttpRequest) -> HttpResponse:
    """Answer the built `index.html` for every address of the front end, with the CSRF cookie."""
    index = settings.FRONTEND_DIST / "index.html"
    if not index.is_file():
        return HttpResponse(NOT_BUILT, status=503)
    return HttpResponse(_built_page(index) if not settings.DEBUG else index.read_text())
