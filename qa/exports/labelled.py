"""Labels that have a mask as objects, as SQL; where none has one, those that have a box."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from qa.exports import corrected
from qa.exports.rows import Rows

_SIDE = "coalesce((label.region #>> '{{mask,size,{place}}}')::int, image.{side}) AS {side}"
_WIDTH, _HEIGHT = _SIDE.format(place=1, side="width"), _SIDE.format(place=0, side="height")
# Without an order of their own, the smaller lies over the larger where both are painted; that is for
# the painter, who has their areas.
_SORT = 'image.ref COLLATE "C", class.name COLLATE "C", label.source COLLATE "C", label.id'


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labels that `rows` asks for and that have a region of this kind. See `shapes.Shapes`.

    Of a dataset each label is there once, as the last job judged it.
    """

    rows: Rows
    region: Literal["mask", "box"] = "mask"

    @classmethod
    def of(cls, rows: Rows) -> "Labelled":
        return cls(replace(rows, latest=rows.job is None))

    def boxes(self) -> "Labelled":
        """The same labels where they have a box."""
        return replace(self, region="box")

    def title(self) -> str:
        if self.rows.job:
            return "SELECT name FROM jobs_job WHERE id = %(job)s"
        return "SELECT name FROM catalog_dataset WHERE id = %(dataset)s"

    def classes(self) -> str:
        if self._of_check:
            return (
                "SELECT position + 1, label_class_id, name FROM jobs_jobclass"
                " WHERE job_id = %(job)s ORDER BY position"
            )
        return (
            'SELECT row_number() OVER (ORDER BY name COLLATE "C", id), id, name FROM catalog_labelclass'
            " WHERE dataset_id = %(dataset)s AND merged_into_id IS NULL ORDER BY 1"
        )

    def objects(self) -> str:
        label_class = "class.label_class_id" if self._of_check else "class.id"
        judged = "item.outcome IS NOT NULL AND item.outcome <> 'pending'"
        return f"""
            SELECT image.ref, {_WIDTH}, {_HEIGHT}, '', {label_class},
                label.region -> 'mask', label.region -> 'box', {self.rows.confidence},
                label.extra -> 'iscrowd' IS NOT DISTINCT FROM '1'::jsonb,
                json_build_object('source', label.source, 'outcome', item.outcome, 'job', item.job_id),
                ({judged}) OR starts_with(label.source, 'person:'), item.reviewed_at
            {self._from_where} ORDER BY {_SORT}"""

    def pictures(self) -> str:
        return f"""
            SELECT DISTINCT ON (image.ref COLLATE "C") image.ref, {_WIDTH}, {_HEIGHT}
            {self._from_where} ORDER BY image.ref COLLATE "C", {_SORT}"""

    def some(self, number: int) -> str:
        """A few of the labels with all their columns, whichever come first."""
        return f"{self.rows.selected(self._has_region)} LIMIT {number}"

    def number(self) -> str:
        return f"SELECT count(*) {self._from_where}"

    def counted(self) -> str:
        """How many there are of each class name and outcome."""
        return f"SELECT class.name, item.outcome, count(*) {self._from_where} GROUP BY 1, 2 ORDER BY 1, 2"

    def verdicts(self) -> str:
        """The verdicts that the labels rest on, `id, value` in order of id."""
        return corrected.verdicts_on(f"SELECT item.id {self._from_where}")

    def parameters(self) -> dict[str, Any]:
        return self.rows.parameters()

    @property
    def _of_check(self) -> bool:
        """Whether the classes are those that a job froze."""
        return self.rows.job is not None and not self.rows.corrects

    @property
    def _has_region(self) -> str:
        return f"label.region ? '{self.region}'"

    @property
    def _from_where(self) -> str:
        return f"{self.rows.from_where} AND {self._has_region}"
