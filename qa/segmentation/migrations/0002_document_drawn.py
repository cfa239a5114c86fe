from django.db import migrations, models

COUNT_WHAT_IS_THERE = """
UPDATE segmentation_document AS document SET drawn = counted.drawn
FROM (
    SELECT id, jsonb_object_agg(label_class, objects) AS drawn
    FROM (
        SELECT document.id, outline ->> 'label_class' AS label_class, count(*) AS objects
        FROM segmentation_document AS document, jsonb_array_elements(document.outlines) AS outline
        WHERE jsonb_typeof(outline -> 'mask') = 'object' AND (outline ->> 'accepted')::boolean
            AND outline ->> 'label_class' IS NOT NULL
        GROUP BY document.id, outline ->> 'label_class'
    ) AS by_class
    GROUP BY id
) AS counted
WHERE counted.id = document.id
"""


class Migration(migrations.Migration):
    dependencies = [("segmentation", "0001_initial")]

    operations = [
        migrations.AddField("document", "drawn", models.JSONField(default=dict)),
        migrations.RunSQL(COUNT_WHAT_IS_THERE, migrations.RunSQL.noop),
    ]
