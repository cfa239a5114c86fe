"""Who may what: the one table. What is not granted here is denied.

`READ_*` and `REVIEW` still narrow to what a person can reach (a labeler sees the jobs of their own
teams, their own assignments); that narrowing is done by the selectors, which answer 404.
"""

from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    LABELER = "labeler"
    ANALYST = "analyst"


class Right(StrEnum):
    OWN_ACCOUNT = "own_account"  # own profile, password, tokens
    MANAGE_PEOPLE = "manage_people"  # users, teams, audit
    READ_PEOPLE = "read_people"
    READ_CATALOG = "read_catalog"  # datasets, classes, labels, imports
    MANAGE_CATALOG = "manage_catalog"
    READ_IMAGES = "read_images"  # narrowed by catalog/access.py
    READ_JOBS = "read_jobs"  # narrowed to own teams for labelers
    MANAGE_JOBS = "manage_jobs"
    REVIEW = "review"  # claim, draft, submit
    READ_RESULTS = "read_results"  # items, tables, thresholds, exports
    EXPORT = "export"


_EVERYBODY = frozenset({Right.OWN_ACCOUNT, Right.READ_JOBS, Right.READ_IMAGES})
GRANTS: dict[Role, frozenset[Right]] = {
    Role.ADMIN: frozenset(Right),
    Role.LABELER: _EVERYBODY | {Right.REVIEW},
    Role.ANALYST: _EVERYBODY
    | {Right.READ_PEOPLE, Right.READ_CATALOG, Right.READ_RESULTS, Right.EXPORT},
}
