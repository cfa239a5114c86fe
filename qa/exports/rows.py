"""The rows of a label file, as SQL: one for each item of a job, or for each label of a dataset and
job that has it.

Written by hand, not through the ORM: PostgreSQL formats and sends the rows itself (COPY), which is
the difference between seconds and minutes for a million of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from qa.exports import corrected
from qa.exports.columns import COLUMNS, CORRECTED, REGION_COLUMNS, REVIEWERS

_OF_JOB = """
FROM verification_item AS item
JOIN jobs_jobclass AS class
  ON class.job_id = item.job_id AND class.label_class_id = item.label_class_id
JOIN catalog_image AS image ON image.id = item.image_id
JOIN catalog_label AS label ON label.id = item.label_id
WHERE item.job_id = %(job)s
"""
# Of a job that corrects classes: each label as it was corrected.
_OF_CORRECTIONS = f"""
FROM ({corrected.ITEMS}) AS item
JOIN catalog_labelclass AS class ON class.id = item.label_class_id
JOIN catalog_image AS image ON image.id = item.image_id
JOIN catalog_label AS label ON label.id = item.label_id
WHERE item.job_id = %(job)s
"""
# The same rows where nothing but the items is asked for.
_ITEMS_OF_JOB = """
FROM verification_item AS item
WHERE item.job_id = %(job)s
"""

# Labels of merged classes and erased pictures are in no count, hence in no export of the dataset.
_OF_DATASET = """
FROM catalog_label AS label
JOIN catalog_image AS image ON image.id = label.image_id
JOIN catalog_labelclass AS class ON class.id = label.label_class_id
LEFT JOIN ({items}) AS item ON item.label_id = label.id
WHERE image.dataset_id = %(dataset)s AND image.erased_at IS NULL AND class.merged_into_id IS NULL
"""

_COLUMNS_OF_ITEMS = """item.id, item.job_id, item.label_id, item.label_class_id, item.confidence,
    item.outcome, item.confirm_count, item.disconfirm_count, item.unsure_count, item.reviewed_at"""
# A label that a correction made was confirmed there, by the person who says it.
_ITEMS = f"""
SELECT {_COLUMNS_OF_ITEMS} FROM verification_item AS item
JOIN jobs_job AS job ON job.id = item.job_id
WHERE job.dataset_id = %(dataset)s AND job.deleted_at IS NULL
UNION ALL
SELECT {_COLUMNS_OF_ITEMS} FROM ({corrected.ITEMS}) AS item
JOIN jobs_job AS job ON job.id = item.job_id
WHERE job.dataset_id = %(dataset)s AND job.deleted_at IS NULL AND item.made
"""

# The latest job that judged the label, or that has it where none has judged it yet.
_LATEST_ITEMS = f"""
SELECT DISTINCT ON (item.label_id) item.* FROM ({_ITEMS}) AS item
JOIN jobs_job AS job ON job.id = item.job_id
ORDER BY item.label_id, (item.reviewed_at IS NULL), job.started_at DESC, job.id
"""

_TIME = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
# In the order in which they were given.
_REVIEWERS = f"""(
SELECT coalesce(json_agg(json_build_object(
    'person', person.username, 'value', verdict.value, 'note', verdict.note,
    'looked', verdict.looked, 'at', {_TIME.format("verdict.created_at")}
) ORDER BY verdict.created_at, verdict.id), '[]')
FROM (
    SELECT id, person_id, value, note, looked, created_at FROM verification_verdict
    WHERE item_id = item.id
    UNION ALL {corrected.AS_VERDICTS} AND answer.item_id = item.id
) AS verdict JOIN accounts_user AS person ON person.id = verdict.person_id)"""
_SORT = (
    'class.name COLLATE "C", image.ref COLLATE "C", label.source COLLATE "C", label.id, item.job_id'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which rows: those of `job`, or of `dataset` where there is none, that pass the filters."""

    dataset: UUID
    job: UUID | None
    outcome: tuple[str, ...] = ()
    label_classes: tuple[UUID, ...] = ()
    min_confidence: float | None = None
    latest: bool = False
    reviewers: bool = False
    corrects: bool = False
    """Whether `job` is one in which classes are corrected."""

    @property
    def cells(self) -> dict[str, str]:
        """The columns of a CSV file, each with what it holds of a row."""
        return {name: name for name in COLUMNS}

    def ordered(self) -> str:
        """The rows with all columns that a file may have, sorted by label, image, source and label
        id. A format that leaves some out costs nothing for them: PostgreSQL drops them unread."""
        return f"{self.selected()} ORDER BY {_SORT}"

    def some(self, number: int) -> str:
        """A few of the rows, whichever come first."""
        return f"{self.selected()} LIMIT {number}"

    def selected(self, condition: str = "true") -> str:
        """The rows with all columns, in no order; `condition` may speak of the tables of `from_where`."""
        expressions = {
            "image": "image.ref",
            "label": "class.name",
            "confidence": self.confidence,
            "job": "item.job_id",
            "reviewed_at": _TIME.format("item.reviewed_at"),
            "source": "label.source",
            **{name: f"label.region -> '{name}'" for name in REGION_COLUMNS},
            CORRECTED: corrected.NAME,
            REVIEWERS: _REVIEWERS,
        }
        asked = [REVIEWERS] if self.reviewers else []
        names = (*COLUMNS, *REGION_COLUMNS, CORRECTED, *asked)
        columns = ", ".join(f"{expressions.get(name, f'item.{name}')} AS {name}" for name in names)
        return f"SELECT {columns} {self.from_where} AND {condition}"

    def counted(self) -> str:
        """How many rows there are of each class name and outcome (null where no job has the label)."""
        return f"SELECT class.name, item.outcome, count(*) {self.from_where} GROUP BY 1, 2 ORDER BY 1, 2"

    def number(self) -> str:
        """How many rows there are."""
        return f"SELECT count(*) {self._items_where}"

    def verdicts(self) -> str:
        """The verdicts that the rows rest on, `id, value` in order of id."""
        return corrected.verdicts_on(f"SELECT item.id {self._items_where}")

    def parameters(self) -> dict[str, Any]:
        """The values for the placeholders of all of these."""
        return {
            "dataset": str(self.dataset),
            "job": str(self.job) if self.job else None,
            "outcome": list(self.outcome),
            "label_classes": list(map(str, self.label_classes)),
            "min_confidence": self.min_confidence,
        }

    @property
    def confidence(self) -> str:
        """As the job froze it; of labels that no job has, as it is now."""
        if self.job:
            return "item.confidence"
        return "CASE WHEN item.id IS NULL THEN label.confidence ELSE item.confidence END"

    @property
    def from_where(self) -> str:
        """The tables `item`, `label`, `image`, `class`, and the conditions of the filters."""
        return self._where(self._of(_OF_JOB))

    @property
    def _items_where(self) -> str:
        return self._where(self._of(_ITEMS_OF_JOB))

    def _of(self, of_check: str) -> str:
        if self.corrects:
            return _OF_CORRECTIONS
        return of_check if self.job else _OF_DATASET

    def _where(self, source: str) -> str:
        source = source.format(items=_LATEST_ITEMS if self.latest else _ITEMS)
        return " AND ".join([source, *self._conditions()])

    def _conditions(self) -> Iterable[str]:
        if self.outcome:
            yield "item.outcome = ANY(%(outcome)s)"
        if self.label_classes:
            label_class = "item.label_class_id" if self.job else "class.id"
            yield f"{label_class} = ANY(%(label_classes)s::uuid[])"
        if self.min_confidence is not None:
            yield f"{self.confidence} >= %(min_confidence)s"
