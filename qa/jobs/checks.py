"""The check whose wrong labels a job corrects."""

from qa.jobs.errors import CannotCorrect
from qa.jobs.kinds import kind_of
from qa.jobs.models import Job, JobState

USUAL = ["disconfirmed", "split"]
NOT_STARTED = (JobState.DRAFT, JobState.STARTING)


def settle_check(job: Job) -> None:
    """Look at the check that a job names, and fill in the outcomes; without one it has none.

    Raises:
        CannotCorrect: nothing was judged in that job, not yet, or it is of another dataset.
    """
    check = job.from_job
    if check is None:
        if job.outcomes:
            raise CannotCorrect("Name the check by from_job; outcomes speak of its labels.")
        return
    if not kind_of(check).judges:
        raise CannotCorrect("Nothing was judged in that job.")
    if check.dataset_id != job.dataset_id:
        raise CannotCorrect("That job is of another dataset.")
    if check.state in NOT_STARTED:
        raise CannotCorrect("That job has not started: nothing was judged in it yet.")
    job.outcomes = list(dict.fromkeys(job.outcomes)) or USUAL
