"""labelapp: check and make image labels at scale."""

from labelapp.celery import app as celery_app

# Imported here so that every process that loads the project enqueues to our broker: without it a
# task declared in an app would talk to Celery's default address.
__all__ = ["celery_app"]
