"""Taking many labels in at once: from staged rows into images, labels and counts, set by set.

Who brings labels (an import, a prediction run) fills temporary tables and calls `Intake`; only this
module writes the catalog's tables in bulk. All of it happens in the caller's transaction, under the
dataset's lock, so that two imports at once add nothing twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from labelapp.catalog.errors import TooManyClasses
from labelapp.catalog.models import Dataset, LabelClass
from labelapp.catalog.names import class_key

# Staged rows of one statement: small enough to show progress and to hear a cancel in between.
_CHUNK = 100_000
# From here on reading all of a dataset once is cheaper than looking each row up.
_MANY = 10_000
_STAGING = """
DROP TABLE IF EXISTS staged_label, staged_image, staged_class, staged_met;
CREATE TEMP TABLE staged_label (
    seq bigint, line bigint, ref text, class_no int,
    confidence double precision, bin smallint, region jsonb, extra jsonb
);
CREATE TEMP TABLE staged_image (
    n bigint, ref text, image_id uuid, is_open boolean, erased boolean,
    blob text, location text, width int, height int, code text, reason text
);
CREATE TEMP TABLE staged_class (class_no int, class_id uuid);
"""
# In the order of a digest, so that ids that grow with time betray neither path nor confidence.
_IMAGES = """
INSERT INTO staged_image (n, ref, image_id, is_open, erased)
SELECT row_number() OVER (ORDER BY md5(named.ref)), named.ref, i.id,
       i.id IS NOT NULL AND i.blob_id IS NULL, i.erased_at IS NOT NULL
FROM (SELECT DISTINCT ref FROM staged_label) AS named
LEFT JOIN catalog_image i ON i.dataset_id = %(dataset)s AND i.ref = named.ref;
CREATE INDEX ON staged_image (n);
ANALYZE staged_image;
"""
_NEW_ID = "uuidv7()"
_OLD_ID = "gen_random_uuid()"
_ADD_IMAGES = """
INSERT INTO catalog_image (id, dataset_id, ref, blob_id, location, width, height)
SELECT {id}, %(dataset)s, ref, blob, coalesce(location, ''), width, height
FROM staged_image
WHERE n > %(after)s AND n <= %(upto)s AND image_id IS NULL AND code IS NULL
ORDER BY n
ON CONFLICT (dataset_id, ref) DO NOTHING
"""
# A stand-in or a reference gets its content once the picture is there.
_FILL_IMAGES = """
UPDATE catalog_image i SET blob_id = s.blob, location = '', width = s.width, height = s.height
FROM staged_image s
WHERE i.dataset_id = %(dataset)s AND i.ref = s.ref
  AND s.blob IS NOT NULL AND i.blob_id IS NULL AND i.erased_at IS NULL
"""
_MEET = """
CREATE TEMP TABLE staged_met ON COMMIT DROP AS
SELECT l.id, l.label_class_id, l.confidence AS before, l.bin AS before_bin, s.confidence, s.bin
FROM staged_label s
JOIN staged_class c ON c.class_no = s.class_no
JOIN catalog_image i ON i.dataset_id = %(dataset)s AND i.ref = s.ref
JOIN catalog_label l ON l.image_id = i.id AND l.label_class_id = c.class_id
    AND l.source = %(source)s AND l.region = coalesce(s.region, '{}')
"""
_REMEMBER = """
INSERT INTO catalog_labelchange (label_id, at, actor_id, kind, before, after)
SELECT id, now(), %(person)s, 'confidence',
       jsonb_build_object('confidence', before), jsonb_build_object('confidence', confidence)
FROM staged_met WHERE before IS DISTINCT FROM confidence
"""
_CHANGE = """
UPDATE catalog_label l SET confidence = m.confidence, bin = m.bin
FROM staged_met m WHERE l.id = m.id AND m.before IS DISTINCT FROM m.confidence
"""
_COUNT_LESS = """
UPDATE catalog_labelcount k SET count = k.count - gone.n
FROM (
    SELECT label_class_id, before_bin, count(*) AS n FROM staged_met
    WHERE before IS DISTINCT FROM confidence GROUP BY 1, 2
) AS gone
WHERE k.dataset_id = %(dataset)s AND k.source = %(source)s
  AND k.label_class_id = gone.label_class_id AND k.bin IS NOT DISTINCT FROM gone.before_bin
"""
_COUNT_MORE = """
INSERT INTO catalog_labelcount AS kept (dataset_id, label_class_id, source, bin, count)
SELECT %(dataset)s, label_class_id, %(source)s, bin, count(*) FROM staged_met
WHERE before IS DISTINCT FROM confidence GROUP BY label_class_id, bin
ON CONFLICT (dataset_id, label_class_id, source, bin) DO UPDATE SET count = kept.count + excluded.count
"""
_ADD_LABELS = """
WITH added AS (
    INSERT INTO catalog_label
        (id, image_id, label_class_id, confidence, bin, source, region, extra, origin)
    SELECT {id}, i.id, c.class_id, s.confidence, s.bin, %(source)s,
           coalesce(s.region, '{{}}'), coalesce(s.extra, '{{}}'), %(origin)s
    FROM staged_image p
    JOIN catalog_image i ON i.dataset_id = %(dataset)s AND i.ref = p.ref
    JOIN staged_label s ON s.ref = p.ref
    JOIN staged_class c ON c.class_no = s.class_no
    WHERE p.n > %(after)s AND p.n <= %(upto)s
    ORDER BY i.id
    ON CONFLICT DO NOTHING
    RETURNING label_class_id, bin
), counted AS (
    INSERT INTO catalog_labelcount AS kept (dataset_id, label_class_id, source, bin, count)
    SELECT %(dataset)s, label_class_id, %(source)s, bin, count(*) FROM added
    GROUP BY label_class_id, bin
    ON CONFLICT (dataset_id, label_class_id, source, bin)
        DO UPDATE SET count = kept.count + excluded.count
)
SELECT count(*) FROM added
"""
_USED_CLASSES = "SELECT DISTINCT class_no FROM staged_label WHERE class_no IS NOT NULL"
_STAGED = "SELECT count(*) FROM staged_label WHERE class_no IS NOT NULL"
_WOULD_MEET = (
    "SELECT count(*), count(*) FILTER (WHERE before IS DISTINCT FROM confidence) FROM staged_met"
)
_WOULD_ADD_IMAGES = "SELECT count(*) FROM staged_image WHERE image_id IS NULL AND code IS NULL"


@dataclass(frozen=True)
class Taken:
    """What an intake added or would add."""

    labels: int
    images: int
    unchanged: int
    updated: int


def prepare() -> None:
    """Make the empty temporary tables of this connection: `staged_label` is the caller's to fill."""
    with connection.cursor() as cursor:
        cursor.execute(_STAGING)


def list_images(dataset_id: UUID) -> int:
    """Fill `staged_image` from the labels' refs, with what the dataset knows of each; how many."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE staged_label")
        cursor.execute(_IMAGES, {"dataset": dataset_id})
        cursor.execute("SELECT count(*) FROM staged_image")
        return int(cursor.fetchone()[0])


def expect(rows: int) -> None:
    """Say how many rows will be staged, before they are: many are never joined row by row.

    Of a dataset that is just being filled the planner believes that it has one picture (statistics know
    the others), and would be free to compare every label with every picture. Until `clear`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET enable_nestloop = %s", ["off" if rows >= _MANY else "on"])


def clear() -> None:
    """Drop the temporary tables; their space would else stay taken while the connection lives."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staged_label, staged_image, staged_class, staged_met")
        cursor.execute("RESET enable_nestloop")


class Intake:
    """One set of staged labels on its way into a dataset. Use inside a transaction that holds it.

    Args:
        dataset: locked by `services.lock_dataset`.
        source: who says these labels.
        origin: the id of the import or run, kept on each new label.
        person_id: who changes confidences, for the history.
    """

    def __init__(
        self, dataset: Dataset, *, source: str, origin: UUID, person_id: UUID | None
    ) -> None:
        self._dataset = dataset
        new_id = _NEW_ID if connection.pg_version >= 180_000 else _OLD_ID  # type: ignore[attr-defined]
        self._add_images, self._add_labels = (
            statement.format(id=new_id) for statement in (_ADD_IMAGES, _ADD_LABELS)
        )
        self._values: dict[str, Any] = {
            "dataset": dataset.pk,
            "source": source,
            "origin": origin,
            "person": person_id,
        }

    def classes(self, names: Iterable[str]) -> None:
        """Say which class each `class_no`, counted from 0, is; those that rows name are made if new.

        Raises:
            TooManyClasses: there would be more than the limit.
        """
        with connection.cursor() as cursor:
            cursor.execute(_USED_CLASSES)
            used = {row[0] for row in cursor.fetchall()}
        wanted = {number: name for number, name in enumerate(names) if number in used}
        known = {
            row.key: row.merged_into_id or row.pk
            for row in LabelClass.objects.filter(dataset=self._dataset)
        }
        new = [
            LabelClass(dataset=self._dataset, name=name, key=class_key(name))
            for name in sorted(set(wanted.values()))
            if class_key(name) not in known
        ]
        if len(known) + len(new) > settings.MAX_CLASSES_PER_DATASET:
            raise TooManyClasses
        LabelClass.objects.bulk_create(new)
        known |= {row.key: row.pk for row in new}
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE staged_class")
            cursor.execute(
                "INSERT INTO staged_class SELECT * FROM unnest(%s::int[], %s::uuid[])",
                [list(wanted), [known[class_key(name)] for name in wanted.values()]],
            )

    def write(self, progress: Callable[[int], None]) -> Taken:
        """Write everything; `progress` hears how many of the staged images are done.

        Keeps: the counts of (dataset, class, source, bin) equal the labels; each label's earlier
        confidence is in its history.
        """
        with connection.cursor() as cursor:
            met, updated = self._meet(cursor)
            if updated:
                for statement in (_REMEMBER, _CHANGE, _COUNT_LESS, _COUNT_MORE):
                    cursor.execute(statement, self._values)
            cursor.execute(_FILL_IMAGES, self._values)
            cursor.execute("SELECT coalesce(max(n), 0) FROM staged_image")
            last = cursor.fetchone()[0]
            images = labels = 0
            for after in range(0, last, _CHUNK):
                values = {**self._values, "after": after, "upto": after + _CHUNK}
                cursor.execute(self._add_images, values)
                images += cursor.rowcount
                cursor.execute(self._add_labels, values)
                labels += cursor.fetchone()[0]
                progress(min(after + _CHUNK, last))
        self._dataset.image_count += images
        self._dataset.save(update_fields=["image_count"])
        return Taken(labels=labels, images=images, unchanged=met - updated, updated=updated)

    def forecast(self) -> Taken:
        """What `write` would add; call it in a transaction that is rolled back."""
        with connection.cursor() as cursor:
            met, updated = self._meet(cursor)
            cursor.execute(_STAGED)
            staged = cursor.fetchone()[0]
            cursor.execute(_WOULD_ADD_IMAGES)
            images = cursor.fetchone()[0]
        return Taken(labels=staged - met, images=images, unchanged=met - updated, updated=updated)

    def _meet(self, cursor: Any) -> tuple[int, int]:
        """Find the staged labels that are there already: how many, and how many of them differ."""
        cursor.execute(_MEET, self._values)
        cursor.execute(_WOULD_MEET)
        met, updated = cursor.fetchone()
        return met, updated
