"""Rows of hand-written SQL are the very rows that the ORM reads."""

import pytest
from django.db.models import Model

from labelapp.accounts.models import Token, User
from labelapp.accounts.services import create_token
from labelapp.rows import first_of, rows_of
from qa.jobs.dealing import claim
from qa.jobs.models import Assignment, Batch, Job, Share
from tests.builders import make_running_job, make_team, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Job, Assignment, Batch, Share, Token, User])
def test_a_row_is_what_the_orm_reads_in_whatever_order_the_columns_come(model: type[Model]) -> None:
    team, person = make_team(), make_user("ana")
    person.teams.add(team)
    create_token(person=person, name="script", read_only=True)
    job = make_running_job(5, team=team, examples=[{"image": "x", "right": True}])
    claim(person=person, job_id=job.pk, holding=[])
    Assignment.objects.update(draft={"some": ["mark"]})

    read = {one.pk: one for one in model._base_manager.all()}
    fields = [f'"{field.attname}"' for field in model._meta.concrete_fields]
    for columns in (fields, fields[::-1]):
        statement = f"SELECT {', '.join(columns)} FROM {model._meta.db_table}"
        found = rows_of(model, statement, [])
        assert found
        for one in found:
            expected = read[one.pk]
            for field in model._meta.concrete_fields:
                name, value = field.attname, getattr(one, field.attname)
                wanted = getattr(expected, name)
                same = (
                    bytes(value) == bytes(wanted)
                    if isinstance(value, memoryview)
                    else value == wanted
                )
                assert same, name
            assert not one._state.adding


def test_no_row_is_none() -> None:
    assert first_of(Job, "SELECT * FROM jobs_job WHERE name = %s", ["nobody's"]) is None
