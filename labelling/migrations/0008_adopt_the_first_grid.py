import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def adopt(apps, schema_editor):
    """Territories that had the label before grids were adopted: by the one they judge by today."""
    grids = apps.get_model("labelling", "CriteriaGrid").objects.filter(territory=None)
    published = grids.filter(published_on__lte=timezone.localdate())
    grid = published.order_by("-published_on", "-pk").first()
    if grid is None:
        return
    adoptions = apps.get_model("labelling", "GridAdoption").objects
    known = set(adoptions.values_list("territory_id", flat=True))
    switches = apps.get_model("territories", "PluginSwitch").objects.filter(plugin="labelling")
    for territory in set(switches.values_list("territory_id", flat=True)) - known:
        adoptions.create(territory_id=territory, grid=grid)


class Migration(migrations.Migration):
    dependencies = [('labelling', '0007_term_of_a_label')]

    operations = [
        migrations.AlterField(
            model_name="criteriagrid",
            name="completes",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="labelling.criteriagrid",
                verbose_name="complète",
            ),
        ),
        migrations.RunPython(adopt, migrations.RunPython.noop),
    ]
