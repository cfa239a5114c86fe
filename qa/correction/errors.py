"""What corrections refuse, and in which words."""

from labelapp.api.errors import Invalid, NotFound


class NoCheck(Invalid):
    code = "no_check"
    title = "Name the check whose labels are to be corrected."


class NewClassNotAllowed(Invalid):
    code = "new_class_not_allowed"
    title = "This job takes no new classes; choose one that is there, or none of these."


class NoCorrections(NotFound):
    title = "In this job nobody corrects classes."
