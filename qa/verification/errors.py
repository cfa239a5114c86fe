"""What verification refuses, and in which words."""

from labelapp.api.errors import Invalid, NotFound, Problem


class ItemNotFound(NotFound):
    title = "There is no such picture in a batch that you hold."


class VerdictsMissing(Invalid):
    code = "verdicts_missing"
    title = "Some pictures of this batch have no verdict yet."


class ForeignItems(Invalid):
    code = "foreign_items"
    title = "Some of these verdicts are for pictures that are not in this batch."


class UnsureNotAllowed(Invalid):
    code = "unsure_not_allowed"
    title = "This job asks for right or wrong; unsure is not offered."


class NotSeen(Problem):
    status = 409
    code = "not_seen"
    title = (
        "No model has seen these pictures yet. Run one over them, and it can say which to review."
    )
