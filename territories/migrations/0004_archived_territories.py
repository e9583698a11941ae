from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territories", "0003_links_and_mail")]

    operations = [
        migrations.AddField(
            model_name="territory",
            name="archived_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="archivé le"
            ),
        ),
    ]
