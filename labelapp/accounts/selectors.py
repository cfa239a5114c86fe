"""Who is there, as far as the person who asks may know."""

from uuid import UUID

from django.db.models import QuerySet

from labelapp.accounts.models import AuditEntry, Team, Token, User
from labelapp.api.errors import NotFound


def users() -> QuerySet[User]:
    return User.objects.prefetch_related("teams")


def user_by_id(user_id: UUID) -> User:
    """Raises NotFound."""
    user = users().filter(pk=user_id).first()
    if user is None:
        raise NotFound("There is no such person.")
    return user


def teams() -> QuerySet[Team]:
    return Team.objects.all()


def team_by_id(team_id: UUID) -> Team:
    """Raises NotFound."""
    team = Team.objects.filter(pk=team_id).first()
    if team is None:
        raise NotFound("There is no such team.")
    return team


def own_tokens(person: User) -> QuerySet[Token]:
    """The person's tokens that were not revoked, expired ones included."""
    return Token.objects.filter(owner=person, revoked_at=None)


def own_token_by_id(person: User, token_id: UUID) -> Token:
    """Raises NotFound, also for somebody else's."""
    token = own_tokens(person).filter(pk=token_id).first()
    if token is None:
        raise NotFound("There is no such token of yours.")
    return token


def audit_entries() -> QuerySet[AuditEntry]:
    return AuditEntry.objects.all()
