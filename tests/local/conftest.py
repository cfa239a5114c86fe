from collections.abc import Iterator

import pytest

from tests.local.installation import Installation


@pytest.fixture(scope="module")
def labelapp() -> Iterator[Installation]:
    """A running labelapp, shared by the tests of a module."""
    made = Installation()
    try:
        made.start()
        yield made
    finally:
        made.remove()


@pytest.fixture
def not_started() -> Iterator[Installation]:
    """A labelapp on an empty folder that the test starts itself."""
    made = Installation()
    try:
        yield made
    finally:
        made.remove()
