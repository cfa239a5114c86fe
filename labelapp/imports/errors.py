"""What imports refuse, and in which words."""

from labelapp.api.errors import Invalid, Problem, TooLarge


class FileTooLarge(TooLarge):
    code = "file_too_large"
    title = "This file is larger than the server takes."


class NothingToImport(Invalid):
    code = "nothing_to_import"
    title = "Send a label file, pictures, or both."


class TwoPictureSources(Invalid):
    code = "two_picture_sources"
    title = "Pictures come from one place: a zip, a folder of the server, or a bucket."


class ImageRootNotAllowed(Invalid):
    code = "image_root_not_allowed"
    title = "The server may not read pictures from this folder."


class UnknownAnswer(Invalid):
    code = "unknown_answer"
    title = "This import asks no such question, or does not offer that choice."


class ImportNotOpen(Problem):
    status = 409
    code = "import_not_open"
    title = "This import is no longer open: nothing about it can be changed."


class ImportBusy(Problem):
    status = 409
    code = "import_busy"
    title = "This import is being worked on. Wait for its answer, or cancel it."


class ImportEnded(Problem):
    status = 409
    code = "import_ended"
    title = "This import has ended already."


class ImportStopped(Exception):
    """The whole import cannot go on; the text tells a person why and what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
