"""What verification refuses, and in which words."""

from labelapp.api.errors import NotFound, Problem


class ItemNotFound(NotFound):
    title = "There is no such picture in a batch that you hold."


class NotSeen(Problem):
    status = 409
    code = "not_seen"
    title = (
        "No model has seen these pictures yet. Run one over them, and it can say which to review."
    )

    def __init__(self) -> None:
        super().__init__(errors={"order": [self.title]})
