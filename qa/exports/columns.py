"""The columns of label files, in this order in every format."""

COLUMNS = (
    "image",
    "label",
    "confidence",
    "outcome",
    "confirm_count",
    "disconfirm_count",
    "unsure_count",
    "job",
    "reviewed_at",
    "source",
)
TEXT_COLUMNS = frozenset({"image", "label", "source"})
"""Those that hold what somebody wrote."""
