"""Who may call what: every route of the URL resolver against every role, deny by default.

Each line names a route, a method, and the roles that get past the gate. Getting past means any answer
but 401 and 403; 404 for an id that does not exist is fine. A route or method without a line fails.
"""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from labelapp.accounts.services import create_token
from labelapp.api.permissions import PUBLIC
from tests.cast import Cast, client_of

TABLE = """
auth/session/                                POST    stranger admin labeler analyst
auth/session/                                DELETE  admin labeler analyst
auth/token/                                  POST    stranger admin labeler analyst
auth/reset/                                  POST    stranger admin labeler analyst
me/                                          GET     admin labeler analyst
me/                                          PATCH   admin labeler analyst
me/password/                                 POST    admin labeler analyst
me/sign-out-everywhere/                      POST    admin labeler analyst
tokens/                                      GET     admin labeler analyst
tokens/                                      POST    admin labeler analyst
tokens/<uuid:token_id>/                      DELETE  admin labeler analyst
users/                                       GET     admin analyst
users/                                       POST    admin
users/<uuid:user_id>/                        GET     admin analyst
users/<uuid:user_id>/                        PATCH   admin
users/<uuid:user_id>/reset-link/             POST    admin
teams/                                       GET     admin analyst
teams/                                       POST    admin
teams/<uuid:team_id>/                        GET     admin analyst
teams/<uuid:team_id>/                        PATCH   admin
audit/                                       GET     admin
datasets/                                    GET     admin analyst
datasets/                                    POST    admin
datasets/bin/                                GET     admin
datasets/<uuid:dataset_id>/                  GET     admin analyst
datasets/<uuid:dataset_id>/                  PATCH   admin
datasets/<uuid:dataset_id>/                  DELETE  admin
datasets/<uuid:dataset_id>/restore/          POST    admin
datasets/<uuid:dataset_id>/classes/          GET     admin analyst
datasets/<uuid:dataset_id>/classes/          POST    admin
datasets/<uuid:dataset_id>/near-duplicates/  GET     admin analyst
datasets/<uuid:dataset_id>/near-duplicates/  POST    admin
datasets/<uuid:dataset_id>/near-duplicates/groups/ GET admin analyst
datasets/<uuid:dataset_id>/near-duplicates/groups/<int:group_id>/ GET admin analyst
classes/<uuid:class_id>/                     PATCH   admin
classes/<uuid:class_id>/merge/               POST    admin
labels/                                      GET     admin analyst
images/<uuid:image_id>/                      GET     admin analyst
images/<uuid:image_id>/                      DELETE  admin
images/<uuid:image_id>/alike/                GET     admin analyst
images/<uuid:image_id>/warm/                 GET     admin labeler
images/<uuid:image_id>/warm/                 POST    admin labeler
segmenters/                                  GET     admin labeler analyst
model-versions/                              GET     admin analyst
model-versions/                              POST    admin
model-versions/<uuid:version_id>/            GET     admin analyst
annotations/                                 GET     admin labeler analyst
annotations/<uuid:image_id>/                 GET     admin labeler analyst
annotations/<uuid:image_id>/                 PUT     admin labeler
mask-requests/                               POST    admin labeler
mask-requests/<uuid:request_id>/             GET     admin labeler analyst
mask-runs/                                   GET     admin analyst
mask-runs/                                   POST    admin
mask-runs/forecast/                          GET     admin analyst
mask-runs/<uuid:run_id>/                     GET     admin analyst
mask-runs/<uuid:run_id>/refused/             GET     admin analyst
mask-runs/<uuid:run_id>/cancel/              POST    admin
prediction-runs/                             GET     admin analyst
prediction-runs/                             POST    admin
prediction-runs/<uuid:run_id>/               GET     admin analyst
prediction-runs/<uuid:run_id>/cancel/        POST    admin
prediction-runs/<uuid:run_id>/unreadable/    GET     admin analyst
training-runs/                               GET     admin analyst
training-runs/                               POST    admin
training-runs/<uuid:run_id>/                 GET     admin analyst
training-runs/<uuid:run_id>/cancel/          POST    admin
training-runs/<uuid:run_id>/examples/        GET     admin analyst
imports/                                     GET     admin analyst
imports/                                     POST    admin
imports/<uuid:import_id>/                    GET     admin analyst
imports/<uuid:import_id>/                    PATCH   admin
imports/<uuid:import_id>/cancel/             POST    admin
imports/<uuid:import_id>/rejected/           GET     admin analyst
jobs/                                        GET     admin labeler analyst
jobs/                                        POST    admin
jobs/preview/                                POST    admin
jobs/<uuid:job_id>/                          GET     admin labeler analyst
jobs/<uuid:job_id>/                          PATCH   admin
jobs/<uuid:job_id>/                          DELETE  admin
jobs/<uuid:job_id>/start/                    POST    admin
jobs/<uuid:job_id>/pause/                    POST    admin
jobs/<uuid:job_id>/close/                    POST    admin
jobs/<uuid:job_id>/reopen/                   POST    admin
jobs/<uuid:job_id>/claim/                    POST    admin labeler
jobs/<uuid:job_id>/progress/                 GET     admin analyst
jobs/<uuid:job_id>/outlining/                GET     admin analyst
jobs/<uuid:job_id>/correcting/               GET     admin analyst
jobs/<uuid:job_id>/table/                    GET     admin analyst
jobs/<uuid:job_id>/thresholds/               GET     admin analyst
corrections/                                 GET     admin analyst
assignments/                                 GET     admin labeler analyst
assignments/heartbeat/                       POST    admin labeler
assignments/<uuid:assignment_id>/            GET     admin labeler
assignments/<uuid:assignment_id>/draft/      PUT     admin labeler
assignments/<uuid:assignment_id>/submit/     POST    admin labeler
assignments/<uuid:assignment_id>/reopen/     POST    admin labeler
assignments/<uuid:assignment_id>/release/    POST    admin labeler
assignments/<uuid:assignment_id>/skip/       POST    admin labeler
jobs/<uuid:job_id>/labels/                   GET     admin analyst
jobs/<uuid:job_id>/labels/                   POST    admin
items/                                       GET     admin analyst
items/<uuid:item_id>/confidence/             GET     admin labeler
items/<uuid:item_id>/outline/                GET     admin labeler analyst
overview/                                    GET     admin analyst
me/work/                                     GET     admin labeler
exports/                                     GET     admin analyst
exports/                                     POST    admin analyst
exports/labels/                              GET     admin analyst
exports/preview/                             GET     admin analyst
exports/<uuid:export_id>/                    GET     admin analyst
exports/<uuid:export_id>/cancel/             POST    admin analyst
exports/<uuid:export_id>/file/               GET     admin analyst
exports/<uuid:export_id>/manifest/           GET     admin analyst
"""
ROWS = {tuple(line.split()[:2]): set(line.split()[2:]) for line in TABLE.strip().splitlines()}
# Outside /api/v1/; each has tests of its own.
OTHER_PAGES = {
    "api/schema/",
    "api/docs/",
    "healthz",
    "readyz",
    "images/<uuid:image_id>/thumb",
    "images/<uuid:image_id>/full",
    r"^images/(?P<image_id>[0-9a-f-]{36})/(?P<size>part(?:-[0-9]{1,9}){4})$",
    r"^(?!api/|static/|assets/|images/).*$",
}
# Signing out is for the browser; a token is no session.
WRITING = sorted(
    row
    for row, roles in ROWS.items()
    if row[1] != "GET" and "stranger" not in roles and row[0] != "auth/session/"
)


def routes() -> Iterator[tuple[str, URLPattern]]:
    def walk(
        patterns: list[URLPattern | URLResolver], prefix: str
    ) -> Iterator[tuple[str, URLPattern]]:
        for one in patterns:
            path = prefix + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, path)
            else:
                yield path, one

    yield from walk(get_resolver().url_patterns, "")


def api_routes() -> dict[str, URLPattern]:
    prefix = "api/v1/"
    return {path.removeprefix(prefix): one for path, one in routes() if path.startswith(prefix)}


def view_of(route: URLPattern) -> Any:
    return getattr(route.callback, "view_class")  # noqa: B009 (Django adds it, its types do not)


def methods_of(route: URLPattern) -> set[str]:
    view = view_of(route)
    return {
        name.upper() for name in ("get", "post", "put", "patch", "delete") if hasattr(view, name)
    }


def test_every_route_and_method_has_a_line_and_every_line_a_route() -> None:
    known = {(path, method) for path, route in api_routes().items() for method in methods_of(route)}
    assert known == set(ROWS)


def test_every_page_outside_the_api_is_known() -> None:
    outside = {path for path, _ in routes() if not path.startswith("api/v1/")}
    assert outside == OTHER_PAGES


def test_what_is_public_says_so() -> None:
    public = {
        (path, method)
        for path, route in api_routes().items()
        for method, right in view_of(route).rights.items()
        if right == PUBLIC
    }
    assert public == {row for row, roles in ROWS.items() if "stranger" in roles}


def address(path: str) -> str:
    parts = [
        "0"
        if part.startswith("<int:")
        else "0" * 8 + "-0000-4000-8000-" + "0" * 12
        if part.startswith("<")
        else part
        for part in path.split("/")
    ]
    return "/api/v1/" + "/".join(parts)


@pytest.mark.parametrize(("path", "method"), sorted(ROWS))
def test_the_gate_opens_for_these_roles_only(cast: Cast, path: str, method: str) -> None:
    people = {"stranger": None, "admin": cast.admin, "labeler": cast.ana, "analyst": cast.analyst}
    for role, person in people.items():
        answer = client_of(person).generic(method, address(path), "", "application/json")
        allowed = role in ROWS[path, method]
        if allowed:
            assert answer.status_code not in {401, 403, 405, 500}, (role, answer.content)
        else:
            assert answer.status_code == (401 if person is None else 403), (role, answer.content)


@pytest.mark.parametrize(("path", "method"), WRITING)
def test_a_read_only_token_opens_no_writing_route(cast: Cast, path: str, method: str) -> None:
    _, secret = create_token(person=cast.admin, name=str(uuid.uuid4()), read_only=True)
    client = client_of(None)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    answer = client.generic(method, address(path), "", "application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "read_only_token")


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/api/schema/", "/api/docs/"])
def test_the_schema_and_its_page_are_for_people_who_are_signed_in(cast: Cast, page: str) -> None:
    assert client_of(None).get(page).status_code == 401
    assert client_of(cast.ana).get(page).status_code == 200
