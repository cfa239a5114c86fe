"""What is refused of alike pictures, and in which words."""

from labelapp.api.errors import NotFound, Problem


class NotSeenByVersion(Problem):
    status = 409
    code = "not_seen_by_version"
    title = "This version has not seen this picture. Run it over the dataset first."


class TwinGroupNotFound(NotFound):
    title = "There is no such group; a later search may have made others."
