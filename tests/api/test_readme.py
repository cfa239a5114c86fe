"""The README's example works as printed, against a server that listens."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from tests.api.reviewing import Reviewer
from tests.builders import make_running_job
from tests.cast import Cast, client_of

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.django_db(transaction=True)
def test_the_example_in_the_readme_works_as_printed(
    cast: Cast, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make_running_job(30)
    Reviewer(client_of(cast.ana), job.pk).work()
    token = StringIO()
    call_command("api_token", "analyst", "--read-only", stdout=token)
    monkeypatch.setenv("LABELAPP_TOKEN", token.getvalue().strip())
    found = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert found is not None
    printed = found.group(1)
    assert "http://127.0.0.1:8000" in printed
    names: dict[str, object] = {}
    exec(printed.replace("http://127.0.0.1:8000", live_server.url), names)
    labels = str(names["labels"]).splitlines()
    assert labels[0].startswith("image,label,confidence,outcome,confirm_count")
    assert len(labels) == 31
    assert isinstance(names["thresholds"], list)
    assert names["thresholds"][0]["label_class"]["name"] == "crab"
