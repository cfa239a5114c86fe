"""Exports as a test asks for them and reads them."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from labelapp.accounts.models import User
from qa.jobs.models import Job
from qa.verification.models import Item
from tests.api.reviewing import Reviewer
from tests.builders import make_dataset, make_labels, make_running_job
from tests.cast import Cast, client_of

LABELS = "/api/v1/exports/labels/"
PREVIEW = "/api/v1/exports/preview/"


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.content
    content = b"".join(answer.streaming_content)
    answer.close()
    return content.decode()


def get(person: User | None, path: str = LABELS, **query: Any) -> Any:
    return client_of(person).get(path, query)


def stream(cast: Cast, **query: Any) -> str:
    return text_of(get(cast.analyst, **query))


def rows(cast: Cast, **query: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(stream(cast, **query))))


def objects(cast: Cast, **query: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream(cast, format="jsonl", **query).splitlines()]


def reviewed_job(cast: Cast, **fields: Any) -> Job:
    """Four items of two classes judged by two people: confirmed, disconfirmed, split, unsure."""
    dataset = make_dataset()
    make_labels(dataset, ["0.9", "0.8"], label_class="lobster")
    make_labels(dataset, ["0.95", None], label_class="crab")
    job = make_running_job(0, dataset=dataset, reviewers_per_item=2, **fields)
    said = {
        ("lobster", 0.9): ("confirm", "confirm"),
        ("lobster", 0.8): ("disconfirm", "disconfirm"),
        ("crab", 0.95): ("confirm", "disconfirm"),
        ("crab", None): ("unsure", "confirm"),
    }
    plan = {
        str(item.pk): said[item.label_class.name, item.confidence]
        for item in Item.objects.filter(job=job).select_related("label_class")
    }
    for place, person in enumerate((cast.ana, cast.ben)):
        reviewer = Reviewer(client_of(person), job.pk)
        reviewer.work(said_by(plan, place))
    return job


def said_by(plan: dict[str, tuple[str, str]], place: int) -> Callable[[dict[str, Any]], str]:
    return lambda item: plan[item["id"]][place]
