"""What is refused of prediction runs, and in which words."""

from labelapp.api.errors import Invalid, NotFound, Problem


class RunNotFound(NotFound):
    title = "There is no such run."


class NothingToPredict(Invalid):
    code = "nothing_to_predict"
    title = "No picture of this dataset matches."


class RunAtWork(Problem):
    """`run` is the id of the one that is at work."""

    status = 409
    code = "run_at_work"
    title = "A run of this model over the same pictures is at work already."


class RunEnded(Problem):
    status = 409
    code = "run_ended"
    title = "This run has ended already; there is nothing to cancel."
