"""What the catalog refuses, and in which words."""

from labelapp.api.errors import Forbidden, Invalid, NotFound, Problem


class DatasetNameTaken(Problem):
    status = 409
    code = "dataset_name_taken"
    title = "There is a dataset of this name already."


class NameDoesNotMatch(Invalid):
    code = "name_does_not_match"
    title = "To delete it, send its name exactly as it is written."


class DatasetBusy(Problem):
    status = 503
    code = "dataset_busy"
    title = "An import is writing to this dataset. Nothing was changed; send it again shortly."

    def __init__(self) -> None:
        super().__init__()
        self.headers["Retry-After"] = "5"


class DatasetInUse(Problem):
    status = 409
    code = "dataset_in_use"
    title = "Something still rests on this dataset."


class ClassNameTaken(Problem):
    status = 409
    code = "class_name_taken"
    title = "Another class of this dataset has this name. Merge the two instead."


class TooManyClasses(Problem):
    status = 409
    code = "too_many_classes"
    title = "This dataset has as many classes as one may have."


class CannotMerge(Invalid):
    code = "cannot_merge"
    title = "These two classes cannot be merged."


class UnknownClass(Invalid):
    code = "unknown_class"
    title = "There is no such class in this dataset."


class LinkInvalid(Forbidden):
    code = "link_invalid"
    title = "This picture's address has expired or was made for somebody else."


class PictureErased(NotFound):
    status = 410
    code = "picture_erased"
    title = "This picture was erased."


class PictureUnreadable(NotFound):
    code = "picture_unreadable"
    title = "The picture behind this address cannot be read."


class NotAPicture(Exception):
    """The content is no picture that is taken here; the text says why, for a report."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
