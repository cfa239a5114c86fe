"""Sign-in, own account, people, teams, tokens, audit."""

from typing import Any
from uuid import UUID

from django.contrib.auth import authenticate, login, logout
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from labelapp.accounts import selectors, services
from labelapp.accounts.authentication import SignInAuthentication
from labelapp.accounts.errors import SignInFailed
from labelapp.accounts.models import User
from labelapp.accounts.roles import Right, Role
from labelapp.accounts.serializers import (
    AuditEntryOut,
    MeOut,
    OwnNameIn,
    PasswordIn,
    ResetIn,
    ResetLinkOut,
    SignInIn,
    TeamIn,
    TeamOut,
    TokenIn,
    TokenMadeOut,
    TokenOut,
    TokenSignInIn,
    UserChangeIn,
    UserIn,
    UserOut,
)
from labelapp.api.input import checked, person_of
from labelapp.api.pagination import page_of, page_response
from labelapp.api.permissions import PUBLIC
from labelapp.api.schema import PAGE_PARAMETERS, page_schema
from labelapp.api.throttles import FailureLimit

SIGN_IN_FAILURES = FailureLimit("sign-in", limit=10, window=60)


def _signed_in(request: Request, username: str, password: str) -> User:
    """The person, when the password fits; failures count against (account, address)."""
    key = f"{username.casefold()}|{request.META.get('REMOTE_ADDR', '')}"
    SIGN_IN_FAILURES.check(key)
    user = authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        SIGN_IN_FAILURES.count(key)
        raise SignInFailed
    return user


class SessionView(APIView):
    """The browser's session: sign in and out."""

    rights = {"POST": PUBLIC, "DELETE": Right.OWN_ACCOUNT}
    authentication_classes: Any = [SignInAuthentication]

    @extend_schema(request=SignInIn, responses=MeOut, auth=[])
    def post(self, request: Request) -> Response:
        given = checked(SignInIn, request)
        user = _signed_in(request, given["username"], given["password"])
        login(request._request, user)
        return Response(MeOut(user).data)

    @extend_schema(request=None, responses={204: None}, auth=[{"session": []}])  # type: ignore[list-item] # OpenAPI wants the object
    def delete(self, request: Request) -> Response:
        logout(request._request)
        return Response(status=204)


class TokenSignInView(APIView):
    """A token for a script, in exchange for user name and password."""

    rights = {"POST": PUBLIC}
    authentication_classes: Any = []

    @extend_schema(request=TokenSignInIn, responses={201: TokenMadeOut}, auth=[])
    def post(self, request: Request) -> Response:
        given = checked(TokenSignInIn, request)
        user = _signed_in(request, given["username"], given["password"])
        token, secret = services.create_token(
            person=user,
            name=given["name"],
            read_only=given["read_only"],
            days=given["days"],
        )
        return Response({**TokenOut(token).data, "token": secret}, status=201)


class ResetView(APIView):
    """Set a password with a one-time link."""

    rights = {"POST": PUBLIC}
    authentication_classes: Any = []

    @extend_schema(request=ResetIn, responses=MeOut, auth=[])
    def post(self, request: Request) -> Response:
        given = checked(ResetIn, request)
        user = services.use_reset_link(secret=given["token"], password=given["password"])
        return Response(MeOut(user).data)


class MeView(APIView):
    rights = {"GET": Right.OWN_ACCOUNT, "PATCH": Right.OWN_ACCOUNT}

    @extend_schema(responses=MeOut)
    def get(self, request: Request) -> Response:
        return Response(MeOut(person_of(request)).data)

    @extend_schema(request=OwnNameIn, responses=MeOut)
    def patch(self, request: Request) -> Response:
        given = checked(OwnNameIn, request)
        user = services.rename_self(person=person_of(request), name=given["name"])
        return Response(MeOut(user).data)


class PasswordView(APIView):
    """Change one's own password; other sessions end, this one goes on."""

    rights = {"POST": Right.OWN_ACCOUNT}

    @extend_schema(request=PasswordIn, responses={204: None})
    def post(self, request: Request) -> Response:
        person = person_of(request)
        given = checked(PasswordIn, request)
        services.change_own_password(person=person, **given)
        if request.auth is None:
            login(request._request, person)
        return Response(status=204)


class SignOutEverywhereView(APIView):
    """End all of one's sessions, this one included; tokens stay."""

    rights = {"POST": Right.OWN_ACCOUNT}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        services.sign_out_everywhere(person=person_of(request))
        return Response(status=204)


class TokensView(APIView):
    rights = {"GET": Right.OWN_ACCOUNT, "POST": Right.OWN_ACCOUNT}

    @extend_schema(parameters=PAGE_PARAMETERS, responses=page_schema(TokenOut))
    def get(self, request: Request) -> Response:
        tokens, following = page_of(request, selectors.own_tokens(person_of(request)))
        return page_response(TokenOut(tokens, many=True).data, following)

    @extend_schema(request=TokenIn, responses={201: TokenMadeOut})
    def post(self, request: Request) -> Response:
        given = checked(TokenIn, request)
        token, secret = services.create_token(person=person_of(request), **given)
        return Response({**TokenOut(token).data, "token": secret}, status=201)


class TokenView(APIView):
    rights = {"DELETE": Right.OWN_ACCOUNT}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, token_id: UUID) -> Response:
        person = person_of(request)
        token = selectors.own_token_by_id(person, token_id)
        services.revoke_token(person=person, token=token)
        return Response(status=204)


class UsersView(APIView):
    rights = {"GET": Right.READ_PEOPLE, "POST": Right.MANAGE_PEOPLE}

    @extend_schema(parameters=PAGE_PARAMETERS, responses=page_schema(UserOut))
    def get(self, request: Request) -> Response:
        users, following = page_of(request, selectors.users())
        return page_response(UserOut(users, many=True).data, following)

    @extend_schema(request=UserIn, responses={201: UserOut})
    def post(self, request: Request) -> Response:
        given = checked(UserIn, request)
        user = services.create_user(
            person=person_of(request),
            username=given["username"],
            role=Role(given["role"]),
            password=given["password"],
            name=given["name"],
            teams=[selectors.team_by_id(team) for team in given["teams"]],
        )
        return Response(UserOut(user).data, status=201)


class UserView(APIView):
    rights = {"GET": Right.READ_PEOPLE, "PATCH": Right.MANAGE_PEOPLE}

    @extend_schema(responses=UserOut)
    def get(self, request: Request, user_id: UUID) -> Response:
        return Response(UserOut(selectors.user_by_id(user_id)).data)

    @extend_schema(request=UserChangeIn, responses=UserOut)
    def patch(self, request: Request, user_id: UUID) -> Response:
        given = checked(UserChangeIn, request)
        teams = given.pop("teams", None)
        role = given.pop("role", None)
        user = services.change_user(
            person=person_of(request),
            user=selectors.user_by_id(user_id),
            role=None if role is None else Role(role),
            teams=None if teams is None else [selectors.team_by_id(team) for team in teams],
            **given,
        )
        return Response(UserOut(user).data)


class ResetLinkView(APIView):
    rights = {"POST": Right.MANAGE_PEOPLE}

    @extend_schema(request=None, responses={201: ResetLinkOut})
    def post(self, request: Request, user_id: UUID) -> Response:
        secret = services.make_reset_link(
            person=person_of(request), user=selectors.user_by_id(user_id)
        )
        url = request.build_absolute_uri(f"/reset/{secret}")
        return Response({"url": url}, status=201)


class TeamsView(APIView):
    rights = {"GET": Right.READ_PEOPLE, "POST": Right.MANAGE_PEOPLE}

    @extend_schema(parameters=PAGE_PARAMETERS, responses=page_schema(TeamOut))
    def get(self, request: Request) -> Response:
        teams, following = page_of(request, selectors.teams())
        return page_response(TeamOut(teams, many=True).data, following)

    @extend_schema(request=TeamIn, responses={201: TeamOut})
    def post(self, request: Request) -> Response:
        given = checked(TeamIn, request)
        team = services.save_team(person=person_of(request), name=given["name"])
        return Response(TeamOut(team).data, status=201)


class TeamView(APIView):
    rights = {"GET": Right.READ_PEOPLE, "PATCH": Right.MANAGE_PEOPLE}

    @extend_schema(responses=TeamOut)
    def get(self, request: Request, team_id: UUID) -> Response:
        return Response(TeamOut(selectors.team_by_id(team_id)).data)

    @extend_schema(request=TeamIn, responses=TeamOut)
    def patch(self, request: Request, team_id: UUID) -> Response:
        given = checked(TeamIn, request)
        team = services.save_team(
            person=person_of(request), name=given["name"], team=selectors.team_by_id(team_id)
        )
        return Response(TeamOut(team).data)


class AuditView(APIView):
    rights = {"GET": Right.MANAGE_PEOPLE}

    @extend_schema(parameters=PAGE_PARAMETERS, responses=page_schema(AuditEntryOut))
    def get(self, request: Request) -> Response:
        entries, following = page_of(request, selectors.audit_entries(), newest_first=True)
        return page_response(AuditEntryOut(entries, many=True).data, following)
