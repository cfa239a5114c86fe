"""What accounts refuse, and in which words."""

from labelapp.api.errors import Invalid, Problem


class SignInFailed(Problem):
    status = 401
    code = "sign_in_failed"
    title = "The user name or the password is wrong."


class UsernameTaken(Invalid):
    code = "username_taken"
    title = "Somebody has this user name already."


class TeamNameTaken(Invalid):
    code = "team_name_taken"
    title = "There is a team of this name already."


class NotLabelers(Invalid):
    code = "not_labelers"
    title = "Only active labelers can be picked."


class PasswordWrong(Invalid):
    code = "password_wrong"
    title = "The current password is wrong."


class LinkUsed(Problem):
    status = 410
    code = "link_used"
    title = "This link was used or has expired. Ask an admin for a new one."


class LastAdmin(Problem):
    status = 409
    code = "last_admin"
    title = "This is the last active admin; make another one first."
