"""How PostgreSQL joins what was staged: never each label with each picture."""

from collections.abc import Iterator

import pytest
from django.db import connection

from labelapp.catalog import intake
from labelapp.catalog.models import Dataset
from tests.builders import make_class, make_dataset, make_labels

pytestmark = pytest.mark.django_db

ROWS = 20_000
# As `Intake` gives stand-ins their content: once a loop of all pictures over all pictures.
FILL = """
EXPLAIN UPDATE catalog_image i SET blob_id = s.blob FROM staged_image s
WHERE i.dataset_id = %s AND i.ref = s.ref AND s.blob IS NOT NULL AND i.blob_id IS NULL
"""
# As it looks for the labels that are there already.
MEET = """
EXPLAIN SELECT l.id FROM staged_label s
JOIN staged_class c ON c.class_no = s.class_no
JOIN catalog_image i ON i.dataset_id = %s AND i.ref = s.ref
JOIN catalog_label l ON l.image_id = i.id AND l.label_class_id = c.class_id AND l.source = 'model.csv'
"""


@pytest.fixture
def filling() -> Iterator[Dataset]:
    """A dataset that statistics do not know, with pictures and labels as staged."""
    make_labels(make_dataset(), ["0.5"] * 20)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_image, catalog_label")
    dataset = make_dataset()
    intake.prepare()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO staged_label (seq, ref, class_no)"
            " SELECT n, 'a/' || n, 0 FROM generate_series(1, %s) n",
            [ROWS],
        )
        cursor.execute(
            "INSERT INTO catalog_image (id, dataset_id, ref, location)"
            " SELECT gen_random_uuid(), %s, ref, 'x' FROM staged_label",
            [dataset.pk],
        )
        cursor.execute(
            "INSERT INTO catalog_label (id, image_id, label_class_id, source, region, extra)"
            " SELECT gen_random_uuid(), id, %s, 'model.csv', '{}', '{}' FROM catalog_image"
            " WHERE dataset_id = %s",
            [make_class(dataset).pk, dataset.pk],
        )
        cursor.execute("ANALYZE staged_label")
    yield dataset
    intake.clear()


@pytest.mark.parametrize("statement", [FILL, MEET])
@pytest.mark.parametrize(("rows", "one_by_one"), [(ROWS, False), (100, True)])
def test_only_few_rows_are_looked_up_one_by_one(
    filling: Dataset, statement: str, rows: int, one_by_one: bool
) -> None:
    intake.expect(rows)
    intake.list_images(filling.pk)
    with connection.cursor() as cursor:
        cursor.execute(statement, [filling.pk])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert ("Nested Loop" in plan) is one_by_one, plan


def test_the_next_work_of_the_connection_is_planned_as_ever(filling: Dataset) -> None:
    intake.expect(ROWS)
    intake.clear()
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_nestloop")
        assert cursor.fetchone() == ("on",)
