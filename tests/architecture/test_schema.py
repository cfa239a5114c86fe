"""The OpenAPI document: valid, and without the warnings that hide two shapes under one name."""

from pathlib import Path

import pytest
from django.core.management import call_command


def test_the_schema_is_valid_and_no_two_shapes_share_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("spectacular", file=str(tmp_path / "schema.yml"), validate=True, fail_on_warn=True)
    assert "Warning" not in capsys.readouterr().err
