"""Sign-in, own account, people, teams, tokens, audit."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from labelapp.accounts.models import AuditEntry, ResetLink, Token, User
from labelapp.accounts.roles import Role
from labelapp.accounts.services import create_token, first_accounts
from qa.jobs.models import Assignment, Batch
from tests.api.reviewing import Reviewer
from tests.builders import PASSWORD, make_running_job, make_user
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
SIGN_IN = "/api/v1/auth/session/"


def with_token(secret: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def test_a_person_signs_in_and_out(cast: Cast) -> None:
    client = APIClient()
    answer = client.post(SIGN_IN, {"username": "ANA", "password": PASSWORD}, format="json")
    assert answer.status_code == 200
    assert answer.json() == client.get("/api/v1/me/").json()
    assert answer.json()["teams"] == [{"id": str(cast.red.pk), "name": "red"}]
    assert client.delete(SIGN_IN).status_code == 204
    assert client.get("/api/v1/me/").status_code == 401


def test_a_wrong_password_and_an_unknown_name_answer_alike(cast: Cast) -> None:
    answers = [
        APIClient().post(SIGN_IN, {"username": name, "password": "nope"}, format="json")
        for name in ("ana", "nobody")
    ]
    documents = [{**one.json(), "request_id": ""} for one in answers]
    assert [one.status_code for one in answers] == [401, 401]
    assert documents[0] == documents[1]
    assert documents[0]["code"] == "sign_in_failed"
    assert answers[0]["Content-Type"] == "application/problem+json"


def test_somebody_deactivated_cannot_sign_in(cast: Cast) -> None:
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    answer = APIClient().post(SIGN_IN, {"username": "ana", "password": PASSWORD}, format="json")
    assert answer.status_code == 401


def test_ten_failures_a_minute_then_429_also_for_the_right_password(
    cast: Cast, settings: Settings
) -> None:
    settings.RATE_LIMITS = True
    client = APIClient(REMOTE_ADDR="10.9.8.7")
    wrong = {"username": "ben", "password": "nope"}
    codes = [client.post(SIGN_IN, wrong, format="json").status_code for _ in range(10)]
    assert codes == [401] * 10
    limited = client.post("/api/v1/auth/token/", {**wrong, "password": PASSWORD}, format="json")
    assert limited.status_code == 429
    assert 1 <= int(limited["Retry-After"]) <= 60
    elsewhere = APIClient(REMOTE_ADDR="10.9.8.6").post(
        SIGN_IN, {"username": "ben", "password": PASSWORD}, format="json"
    )
    assert elsewhere.status_code == 200


def test_one_person_is_limited_to_200_calls_a_second(
    cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATE_LIMITS = True
    monkeypatch.setattr("labelapp.api.throttles.time.time", lambda: 1_000_000_000.0)
    client = client_of(cast.ana)
    codes = [client.get("/api/v1/me/").status_code for _ in range(201)]
    assert codes == [200] * 200 + [429]


def test_the_browser_needs_the_csrf_header(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ana)
    refused = client.post("/api/v1/tokens/", {"name": "x"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    assert client.get("/").status_code in {200, 503}
    token = client.cookies["csrftoken"]
    assert not token["httponly"]
    accepted = client.post(
        "/api/v1/tokens/",
        {"name": "x"},
        content_type="application/json",
        headers={"X-CSRFToken": token.value},
    )
    assert accepted.status_code == 201


def test_signing_in_itself_needs_the_csrf_header(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    body = {"username": "ben", "password": PASSWORD}
    assert client.post(SIGN_IN, body, content_type="application/json").status_code == 403
    client.get("/")
    header = {"X-CSRFToken": client.cookies["csrftoken"].value}
    answer = client.post(SIGN_IN, body, content_type="application/json", headers=header)
    assert answer.status_code == 200


def test_a_token_is_shown_once_and_kept_as_a_hash(cast: Cast) -> None:
    made = APIClient().post(
        "/api/v1/auth/token/",
        {"username": "ana", "password": PASSWORD, "name": "laptop"},
        format="json",
    )
    assert made.status_code == 201
    secret = made.json()["token"]
    assert with_token(secret).get("/api/v1/me/").json()["username"] == "ana"
    listed = with_token(secret).get("/api/v1/tokens/").json()["results"]
    assert [one["name"] for one in listed] == ["laptop"]
    assert secret not in str(listed)
    assert secret.encode() not in bytes(Token.objects.get().secret_sha256)


def test_a_read_only_token_reads_and_does_not_write(cast: Cast) -> None:
    _, secret = create_token(person=cast.admin, name="reader", read_only=True)
    client = with_token(secret)
    assert client.get("/api/v1/users/").status_code == 200
    refused = client.post("/api/v1/teams/", {"name": "green"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "read_only_token")


@pytest.mark.parametrize("end", ["revoked", "expired", "owner deactivated"])
def test_a_token_that_ended_opens_nothing(cast: Cast, end: str) -> None:
    token, secret = create_token(person=cast.ana, name="t", days=1)
    if end == "revoked":
        client_of(cast.ana).delete(f"/api/v1/tokens/{token.pk}/")
    elif end == "expired":
        Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    refused = with_token(secret).get("/api/v1/me/")
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"].startswith("Bearer")


def test_nobody_revokes_somebody_elses_token(cast: Cast) -> None:
    token, secret = create_token(person=cast.ana, name="t")
    assert client_of(cast.admin).delete(f"/api/v1/tokens/{token.pk}/").status_code == 404
    assert with_token(secret).get("/api/v1/me/").status_code == 200


def test_signing_out_everywhere_ends_other_browsers(cast: Cast) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        browser.force_login(cast.ana)
    assert here.post("/api/v1/me/sign-out-everywhere/").status_code == 204
    assert there.get("/api/v1/me/").status_code == 401


def test_a_new_password_ends_other_browsers_and_keeps_this_one(cast: Cast) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        browser.force_login(cast.ana)
    body = {"current": PASSWORD, "new": "a longer battery staple"}
    changed = here.post("/api/v1/me/password/", body, content_type="application/json")
    assert changed.status_code == 204
    assert here.get("/api/v1/me/").status_code == 200
    assert there.get("/api/v1/me/").status_code == 401


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"current": "wrong", "new": "a longer battery staple"}, "password_wrong", "current"),
        ({"current": PASSWORD, "new": "12345678"}, "invalid", "password"),
    ],
)
def test_a_wrong_or_weak_password_is_refused(
    cast: Cast, body: dict[str, str], code: str, field: str
) -> None:
    refused = client_of(cast.ana).post("/api/v1/me/password/", body, format="json")
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert field in refused.json()["errors"]


def test_a_reset_link_works_once(cast: Cast) -> None:
    made = client_of(cast.admin).post(f"/api/v1/users/{cast.ana.pk}/reset-link/")
    secret = made.json()["url"].rsplit("/", 1)[1]
    weak = {"token": secret, "password": "short"}
    assert APIClient().post("/api/v1/auth/reset/", weak, format="json").status_code == 400
    good = {"token": secret, "password": "another long phrase"}
    assert APIClient().post("/api/v1/auth/reset/", good, format="json").status_code == 200
    again = APIClient().post("/api/v1/auth/reset/", good, format="json")
    assert (again.status_code, again.json()["code"]) == (410, "link_used")
    signed_in = {"username": "ana", "password": "another long phrase"}
    assert APIClient().post(SIGN_IN, signed_in, format="json").status_code == 200


def test_an_expired_reset_link_is_refused(cast: Cast) -> None:
    made = client_of(cast.admin).post(f"/api/v1/users/{cast.ana.pk}/reset-link/")
    ResetLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    body = {"token": made.json()["url"].rsplit("/", 1)[1], "password": "another long phrase"}
    assert APIClient().post("/api/v1/auth/reset/", body, format="json").status_code == 410


def test_an_admin_adds_people_and_names_are_unique_in_any_case(cast: Cast) -> None:
    admin = client_of(cast.admin)
    body = {"username": "Eve", "role": "labeler", "teams": [str(cast.red.pk)]}
    made = admin.post("/api/v1/users/", body, format="json")
    assert made.status_code == 201
    assert made.json()["teams"][0]["name"] == "red"
    taken = admin.post("/api/v1/users/", {**body, "username": "EVE"}, format="json")
    assert (taken.status_code, taken.json()["code"]) == (400, "username_taken")
    odd = admin.post("/api/v1/users/", {**body, "username": "a b"}, format="json")
    assert odd.json()["errors"] == {"username": ["Use letters, digits and . @ + - _ only."]}


def test_the_last_admin_stays_an_admin(cast: Cast) -> None:
    admin = client_of(cast.admin)
    for change in ({"role": "labeler"}, {"is_active": False}):
        refused = admin.patch(f"/api/v1/users/{cast.admin.pk}/", change, format="json")
        assert (refused.status_code, refused.json()["code"]) == (409, "last_admin")
    make_user("second", Role.ADMIN)
    assert (
        admin.patch(f"/api/v1/users/{cast.admin.pk}/", {"role": "analyst"}, format="json")
    ).status_code == 200


def test_the_leases_of_somebody_deactivated_return_and_their_verdicts_stay(cast: Cast) -> None:
    job = make_running_job(30)
    ana = Reviewer(client_of(cast.ana), job.pk)
    ana.submit(ana.take())
    held = ana.take()
    change = {"is_active": False}
    client_of(cast.admin).patch(f"/api/v1/users/{cast.ana.pk}/", change, format="json")
    assert Assignment.objects.get(pk=held["id"]).state == "released"
    assert Batch.objects.filter(places=1, returned=True).count() == 1
    assert Assignment.objects.filter(state="submitted").count() == 1


def test_team_names_are_unique_in_any_case(cast: Cast) -> None:
    refused = client_of(cast.admin).post("/api/v1/teams/", {"name": "RED"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (400, "team_name_taken")


def test_the_audit_log_says_who_changed_what(cast: Cast) -> None:
    admin = client_of(cast.admin)
    admin.patch(f"/api/v1/users/{cast.ana.pk}/", {"role": "analyst"}, format="json")
    entry = admin.get("/api/v1/audit/").json()["results"][0]
    assert (entry["actor_name"], entry["action"], entry["subject"]) == (
        "admin",
        "user.change",
        "ana",
    )
    assert entry["details"]["before"]["role"] == "labeler"
    assert entry["details"]["after"]["role"] == "analyst"


def test_no_secret_reaches_the_audit_log(cast: Cast) -> None:
    _, secret = create_token(person=cast.ana, name="t")
    made = client_of(cast.admin).post(f"/api/v1/users/{cast.ana.pk}/reset-link/")
    log = str(list(AuditEntry.objects.values()))
    assert secret not in log
    assert made.json()["url"].rsplit("/", 1)[1] not in log


def test_lists_come_in_pages(cast: Cast) -> None:
    admin = client_of(cast.admin)
    seen, address = [], "/api/v1/users/?page_size=3"
    while address:
        page = admin.get(address).json()
        seen += [one["username"] for one in page["results"]]
        address = page["next"]
    assert sorted(seen) == ["admin", "ana", "analyst", "ben"]
    for wrong in ("page_size=0", "page_size=2001", "page_size=x", "cursor=x"):
        assert admin.get(f"/api/v1/users/?{wrong}").status_code == 400


def test_a_body_over_the_limit_and_a_broken_one_have_their_own_answers(cast: Cast) -> None:
    admin = client_of(cast.admin)
    large = admin.post("/api/v1/teams/", {"name": "x" * 2_100_000}, format="json")
    assert (large.status_code, large.json()["code"]) == (413, "too_large")
    broken = admin.post("/api/v1/teams/", "{", content_type="application/json")
    assert (broken.status_code, broken.json()["code"]) == (400, "malformed_json")
    assert broken.json()["request_id"]


def test_the_command_makes_a_person_and_a_new_team(db: None) -> None:
    out = StringIO()
    call_command("create_user", "mira", "--role", "labeler", "--team", "night", stdout=out)
    person = User.objects.get(username="mira")
    password = out.getvalue().split("Password: ")[1].strip()
    assert person.check_password(password)
    assert [team.name for team in person.teams.all()] == ["night"]
    with pytest.raises(CommandError, match="has this user name already"):
        call_command("create_user", "MIRA", "--role", "admin", stdout=out)


def test_the_command_prints_a_token_alone(cast: Cast) -> None:
    out = StringIO()
    call_command("api_token", "ana", "--read-only", "--days", "3", stdout=out)
    assert with_token(out.getvalue().strip()).get("/api/v1/me/").status_code == 200
    token = Token.objects.get()
    assert token.read_only
    assert token.expires_at is not None
    with pytest.raises(CommandError, match="no active person"):
        call_command("api_token", "nobody")


def test_the_first_start_makes_accounts_once(db: None) -> None:
    made = first_accounts(demo=True)
    assert [(name, role) for name, role, _ in made] == [
        ("admin", "admin"),
        ("labeler", "labeler"),
        ("analyst", "analyst"),
    ]
    assert first_accounts(demo=True) == []
