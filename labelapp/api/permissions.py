"""Who may: deny by default, decided before the body or the query is looked at.

A view says which right each of its methods needs: `rights = {"GET": Right.READ_JOBS}`. A method that
is not named there is refused. Whether a person has a right is asked of the person
(`request.user.may(right)`); the table stands in `labelapp.accounts.roles`.
"""

from typing import TYPE_CHECKING, Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from labelapp.api.errors import Forbidden

if TYPE_CHECKING:  # DRF imports this module while it imports its views
    from rest_framework.views import APIView

PUBLIC = "public"


class ReadOnlyToken(Forbidden):
    code = "read_only_token"
    title = "This token may only read."


class HasRight(BasePermission):
    """Grants what `view.rights` names for the method, to people who have that right."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        method = request.method or ""
        rights: dict[str, Any] = getattr(view, "rights", {})
        if method == "OPTIONS" or method not in view.allowed_methods:
            # 405 and OPTIONS say nothing that the schema does not say to everybody signed in.
            return bool(request.user.is_authenticated)
        right = rights.get("GET" if method == "HEAD" else method)
        if right == PUBLIC:
            return True
        if right is None or not request.user.is_authenticated:
            return False
        if method not in SAFE_METHODS and getattr(request.auth, "read_only", False):
            raise ReadOnlyToken
        return bool(request.user.may(right))


class SignedIn(BasePermission):
    """For the schema and its docs page, which belong to no role."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        return bool(request.user.is_authenticated)
