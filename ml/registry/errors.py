"""What the registry refuses, and in which words."""

from labelapp.api.errors import Invalid, Problem


class UnknownSegmenter(Invalid):
    code = "unknown_segmenter"
    title = "There is no segmenter of this name."


class WeightsMissing(Problem):
    status = 409
    code = "weights_missing"
    title = "This segmenter's weight file is not there."


class WeightsWrongHash(Problem):
    status = 409
    code = "weights_wrong_hash"
    title = "This segmenter's weight file is not the one it should be, so it is not used."


class WeightsUnusable(Problem):
    status = 409
    code = "weights_unusable"
    title = "This segmenter's weight file cannot be used."
