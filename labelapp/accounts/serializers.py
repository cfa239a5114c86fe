"""The shapes of accounts in the API; `In` is what comes, `Out` is what goes."""

from typing import Any

from rest_framework import serializers

from labelapp.accounts.models import AuditEntry, Team, Token, User
from labelapp.accounts.roles import Role

Given = serializers.Serializer[dict[str, Any]]
ROLES = [role.value for role in Role]


class SignInIn(Given):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)


class TokenIn(Given):
    name = serializers.CharField(max_length=150)
    read_only = serializers.BooleanField(default=False)  # type: ignore[assignment] # DRF's own name
    days = serializers.IntegerField(min_value=1, max_value=3650, allow_null=True, default=None)


class TokenSignInIn(TokenIn):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)
    name = serializers.CharField(max_length=150, default="script")


class ResetIn(Given):
    token = serializers.CharField(max_length=200)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)


class OwnNameIn(Given):
    name = serializers.CharField(max_length=150, allow_blank=True)


class PasswordIn(Given):
    current = serializers.CharField(max_length=1000, trim_whitespace=False)
    new = serializers.CharField(max_length=1000, trim_whitespace=False)


class UserIn(Given):
    username = serializers.RegexField(
        r"^[\w.@+-]+$",
        max_length=150,
        error_messages={"invalid": "Use letters, digits and . @ + - _ only."},
    )
    role = serializers.ChoiceField(choices=ROLES)
    name = serializers.CharField(max_length=150, allow_blank=True, default="")
    password = serializers.CharField(
        max_length=1000, trim_whitespace=False, allow_null=True, default=None
    )
    teams = serializers.ListField(child=serializers.UUIDField(), default=list)


class UserChangeIn(Given):
    role = serializers.ChoiceField(choices=ROLES, required=False)
    name = serializers.CharField(max_length=150, allow_blank=True, required=False)
    is_active = serializers.BooleanField(required=False)
    teams = serializers.ListField(child=serializers.UUIDField(), required=False)


class TeamIn(Given):
    name = serializers.CharField(max_length=150)


class TeamOut(serializers.ModelSerializer[Team]):
    class Meta:
        model = Team
        fields = ["id", "name"]


class MeOut(serializers.ModelSerializer[User]):
    teams = TeamOut(many=True)

    class Meta:
        model = User
        fields = ["id", "username", "name", "role", "teams"]


class UserOut(serializers.ModelSerializer[User]):
    teams = TeamOut(many=True)

    class Meta:
        model = User
        fields = ["id", "username", "name", "role", "teams", "is_active", "last_login"]


class TokenOut(serializers.ModelSerializer[Token]):
    class Meta:
        model = Token
        fields = ["id", "name", "hint", "read_only", "created_at", "expires_at", "last_used_at"]


class TokenMadeOut(TokenOut):
    token = serializers.CharField(help_text="Shown once; only its hash is kept.")

    class Meta(TokenOut.Meta):
        fields = [*TokenOut.Meta.fields, "token"]


class ResetLinkOut(Given):
    url = serializers.URLField()


class AuditEntryOut(serializers.ModelSerializer[AuditEntry]):
    class Meta:
        model = AuditEntry
        fields = ["id", "at", "actor_name", "action", "subject", "details"]
