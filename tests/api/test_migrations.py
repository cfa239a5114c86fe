"""What a migration does to rows that were there before it."""

from importlib import import_module

import pytest
from django.db import connection

from qa.segmentation.models import Document
from tests.api.outlining import Annotator, dataset_to_outline, outline, start
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def test_documents_saved_before_objects_were_counted_are_counted(cast: Cast) -> None:
    ana = Annotator(client_of(cast.ana), start(cast, dataset_to_outline()))
    image = ana.wide()
    objects = [outline(1), outline(2), outline(3, label_class="Spoon"), outline(4, accepted=False)]
    objects += [outline(5, mask=None), outline(6, label_class=None)]
    assert ana.save(image, '"0"', *objects).status_code == 200
    as_saved = Document.objects.get().drawn
    Document.objects.update(drawn={})

    sql = import_module("qa.segmentation.migrations.0002_document_drawn").COUNT_WHAT_IS_THERE
    with connection.cursor() as cursor:
        cursor.execute(sql)

    assert sorted(as_saved.values()) == [1, 2]
    assert Document.objects.get().drawn == as_saved
