"""Two ways in: a bearer token for scripts, the session with CSRF for the browser."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from labelapp.accounts.models import Token, User
from labelapp.accounts.tokens import digest
from labelapp.api.errors import CsrfFailed
from labelapp.rows import row_of

# A column written at every call would make each read a write.
NOTE_USE_EVERY = timedelta(minutes=10)


_TOKEN = [field.attname for field in Token._meta.concrete_fields]
_OWNER = [field.attname for field in User._meta.concrete_fields]
_COLUMNS = [*(f"token.{name}" for name in _TOKEN), *(f"owner.{name}" for name in _OWNER)]
_BY_SECRET = f"""
SELECT {", ".join(_COLUMNS)} FROM accounts_token token
JOIN accounts_user owner ON owner.id = token.owner_id WHERE token.secret_sha256 = %s
"""


def _by_secret(secret: str) -> Token | None:
    """The token with its owner. By hand, since it is asked at every call."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_SECRET, [digest(secret)])
        row = cursor.fetchone()
    if row is None:
        return None
    token = row_of(Token, _TOKEN, row[: len(_TOKEN)])
    token.owner = row_of(User, _OWNER, row[len(_TOKEN) :])
    return token


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer lbl_...`; `request.auth` is the Token."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = _by_secret(secret.strip())
        if token is None or not token.is_live or not token.owner.is_active:
            raise AuthenticationFailed("This token is unknown, expired or revoked.")
        self._note_use(token)
        return token.owner, token

    def _note_use(self, token: Token) -> None:
        now = timezone.now()
        if token.last_used_at is None or now - token.last_used_at > NOTE_USE_EVERY:
            Token.objects.filter(pk=token.pk).update(last_used_at=now)

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="labelapp"'


class BrowserAuthentication(SessionAuthentication):
    """The session cookie; unsafe methods also need the CSRF header."""

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise CsrfFailed from error


class SignInAuthentication(BrowserAuthentication):
    """For signing in: the CSRF header is needed also from somebody who is not signed in yet, so that
    no other site can sign a browser in under a name of its choice."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        self.enforce_csrf(request)
        found: tuple[User, None] | None = super().authenticate(request)
        return found
