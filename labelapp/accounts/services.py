"""What changes people, teams and tokens."""

import secrets
from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from itertools import chain, count
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from labelapp.accounts.audit import record
from labelapp.accounts.errors import (
    LastAdmin,
    LinkUsed,
    NotLabelers,
    PasswordWrong,
    TeamNameTaken,
    UsernameTaken,
)
from labelapp.accounts.models import ResetLink, Team, Token, User
from labelapp.accounts.roles import Role
from labelapp.accounts.tokens import PREFIX, digest, new_secret
from labelapp.api.errors import Invalid
from labelapp.api.idempotency import forget_old_keys

RESET_LINK_LIFE = timedelta(days=2)
# So many people stand in the name of a team that was made of them.
_NAMED = 3
_deactivation_hooks: list[Callable[[User], None]] = []


def on_deactivation(hook: Callable[[User], None]) -> None:
    """Have `hook(user)` called, in the same transaction, when somebody is deactivated.

    For apps above, which accounts must not import; called in their `apps.ready`.
    """
    if hook not in _deactivation_hooks:
        _deactivation_hooks.append(hook)


def _check_password(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), errors={"password": error.messages}) from error


@transaction.atomic
def create_user(
    *,
    person: User | None,
    username: str,
    role: Role,
    password: str | None = None,
    name: str = "",
    teams: Iterable[Team] = (),
) -> User:
    """Add a person. Without a password they sign in by a reset link first.

    Raises:
        UsernameTaken: the name is in use, in any case of letters.
        Invalid: the password is too weak.
    """
    user = User(username=username, role=role.value, name=name)
    if password is not None:
        _check_password(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise UsernameTaken(errors={"username": [UsernameTaken.title]}) from error
    user.teams.set(teams)
    record(person, "user.create", username, role=role.value)
    return user


@transaction.atomic
def change_user(
    *,
    person: User,
    user: User,
    role: Role | None = None,
    name: str | None = None,
    is_active: bool | None = None,
    teams: Iterable[Team] | None = None,
) -> User:
    """Change a person's role, name, teams, or (de)activate them; None leaves a part as it is.

    Raises:
        LastAdmin: nobody would be left who may manage people.
    """
    admins = list(
        User.objects.select_for_update(no_key=True)
        .filter(role=Role.ADMIN, is_active=True)
        .order_by("pk")
    )
    stops_being_admin = role not in {None, Role.ADMIN} or is_active is False
    if stops_being_admin and [admin.pk for admin in admins] == [user.pk]:
        raise LastAdmin
    before = {"role": user.role, "is_active": user.is_active, "name": user.name}
    user.role = user.role if role is None else role.value
    user.name = user.name if name is None else name
    user.is_active = user.is_active if is_active is None else is_active
    user.save(update_fields=["role", "name", "is_active"])
    if before["is_active"] and not user.is_active:
        for hook in _deactivation_hooks:
            hook(user)
    if teams is not None:
        user.teams.set(teams)
    after = {"role": user.role, "is_active": user.is_active, "name": user.name}
    record(person, "user.change", user.username, before=before, after=after)
    return user


@transaction.atomic
def rename_self(*, person: User, name: str) -> User:
    """Change the name that others see."""
    person.name = name
    person.save(update_fields=["name"])
    record(person, "user.change", person.username, after={"name": name})
    return person


@transaction.atomic
def set_password(*, person: User | None, user: User, password: str) -> None:
    """Set a password and end all sessions that knew the old one.

    Raises:
        Invalid: the password is too weak.
    """
    _check_password(password, user)
    user.set_password(password)
    user.session_version += 1
    user.save(update_fields=["password", "session_version"])
    record(person, "user.password", user.username)


def change_own_password(*, person: User, current: str, new: str) -> None:
    """Change one's own password.

    Raises:
        PasswordWrong: `current` is not it.
        Invalid: the new one is too weak.
    """
    if not person.check_password(current):
        raise PasswordWrong(errors={"current": [PasswordWrong.title]})
    set_password(person=person, user=person, password=new)


@transaction.atomic
def sign_out_everywhere(*, person: User) -> None:
    """End every session of this person, in every browser."""
    person.session_version += 1
    person.save(update_fields=["session_version"])
    record(person, "user.sign_out_everywhere", person.username)


@transaction.atomic
def make_reset_link(*, person: User, user: User) -> str:
    """A one-time secret with which `user` sets a password within two days; earlier links end."""
    secret = secrets.token_urlsafe(32)
    ResetLink.objects.filter(person=user, used_at=None).update(used_at=timezone.now())
    ResetLink.objects.create(
        person=user, secret_sha256=digest(secret), expires_at=timezone.now() + RESET_LINK_LIFE
    )
    record(person, "user.reset_link", user.username)
    return secret


@transaction.atomic
def use_reset_link(*, secret: str, password: str) -> User:
    """Set the password the link was made for, and use the link up.

    Raises:
        LinkUsed: unknown, used, expired, or its person is not active.
        Invalid: the password is too weak; the link stays good.
    """
    link = (
        ResetLink.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person")
        .filter(secret_sha256=digest(secret), used_at=None, expires_at__gt=timezone.now())
        .first()
    )
    if link is None or not link.person.is_active:
        raise LinkUsed
    set_password(person=link.person, user=link.person, password=password)
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return link.person


@transaction.atomic
def create_token(
    *, person: User, name: str, read_only: bool = False, days: int | None = None
) -> tuple[Token, str]:
    """A new token of `person`'s, and its secret, which is kept nowhere."""
    secret = new_secret()
    token = Token.objects.create(
        owner=person,
        name=name,
        hint=secret.removeprefix(PREFIX)[:4],
        secret_sha256=digest(secret),
        read_only=read_only,
        expires_at=timezone.now() + timedelta(days=days) if days else None,
    )
    record(person, "token.create", f"{person.username}: {name}", read_only=read_only)
    return token, secret


@transaction.atomic
def revoke_token(*, person: User, token: Token) -> None:
    """End a token at once."""
    token.revoked_at = token.revoked_at or timezone.now()
    token.save(update_fields=["revoked_at"])
    record(person, "token.revoke", f"{token.owner.username}: {token.name}")


@transaction.atomic
def save_team(*, person: User | None, name: str, team: Team | None = None) -> Team:
    """Make a team, or rename one.

    Raises:
        TeamNameTaken: another team has the name, in any case of letters.
    """
    action = "team.rename" if team else "team.create"
    team = team or Team()
    team.name = name
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        raise TeamNameTaken(errors={"name": [TeamNameTaken.title]}) from error
    record(person, action, name)
    return team


@transaction.atomic
def team_of(*, person: User, people: Collection[UUID]) -> Team:
    """The team whose active labelers are exactly these; made, and named after them, where none is.

    Raises:
        NotLabelers: some of them are no active labelers.
    """
    labelers = User.objects.filter(role=Role.LABELER, is_active=True)
    chosen = list(labelers.filter(pk__in=people).order_by("username"))
    if len(chosen) != len(set(people)):
        raise NotLabelers(errors={"people": [NotLabelers.title]})
    at_work = Count("members", filter=Q(members__in=labelers), distinct=True)
    theirs = Count("members", filter=Q(members__in=chosen), distinct=True)
    same = Team.objects.annotate(at_work=at_work, theirs=theirs).filter(
        at_work=len(chosen), theirs=len(chosen)
    )
    if (found := same.order_by("name").first()) is not None:
        return found
    team = save_team(person=person, name=_free_team_name(chosen))
    team.members.set(chosen)
    return team


def _free_team_name(people: list[User]) -> str:
    """ "Ana and Ben", or "Ana and Ben 2" where that is taken; of very many the first three."""
    names = [person.display_name[:30] for person in people[:_NAMED]]
    if len(people) > _NAMED:
        names.append(f"{len(people) - _NAMED} more")
    name = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    taken = {other.casefold() for other in Team.objects.values_list("name", flat=True)}
    numbered = chain([name], (f"{name} {number}" for number in count(2)))
    return next(one for one in numbered if one.casefold() not in taken)


def first_accounts(*, demo: bool) -> list[tuple[str, str, str]]:
    """Make the accounts of a first start: an admin, and with the demo a labeler and an analyst.

    Returns:
        (user name, role, password) of each account made; empty when there is anybody already.
    """
    with transaction.atomic():
        if User.objects.exists():
            return []
        wanted = [("admin", Role.ADMIN)]
        if demo:
            wanted += [("labeler", Role.LABELER), ("analyst", Role.ANALYST)]
        team = save_team(person=None, name="Reviewers")
        made = []
        for username, role in wanted:
            password = secrets.token_urlsafe(9)
            create_user(person=None, username=username, role=role, password=password, teams=[team])
            made.append((username, role.value, password))
        return made


def tidy() -> None:
    """Forget what has run out: sessions, reset links, the answers kept under idempotency keys."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    ResetLink.objects.filter(expires_at__lt=now - RESET_LINK_LIFE).delete()
    forget_old_keys()
