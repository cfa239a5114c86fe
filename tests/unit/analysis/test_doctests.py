"""The examples in the docstrings of the pure modules are true."""

import doctest
import importlib
from types import ModuleType

import pytest

MODULES = [
    importlib.import_module(name)
    for name in (
        "qa.analysis.agreement",
        "qa.analysis.intervals",
        "qa.analysis.table",
        "qa.analysis.walk",
        "qa.verification.outcome",
    )
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_its_examples_run(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
