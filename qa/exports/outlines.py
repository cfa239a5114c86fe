"""The outlined objects of a job, as SQL.

Objects that have a class and a mask, and that their annotator accepted; masks as they were saved.
"""

from dataclasses import dataclass
from typing import Any

from qa.exports.rows import Rows

_DRAWN = """
FROM segmentation_document AS document
JOIN segmentation_pictureitem AS picture
  ON picture.job_id = document.job_id AND picture.image_id = document.image_id
JOIN catalog_image AS image ON image.id = document.image_id
JOIN accounts_user AS person ON person.id = document.person_id
{objects}
WHERE document.job_id = %(job)s AND document.revision > 0 AND image.erased_at IS NULL
"""
_OBJECTS = """
{join} JOIN LATERAL (
    SELECT outline, place, class.name, class.label_class_id
    FROM jsonb_array_elements(document.outlines) WITH ORDINALITY AS drawn(outline, place)
    JOIN jobs_jobclass AS class ON class.job_id = document.job_id
      AND class.label_class_id = (outline ->> 'label_class')::uuid
    WHERE jsonb_typeof(outline -> 'mask') = 'object' AND (outline ->> 'accepted')::boolean {classes}
) AS drawn ON true
"""
_OF_CLASSES = "AND class.label_class_id = ANY(%(label_classes)s::uuid[])"
_FINISHED = """EXISTS (
SELECT 1 FROM jobs_assignment AS sent WHERE sent.batch_id = picture.batch_id
  AND sent.person_id = document.person_id AND sent.state = 'submitted')"""
# Several people may outline one picture, each on a layer of their own.
_LAYER = """CASE WHEN (
    SELECT count(*) FROM segmentation_document AS other WHERE other.job_id = document.job_id
      AND other.image_id = document.image_id AND other.revision > 0
) > 1 THEN person.username ELSE '' END"""
_SORT = 'image.ref COLLATE "C", person.username COLLATE "C", drawn.place'
# In the order of the file. The values of `outline` are JSON.
_COLUMNS = {
    "image": "image.ref",
    "label": "drawn.name",
    "name": "outline ->> 'name'",
    "box": "outline -> 'bbox'",
    "area": "(outline ->> 'area')::bigint",
    "mask": "outline -> 'mask'",
    "annotator": "person.username",
    "source": "outline ->> 'source'",
    "order": "(outline ->> 'order')::bigint",
    "finished": _FINISHED,
    "job": "document.job_id",
}
_SIDES = {
    side: f"(box ->> {place})::int" for place, side in enumerate(("x", "y", "width", "height"))
}


@dataclass(frozen=True, slots=True)
class Outlines:
    """The objects that `rows.job` asked for, of `rows.label_classes` where some are named.

    See `shapes.Shapes`.
    """

    rows: Rows

    @property
    def cells(self) -> dict[str, str]:
        """The columns of a CSV file, each with what it holds of a row: the box, no room for the mask."""
        plain = {name: f'"{name}"' for name in _COLUMNS if name not in {"box", "mask", "order"}}
        head = {name: plain.pop(name) for name in ("image", "label", "name")}
        return {**head, **_SIDES, **plain}

    def ordered(self) -> str:
        """A row for each object, by picture, annotator and from the lowest to the highest."""
        columns = ", ".join(f'{cell} AS "{name}"' for name, cell in _COLUMNS.items())
        return f"SELECT {columns} {self._objects} ORDER BY {_SORT}"

    def title(self) -> str:
        return "SELECT name FROM jobs_job WHERE id = %(job)s"

    def classes(self) -> str:
        return (
            "SELECT position + 1, label_class_id, name FROM jobs_jobclass"
            " WHERE job_id = %(job)s ORDER BY position"
        )

    def objects(self) -> str:
        """The objects, and pictures that are finished without one."""
        return f"""
            SELECT image.ref, image.width, image.height, {_LAYER}, drawn.label_class_id,
                outline -> 'mask', NULL, NULL, false, json_build_object(
                    'annotator', person.username, 'name', outline -> 'name',
                    'order', outline -> 'order', 'source', outline -> 'source', 'finished', {_FINISHED}
                ), true, document.saved_at
            {self._drawn("LEFT")} AND (outline IS NOT NULL OR {_FINISHED}) ORDER BY {_SORT}"""

    def pictures(self) -> str:
        """Also those on which somebody has saved nothing, or nothing that is exported."""
        return f"""
            SELECT image.ref, image.width, image.height {_DRAWN.format(objects="")}
            GROUP BY image.id ORDER BY image.ref COLLATE "C" """

    def number(self) -> str:
        """How many objects there are."""
        return f"SELECT count(*) {self._objects}"

    def counted(self) -> str:
        """How many there are of each class, on pictures that are finished and not."""
        state = f"CASE WHEN {_FINISHED} THEN 'finished' ELSE 'unfinished' END"
        return f"SELECT drawn.name, {state}, count(*) {self._objects} GROUP BY 1, 2 ORDER BY 1, 2"

    def verdicts(self) -> str:
        """What the objects rest on: the documents, `id, revision` in order of id."""
        drawn = _DRAWN.format(objects="")
        return f"SELECT document.id, document.revision {drawn} ORDER BY document.id"

    def parameters(self) -> dict[str, Any]:
        return self.rows.parameters()

    @property
    def _objects(self) -> str:
        return self._drawn("INNER")

    def _drawn(self, join: str) -> str:
        classes = _OF_CLASSES if self.rows.label_classes else ""
        return _DRAWN.format(objects=_OBJECTS.format(join=join, classes=classes))
