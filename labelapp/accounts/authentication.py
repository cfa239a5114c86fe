"""Two ways in: a bearer token for scripts, the session with CSRF for the browser."""

from datetime import timedelta

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from labelapp.accounts.models import Token, User
from labelapp.accounts.tokens import digest
from labelapp.api.errors import CsrfFailed
from labelapp.statements import Statement, columns, model_of

# A column written at every call would make each read a write.
NOTE_USE_EVERY = timedelta(minutes=10)


_BY_SECRET = Statement(f"""
SELECT {columns(Token, "token")}, {columns(User, "owner")} FROM accounts_token token
JOIN accounts_user owner ON owner.id = token.owner_id WHERE token.secret_sha256 = %(digest)s
""")


def _by_secret(secret: str) -> Token | None:
    """The token with its owner. By hand, since it is asked at every call."""
    row = _BY_SECRET.row(digest=digest(secret))
    if row is None:
        return None
    token = model_of(Token, row)
    token.owner = model_of(User, row, after=[Token])
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
