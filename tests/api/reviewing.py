"""A reviewer as the API sees one."""

import uuid
from collections.abc import Callable
from typing import Any

from rest_framework.test import APIClient


class Reviewer:
    """Claims and submits through the API; every call is expected to succeed unless said otherwise."""

    def __init__(self, client: APIClient, job_id: Any) -> None:
        self.client, self.job_id = client, job_id

    def claim(self, *holding: str) -> dict[str, Any]:
        answer = self.client.post(
            f"/api/v1/jobs/{self.job_id}/claim/", {"holding": list(holding)}, format="json"
        )
        assert answer.status_code == 200, answer.json()
        found: dict[str, Any] = answer.json()
        return found

    def take(self, *holding: str) -> dict[str, Any]:
        """The next assignment; there must be one."""
        assignment = self.claim(*holding)["assignment"]
        assert isinstance(assignment, dict)
        return assignment

    def post(self, path: str, body: Any = None, key: str | None = None) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.post(f"/api/v1/{path}", body or {}, format="json", headers=headers)

    def send(
        self, assignment: dict[str, Any], verdicts: dict[str, Any], key: str | None = None
    ) -> Any:
        """Submit; answers the response as it is."""
        return self.post(
            f"assignments/{assignment['id']}/submit/",
            {"verdicts": verdicts, "active_ms": 1000},
            key or str(uuid.uuid4()),
        )

    def submit(
        self, assignment: dict[str, Any], value: str | Callable[[dict[str, Any]], Any] = "confirm"
    ) -> dict[str, Any]:
        verdicts = all_of(assignment, value)
        answer = self.send(assignment, verdicts)
        assert answer.status_code == 200, answer.json()
        found: dict[str, Any] = answer.json()
        return found

    def draft(
        self, assignment: dict[str, Any], verdicts: dict[str, Any], revision: int, **more: Any
    ) -> Any:
        body = {"verdicts": verdicts, "revision": revision, "client": "tab", **more}
        return self.client.put(
            f"/api/v1/assignments/{assignment['id']}/draft/", body, format="json"
        )

    def work(
        self, value: str | Callable[[dict[str, Any]], Any] = "confirm"
    ) -> list[dict[str, Any]]:
        """Claim and submit until nothing is left; the assignments."""
        done = []
        while (assignment := self.claim()["assignment"]) is not None:
            self.submit(assignment, value)
            done.append(assignment)
        return done


def all_of(
    assignment: dict[str, Any], value: str | Callable[[dict[str, Any]], Any] = "confirm"
) -> dict[str, Any]:
    """The same verdict for each item, or what `value(item)` says."""
    return {item["id"]: value(item) if callable(value) else value for item in assignment["items"]}
