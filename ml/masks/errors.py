"""What is refused on the way from a prompt to a mask, and in which words."""

from labelapp.api.errors import Invalid, NotFound, Problem


class MaskNotFound(NotFound):
    title = "There is no such mask request, or it is not yours to see."


class MaskRunNotFound(NotFound):
    title = "There is no such run."


class NothingToOutline(Invalid):
    code = "nothing_to_outline"
    title = "No label of this choice has a box or four points."


class MaskRunUnderWay(Problem):
    status = 409
    code = "mask_run_under_way"
    title = "Masks are being drawn for this dataset already."


class MaskRunEnded(Problem):
    status = 409
    code = "mask_run_ended"
    title = "This run has ended already; there is nothing to cancel."


class WorkerDied(Problem):
    code = "worker_died"
    title = "The worker stopped each time that it drew this one."


class BadPrompt(Invalid):
    """A prompt that no mask can be drawn from."""

    code = "bad_prompt"
    title = "No mask can be drawn from these points."


class NotFourPoints(BadPrompt):
    code = "not_four_points"
    title = "Four extreme points are needed, each as [x, y]."


class PointOutside(BadPrompt):
    code = "point_outside"
    title = "A point lies outside the picture."


class EqualPoints(BadPrompt):
    code = "equal_points"
    title = "The points lie on each other; three different places are needed at least."


class PointsOnALine(BadPrompt):
    code = "points_on_a_line"
    title = "All four points lie on one line, so they enclose nothing."


class BoxTooSmall(BadPrompt):
    code = "box_too_small"
    title = "The points' box is no more than one pixel wide or high."


class UnknownPrevious(Invalid):
    code = "unknown_previous"
    title = "There is no mask of this id to go on from."


class PreviousOfAnotherImage(Invalid):
    code = "previous_of_another_image"
    title = "The mask to go on from was drawn on another picture."


class PreviousNotDone(Problem):
    status = 409
    code = "previous_not_done"
    title = "The mask to go on from is not drawn yet, or could not be drawn."


class PreviousOfAnotherSize(Problem):
    status = 409
    code = "previous_of_another_size"
    title = "The mask to go on from has another size than the picture, which was changed meanwhile."
