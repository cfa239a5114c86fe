"""What the table and the thresholds refuse, and in which words."""

from labelapp.api.errors import Invalid


class BadEdges(Invalid):
    code = "bad_edges"
    title = "These are no edges of confidence buckets."


class BadErrorRatio(Invalid):
    code = "bad_error_ratio"
    title = "This is no ratio of bad ones to good ones."


class UnknownMethod(Invalid):
    code = "unknown_method"
    title = "There is no such method."
