#!/usr/bin/env python
"""labelapp's commands. They work beside a running `make run` with the same DATA_DIR."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labelapp.settings")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        sys.exit(_explanation(error))


def _explanation(error: OperationalError) -> str:
    """What to do when the database does not answer; a traceback would only hide it."""
    from django.conf import settings

    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        return f"The database in DATABASE_URL does not answer: {error}".strip()
    return (
        f"make run is not running for {settings.DATA_DIR}: start it with `make run` in another"
        " terminal, or give DATA_DIR or DATABASE_URL."
    )


if __name__ == "__main__":
    main()
