"""What is refused of alike pictures, and in which words."""

from labelapp.api.errors import NotFound


class TwinGroupNotFound(NotFound):
    title = "There is no such group; a later search may have made others."
