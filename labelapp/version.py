"""The version of the application: the first heading of CHANGELOG.md."""

from functools import cache

from django.conf import settings


@cache
def version() -> str:
    """Return the version, such as `0.1.0`."""
    with (settings.BASE_DIR / "CHANGELOG.md").open(encoding="utf-8") as changes:
        heading = next(line for line in changes if line.startswith("#"))
    return heading.lstrip("# ").split()[0]
