"""Picking single people for a job makes, or picks, the team of exactly these."""

from typing import Any

import pytest

from labelapp.accounts.models import Team, User
from labelapp.accounts.roles import Role
from qa.jobs.models import Job
from tests.builders import make_dataset, make_job, make_labels, make_team, make_user
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def made(cast: Cast, people: list[User], **fields: Any) -> Any:
    dataset = make_dataset()
    make_labels(dataset, ["0.9"])
    body = {
        "name": "check",
        "dataset": str(dataset.pk),
        "people": [str(person.pk) for person in people],
        **fields,
    }
    return client_of(cast.admin).post("/api/v1/jobs/", body, format="json")


def test_a_team_is_made_of_them_and_named_after_them(cast: Cast) -> None:
    answer = made(cast, [cast.ben, cast.ana])
    assert answer.status_code == 201, answer.json()
    team = Team.objects.get(pk=answer.json()["team"])
    assert (team.name, set(team.members.all())) == ("ana and ben", {cast.ana, cast.ben})
    assert cast.red in cast.ana.teams.all(), "nobody leaves another team"


def test_the_team_that_is_exactly_these_is_picked(cast: Cast) -> None:
    whoever_left = make_user("gone", teams=[cast.red])
    User.objects.filter(pk=whoever_left.pk).update(is_active=False)
    answer = made(cast, [cast.ana])
    assert answer.json()["team"] == str(cast.red.pk)
    assert Team.objects.count() == 2


def test_a_team_with_somebody_else_in_it_is_another(cast: Cast) -> None:
    make_user("eve", teams=[cast.red])
    answer = made(cast, [cast.ana])
    assert answer.json()["team_name"] == "ana"
    assert cast.red.members.count() == 2


def test_a_name_that_is_taken_gets_a_number(cast: Cast) -> None:
    make_team("Ana and Ben")
    assert made(cast, [cast.ana, cast.ben]).json()["team_name"] == "ana and ben 2"


def test_many_names_are_cut(cast: Cast) -> None:
    people = [make_user(f"reviewer-{number:03}") for number in range(40)]
    name = made(cast, people).json()["team_name"]
    assert name == "reviewer-000, reviewer-001, reviewer-002 and 37 more"


def test_only_active_labelers_can_be_picked_and_not_beside_a_team(cast: Cast) -> None:
    away = make_user("away")
    User.objects.filter(pk=away.pk).update(is_active=False)
    for wrong in ([cast.admin], [away]):
        answer = made(cast, wrong)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["people"])
    both = made(cast, [cast.ana], team=str(cast.red.pk))
    assert (both.status_code, list(both.json()["errors"])) == (400, ["people"])
    assert (Team.objects.count(), Job.objects.count()) == (2, 0)


def test_a_job_that_cannot_be_made_leaves_no_team_behind(cast: Cast) -> None:
    assert made(cast, [cast.ana, cast.ben], certify=True).status_code == 400
    assert Team.objects.count() == 2


def test_the_reviewers_of_a_started_job_can_be_picked_anew(cast: Cast) -> None:
    job = make_job(make_dataset(), team=cast.red)
    address = f"/api/v1/jobs/{job.pk}/"
    people = [str(cast.ana.pk), str(cast.ben.pk)]
    changed = client_of(cast.admin).patch(address, {"people": people}, format="json")
    assert changed.json()["team_name"] == "ana and ben"
    kept = client_of(cast.admin).patch(address, {"people": []}, format="json")
    assert kept.json()["team_name"] == "ana and ben"


def test_an_analyst_can_not(cast: Cast) -> None:
    analyst = make_user("other", Role.ANALYST)
    answer = client_of(analyst).post("/api/v1/jobs/", {"people": ["x"]}, format="json")
    assert answer.status_code == 403


def test_null_is_the_default_of_everything_that_has_one(cast: Cast) -> None:
    dataset = make_dataset()
    make_labels(dataset, ["0.9"] * 3)
    fields = ["source", "label_classes", "min_confidence", "max_confidence", "cap_per_class"]
    fields += ["batch_size", "order", "rule", "team", "people", "instructions", "seed", "plan"]
    body = {"name": "all", "dataset": str(dataset.pk), **dict.fromkeys(fields)}
    answer = client_of(cast.admin).post("/api/v1/jobs/", body, format="json")
    assert answer.status_code == 201, answer.json()
    job = answer.json()
    assert (job["items"], job["batch_size"], job["order"], job["rule"]) == (
        3,
        25,
        "random",
        "unanimous",
    )
    nameless = client_of(cast.admin).post("/api/v1/jobs/", {**body, "name": None}, format="json")
    assert list(nameless.json()["errors"]) == ["name"]
    change = client_of(cast.admin).patch(
        f"/api/v1/jobs/{job['id']}/", {"rule": None}, format="json"
    )
    assert list(change.json()["errors"]) == ["rule"], (
        "a change to nothing is no change to the default"
    )
