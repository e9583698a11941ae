from django.db import migrations, models


def nobody_answered(apps, schema_editor):
    """So far « none » and « not answered » were one."""
    apps.get_model("labelling", "Report").objects.filter(criteria_held=[]).update(
        criteria_held=None
    )


class Migration(migrations.Migration):
    dependencies = [("labelling", "0011_reminders_of_the_end")]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="criteria_held",
            field=models.JSONField(blank=True, null=True, verbose_name="critères tenus"),
        ),
        migrations.RunPython(nobody_answered, migrations.RunPython.noop),
    ]
