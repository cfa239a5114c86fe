"""Several people at the same moment: each function in a thread and a connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection


def together(*functions: Callable[[], Any]) -> list[Any]:
    """Run the functions at once, from a common start; their results or exceptions, in order."""
    start = threading.Barrier(len(functions))

    def run(function: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return function()
        except Exception as error:  # noqa: BLE001 (handed to the test, which looks at each)
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(functions)) as pool:
        return list(pool.map(run, functions))


def faults(results: list[Any], *expected: type[Exception]) -> list[Exception]:
    """The exceptions among the results that a test did not expect."""
    return [one for one in results if isinstance(one, Exception) and not isinstance(one, expected)]
