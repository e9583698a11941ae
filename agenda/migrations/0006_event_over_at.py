from django.db import migrations, models
from django.db.models import Max, OuterRef, Subquery


def note_ends(apps, schema_editor):
    Occurrence = apps.get_model("agenda", "Occurrence")
    last = (
        Occurrence.objects.filter(event=OuterRef("pk"))
        .order_by()
        .values("event")
        .annotate(last=Max("over_at"))
        .values("last")
    )
    apps.get_model("agenda", "EventPage").objects.update(over_at=Subquery(last))


class Migration(migrations.Migration):
    dependencies = [("agenda", "0005_imported_events")]

    operations = [
        migrations.AddField(
            model_name="eventpage",
            name="over_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(note_ends, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="eventpage",
            index=models.Index(
                fields=["territory", "over_at"], name="event_of_territory_over_at"
            ),
        ),
        migrations.AddIndex(
            model_name="eventpage",
            index=models.Index(fields=["over_at"], name="event_over_at"),
        ),
    ]
