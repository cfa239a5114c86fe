"""Leave room on the pages of rows that are updated in place, so that an update touches no index."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("verification", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE verification_item SET (fillfactor = 80);"
            "ALTER TABLE verification_tally SET (fillfactor = 50);",
            "ALTER TABLE verification_item RESET (fillfactor);"
            "ALTER TABLE verification_tally RESET (fillfactor);",
        )
    ]
