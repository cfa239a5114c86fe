"""The web process: what gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labelapp.settings")
application = get_wsgi_application()


def _load_routes() -> None:
    """Loads every view now: gunicorn's processes share them, and no first request waits for it."""
    from django.urls import resolve

    resolve("/healthz")


_load_routes()
