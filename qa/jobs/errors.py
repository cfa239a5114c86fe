"""What jobs refuse, and in which words."""

from labelapp.api.errors import Invalid, NotFound, Problem


class JobNotFound(NotFound):
    title = "There is no such job, or it is not yours to see."


class AssignmentNotFound(NotFound):
    title = "There is no such batch of yours."


class Conflict(Problem):
    status = 409
    code = "conflict"


class WrongState(Conflict):
    code = "wrong_state"
    title = "The job is not in a state in which this can be done."


class NoItems(Conflict):
    code = "no_items"
    title = "Nothing matches this selection, so there is nothing to review."


class TooFewReviewers(Conflict):
    code = "too_few_reviewers"
    title = "The team has fewer active labelers than this job wants for each picture."


class TooManyOpen(Conflict):
    code = "too_many_open"
    title = "Three batches of this job are open already; submit or release one first."


class JobClosed(Conflict):
    code = "job_closed"
    title = "This job is closed. Your marks are kept and come back when it is reopened."


class JobNotRunning(Conflict):
    code = "job_not_running"
    title = "This job is not running."


class LeaseLost(Conflict):
    code = "lease_lost"
    title = "This batch went to someone else. Your marks are kept and can be read."


class AlreadySubmitted(Conflict):
    code = "already_submitted"
    title = "This batch was submitted already. Reopen it to change marks."


class Skipped(Conflict):
    code = "skipped"
    title = "You skipped this picture. What you drew is kept; somebody else gets the picture."


class StaleDraft(Conflict):
    code = "stale_draft"
    title = "Newer marks of this batch were saved from another tab or device."


class NotSubmitted(Conflict):
    code = "not_submitted"
    title = "Only a submitted batch can be reopened."


class NotHeld(Conflict):
    code = "not_held"
    title = "This batch is not held by anybody now."


class NameDiffers(Invalid):
    code = "name_differs"
    title = "Type the job's name exactly to delete it."


class JobRunning(Conflict):
    code = "job_running"
    title = "Close the job before you delete it."


class VerdictsMissing(Invalid):
    code = "verdicts_missing"
    title = "Some pictures of this batch have no verdict yet."


class ForeignItems(Invalid):
    code = "foreign_items"
    title = "Some of these verdicts are for pictures that are not in this batch."


class UnsureNotAllowed(Invalid):
    code = "unsure_not_allowed"
    title = "This job asks for right or wrong; unsure is not offered."


class CannotCorrect(Invalid):
    code = "cannot_correct"
    title = "There is nothing of this job to correct."

    def __init__(self, why: str) -> None:
        super().__init__(why, errors={"from_job": [why]})


class ChangedOfWhat(Invalid):
    code = "changed_of_what"
    title = (
        "Only labels of one source can have changed since another: name a source, and another one."
    )

    def __init__(self) -> None:
        super().__init__(errors={"changed_since": [self.title]})


class CertifyLater(Invalid):
    code = "certify_not_available"
    title = "Certifying jobs are not available in this version."
