"""A check with wrong labels, and a job in which their classes are corrected."""

from typing import Any

from labelapp.catalog.models import Dataset
from tests.api.reviewing import Reviewer
from tests.builders import make_class, make_dataset, make_labels
from tests.cast import Cast, client_of


def shellfish(wrong: int = 3, **extra: Any) -> Dataset:
    """Labels of crab, as many of lobster as are wrong, and the class shrimp without any."""
    dataset = make_dataset("shellfish")
    make_labels(dataset, ["0.9"] * 2, label_class="crab")
    for label in make_labels(dataset, ["0.8"] * wrong, label_class="lobster"):
        label.extra = extra
        label.save(update_fields=["extra"])
    make_class(dataset, "shrimp")
    return dataset


def started(cast: Cast, dataset: Dataset, **fields: Any) -> str:
    admin = client_of(cast.admin)
    body = {"name": "a job", "dataset": str(dataset.pk), **fields}
    made = admin.post("/api/v1/jobs/", body, format="json")
    assert made.status_code == 201, made.json()
    begun = admin.post(f"/api/v1/jobs/{made.json()['id']}/start/", {"force": True}, format="json")
    assert begun.status_code == 200, begun.json()
    return str(made.json()["id"])


def check(cast: Cast, dataset: Dataset, value: str = "disconfirm", **fields: Any) -> str:
    """A check in which every lobster is judged so, and every crab confirmed."""
    job = started(cast, dataset, **fields)
    ana = Reviewer(client_of(cast.ana), job)
    while (batch := ana.claim()["assignment"]) is not None:
        ana.submit(batch, value if batch["label_class"]["name"] == "lobster" else "confirm")
    return job


def correction(cast: Cast, dataset: Dataset, from_job: str = "", **fields: Any) -> Reviewer:
    """Ana, in a job that corrects what a check found wrong."""
    of = from_job or check(cast, dataset)
    job = started(cast, dataset, kind="correction", from_job=of, **fields)
    return Reviewer(client_of(cast.ana), job)
