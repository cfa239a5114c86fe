"""The columns of label files, in this order in every format; what only some formats have room for."""

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
REGION_COLUMNS = ("box", "mask")
"""Where in the picture the label holds; both null where it speaks of the whole."""
CORRECTED = "corrected_label"
"""The name of the class that somebody corrected it to; null where nobody did."""
REVIEWERS = "reviewers"
"""Who judged the item, and how; only where it was asked for."""
TEXT_COLUMNS = frozenset({"image", "label", "source", "name", "annotator"})
"""Those that hold what somebody wrote."""
