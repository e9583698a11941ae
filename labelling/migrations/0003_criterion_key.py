from django.db import migrations, models

# The first grid, loaded before criteria had a key.
KEYS = {
    ("mandatory", 1): "access",
    ("mandatory", 2): "communication",
    ("mandatory", 3): "partnership",
    ("mandatory", 4): "follow-up",
    ("optional", 1): "small-format",
    ("optional", 2): "before-and-after",
    ("optional", 3): "help-on-the-spot",
    ("optional", 4): "companies",
    ("optional", 5): "residents",
    ("optional", 6): "several-formats",
    ("optional", 7): "new-actors",
    ("optional", 8): "labelled-places",
}


def name_the_criteria_of_the_first_grid(apps, schema_editor):
    criteria = apps.get_model("labelling", "Criterion").objects.filter(grid__version="2026-1")
    for (kind, number), key in KEYS.items():
        criteria.filter(kind=kind, number=number).update(key=key)


class Migration(migrations.Migration):
    dependencies = [("labelling", "0002_applications_reviews_reports")]

    operations = [
        migrations.AddField(
            model_name="criterion",
            name="key",
            field=models.SlugField(blank=True, max_length=40, verbose_name="clé"),
        ),
        migrations.RunPython(name_the_criteria_of_the_first_grid, migrations.RunPython.noop),
    ]
