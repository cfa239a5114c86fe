"""The outlined objects of a job as a COCO file, as SQL: PostgreSQL writes it, as it writes labels.

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
{objects}
WHERE document.job_id = %(job)s AND document.revision > 0 AND image.erased_at IS NULL
"""
_OBJECTS = """
CROSS JOIN jsonb_array_elements(document.outlines) WITH ORDINALITY AS drawn(outline, place)
JOIN jobs_jobclass AS class
  ON class.job_id = document.job_id AND class.label_class_id = (outline ->> 'label_class')::uuid
JOIN accounts_user AS person ON person.id = document.person_id
"""
_OF_OBJECTS = f"""{_DRAWN.format(objects=_OBJECTS)}
AND jsonb_typeof(outline -> 'mask') = 'object' AND (outline ->> 'accepted')::boolean
"""
_FINISHED = """EXISTS (
SELECT 1 FROM jobs_assignment AS sent WHERE sent.batch_id = picture.batch_id
  AND sent.person_id = document.person_id AND sent.state = 'submitted')"""
_CLASSES = "SELECT position, name FROM jobs_jobclass WHERE job_id = %(job)s"

_HEAD = f"""
SELECT '{{"info":' || json_build_object('description', job.name, 'job', job.id)::text
    || ',"licenses":[],"categories":' || (
        SELECT json_agg(json_build_object('id', class.position + 1, 'name', class.name)
                        ORDER BY class.position)::text FROM ({_CLASSES}) AS class
    ) || ',"images":['
FROM jobs_job AS job WHERE job.id = %(job)s
"""
_IMAGES = f"""
SELECT CASE WHEN row_number() OVER (ORDER BY rank) = 1 THEN '' ELSE ',' END || json_build_object(
    'id', rank, 'file_name', ref, 'width', width, 'height', height
)::text FROM (
    SELECT DISTINCT picture.rank, image.ref, image.width, image.height {_DRAWN.format(objects="")}
) AS seen ORDER BY rank
"""
_ANNOTATIONS = f"""
SELECT CASE WHEN row_number() OVER sorted = 1 THEN '' ELSE ',' END || json_build_object(
    'id', row_number() OVER sorted, 'image_id', picture.rank, 'category_id', class.position + 1,
    'segmentation', outline -> 'mask', 'area', outline -> 'area', 'bbox', outline -> 'bbox',
    'iscrowd', 0, 'attributes', json_build_object(
        'annotator', person.username, 'name', outline -> 'name', 'order', outline -> 'order',
        'source', outline -> 'source', 'finished', {_FINISHED}
    )
)::text
{{objects}}
WINDOW sorted AS (ORDER BY picture.rank, person.username, drawn.place)
ORDER BY picture.rank, person.username, drawn.place
"""


@dataclass(frozen=True, slots=True)
class Outlines:
    """The objects that `rows.job` asked for, of `rows.label_classes` where some are named."""

    rows: Rows

    def copies(self) -> list[str]:
        """The statements that write the file, one after the other.

        JSON text holds no raw control character, so it passes through the CSV form of COPY as it is.
        """
        annotations = _ANNOTATIONS.format(objects=self._objects)
        parts = [_HEAD, _IMAGES, "SELECT '],\"annotations\":['", annotations, "SELECT ']}'"]
        how = "WITH (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')"
        return [f"COPY ({part}) TO STDOUT {how}" for part in parts]

    def number(self) -> str:
        """How many objects there are."""
        return f"SELECT count(*) {self._objects}"

    def counted(self) -> str:
        """How many there are of each class, on pictures that are finished and not."""
        state = f"CASE WHEN {_FINISHED} THEN 'finished' ELSE 'unfinished' END"
        return f"SELECT class.name, {state}, count(*) {self._objects} GROUP BY 1, 2 ORDER BY 1, 2"

    def verdicts(self) -> str:
        """What the objects rest on: the documents, `id, revision` in order of id."""
        drawn = _DRAWN.format(objects="")
        return f"SELECT document.id, document.revision {drawn} ORDER BY document.id"

    def parameters(self) -> dict[str, Any]:
        return self.rows.parameters()

    @property
    def _objects(self) -> str:
        if not self.rows.label_classes:
            return _OF_OBJECTS
        return f"{_OF_OBJECTS} AND class.label_class_id = ANY(%(label_classes)s::uuid[])"
