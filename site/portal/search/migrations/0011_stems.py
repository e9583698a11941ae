from django.db import migrations, models


def read_everything_again(apps, schema_editor):
    """Arabic words and « France » have other stems: what is there is found by them once it has
    been read again."""
    rows = apps.get_model("portal_search", "SearchDocument").objects
    rows.update(version=models.F("version") + 1)


class Migration(migrations.Migration):
    dependencies = [("portal_search", "0010_alerts")]

    operations = [migrations.RunPython(read_everything_again, migrations.RunPython.noop)]
