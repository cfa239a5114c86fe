"""Hand-written SQL: its rows are the very rows that the ORM reads, and it is prepared once a connection."""

import pytest
from django.db import connection, transaction
from django.db.models import Model

from labelapp.accounts.models import Token, User
from labelapp.accounts.services import create_token
from labelapp.statements import Statement, columns, joined_in_bulk, model_of
from qa.jobs.dealing import claim
from qa.jobs.models import Assignment, Batch, Job, Share
from tests.builders import make_running_job, make_team, make_user

pytestmark = pytest.mark.django_db

TWICE = Statement("SELECT %(a)s::int, %(b)s::text, %(a)s::int * 2")


@pytest.mark.parametrize("model", [Job, Assignment, Batch, Share, Token, User])
def test_a_row_is_what_the_orm_reads(model: type[Model]) -> None:
    team, person = make_team(), make_user("ana")
    person.teams.add(team)
    create_token(person=person, name="script", read_only=True)
    job = make_running_job(5, team=team, examples=[{"image": "x", "right": True}])
    claim(person=person, job_id=job.pk, holding=[])
    Assignment.objects.update(draft={"some": ["mark"]})

    read = {one.pk: one for one in model._base_manager.all()}
    table = model._meta.db_table
    alone = Statement(f"SELECT {columns(model)} FROM {table}")
    second = Statement(
        f"SELECT {columns(Job, 'j')}, {columns(model, 'm')} FROM {table} m, jobs_job j"
    )
    found = [model_of(model, row) for row in alone.rows()]
    found += [model_of(model, row, after=[Job]) for row in second.rows()]
    assert found
    for one in found:
        for field in model._meta.concrete_fields:
            name = field.attname
            value, wanted = getattr(one, name), getattr(read[one.pk], name)
            same = (
                bytes(value) == bytes(wanted) if isinstance(value, memoryview) else value == wanted
            )
            assert same, name
        assert not one._state.adding


def test_no_row_is_none() -> None:
    assert Statement("SELECT 1 WHERE false").row() is None


def _prepared() -> int:
    return sum(row[0] for row in Statement("SELECT count(*) FROM pg_prepared_statements").rows())


def test_a_value_may_stand_twice_and_hold_any_text() -> None:
    assert TWICE.row(a=7, b="%s $1 '") == (7, "%s $1 '", 14)


@pytest.mark.django_db(transaction=True)
def test_it_is_prepared_once_by_each_connection_and_outlives_a_rollback() -> None:
    doubled = Statement("SELECT %(number)s::int * 2")
    _prepared()
    before = _prepared()
    transaction.set_autocommit(False)
    assert doubled.row(number=1) == (2,)
    transaction.rollback()
    transaction.set_autocommit(True)
    assert doubled.row(number=2) == (4,)
    assert _prepared() == before + 1
    connection.close()
    assert doubled.row(number=3) == (6,)


@pytest.mark.django_db(transaction=True)
def test_a_column_added_meanwhile_does_no_harm_to_a_prepared_statement() -> None:
    every = Statement(f"SELECT {columns(Share)} FROM jobs_share WHERE id = %(id)s")
    assert every.rows(id=1) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE jobs_share ADD COLUMN later int")
        try:
            assert every.rows(id=1) == []
        finally:
            cursor.execute("ALTER TABLE jobs_share DROP COLUMN later")


def test_it_says_how_many_rows_it_changed() -> None:
    make_team("a")
    make_team("b")
    assert Statement("UPDATE accounts_team SET name = name").run() == 2


def test_joins_in_bulk_look_no_row_up_and_leave_the_transaction_as_it_was() -> None:
    plan = Statement("SELECT current_setting('enable_nestloop')")
    with joined_in_bulk():
        assert plan.row() == ("off",)
    assert plan.row() == ("on",)
