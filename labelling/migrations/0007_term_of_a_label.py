from datetime import date, timedelta

from django.db import migrations, models


def a_year_from(day):
    try:
        return day.replace(year=day.year + 1) - timedelta(days=1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def say_the_term(apps, schema_editor):
    """A label starts the day it was given; one without an end lasts a year.

    What cannot be (an end before the start, a withdrawal before the label) is brought in line:
    the database refuses it from here on.
    """
    labels = apps.get_model("labelling", "Label").objects
    for label in labels.all():
        ends = label.expires_on or a_year_from(label.granted_on)
        facts = {"starts_on": label.granted_on, "expires_on": max(ends, label.granted_on)}
        if label.withdrawn_on is not None:
            facts["withdrawn_on"] = max(label.withdrawn_on, label.granted_on)
            facts["withdrawal_reasons"] = label.withdrawal_reasons or "?"
        labels.filter(pk=label.pk).update(**facts)


class Migration(migrations.Migration):

    dependencies = [
        ("labelling", "0006_grid_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="label",
            name="starts_on",
            field=models.DateField(blank=True, null=True, verbose_name="valable à partir du"),
        ),
        migrations.RunPython(say_the_term, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="label",
            name="starts_on",
            field=models.DateField(blank=True, verbose_name="valable à partir du"),
        ),
        migrations.AlterField(
            model_name="label",
            name="expires_on",
            field=models.DateField(verbose_name="valable jusqu’au"),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__gte", models.F("granted_on"))),
                name="a_label_starts_once_granted",
            ),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_on__gte", models.F("starts_on"))),
                name="a_label_lasts_a_day_at_least",
            ),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on", None),
                    models.Q(
                        ("withdrawn_on__gte", models.F("granted_on")),
                        models.Q(("withdrawal_reasons", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_label_is_withdrawn_with_reasons",
            ),
        ),
    ]
