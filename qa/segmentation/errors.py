"""What is refused on the way to a document, and in which words."""

from labelapp.api.errors import Invalid, NotFound, Problem


class DocumentNotFound(NotFound):
    title = "This picture is not in the job, or was not dealt to you."


class MatchMissing(Problem):
    status = 428
    code = "if_match_required"
    title = "Send If-Match with the ETag of the document that you changed."


class MatchFailed(Problem):
    status = 412
    code = "precondition_failed"
    title = "This document was saved from elsewhere since you opened it. Nothing was overwritten."


class BadObjects(Invalid):
    """Objects that cannot be kept; `errors` says which, and nothing of the document was saved."""

    code = "bad_objects"
    title = "An object of this document cannot be kept; nothing was saved."


class ObjectTwice(BadObjects):
    code = "object_twice"
    title = "Two objects of this document have the same id."


class UnknownClass(BadObjects):
    code = "unknown_class"
    title = "An object has a class that this job does not ask for."


class BrokenMask(BadObjects):
    code = "broken_mask"
    title = "The run-length code of an object describes no mask of its size."


class MaskOfAnotherSize(BadObjects):
    code = "mask_of_another_size"
    title = "The mask of an object has another size than the picture."


class NoMarks(Invalid):
    code = "no_marks"
    title = "Outlines are saved as annotations; this job takes no verdicts."


class NotSkippable(Problem):
    status = 409
    code = "not_skippable"
    title = "Only a picture that is to be outlined can be skipped; what cannot be judged is unsure."


class NothingSent(Problem):
    status = 409
    code = "nothing_sent"
    title = "Nobody has sent a picture of this job yet: there is nothing to make labels of."


class NoLabelsYet(NotFound):
    title = "No labels were made of this job's outlines yet."


class NoOutlines(NotFound):
    code = "no_outlines"
    title = "Nothing is outlined in this job; ask for its progress."
