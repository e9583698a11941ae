from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("labelling", "0003_criterion_key")]

    operations = [
        migrations.AlterModelOptions(
            name="application",
            options={
                "default_permissions": ("add", "view", "change"),
                "ordering": ["-submitted_at", "-begun_at", "-pk"],
                "verbose_name": "demande de label",
                "verbose_name_plural": "demandes de label",
            },
        ),
    ]
