"""What verification refuses, and in which words."""

from labelapp.api.errors import Invalid, NotFound


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
