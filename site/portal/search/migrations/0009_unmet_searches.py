import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal_search', '0008_promotion'),
        ('territories', '0020_geocoded_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='TallyKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(unique=True)),
                ('secret', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'clé des recherches comptées',
                'verbose_name_plural': 'clés des recherches comptées',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SearchTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12, verbose_name='langue')),
                ('without_result', models.PositiveIntegerField(default=0, verbose_name='sans résultat')),
                ('without_click', models.PositiveIntegerField(default=0, verbose_name='sans clic')),
                ('opened', models.PositiveIntegerField(default=0, verbose_name='avec une fiche ouverte')),
                ('month', models.DateField()),
                ('digest', models.CharField(blank=True, max_length=32)),
                ('territory', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territories.territory', verbose_name='territoire')),
            ],
            options={
                'verbose_name': 'recherche comptée',
                'verbose_name_plural': 'recherches comptées',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('month', 'territory', 'language', 'digest'), name='one_tally'), models.UniqueConstraint(condition=models.Q(('territory', None)), fields=('month', 'language', 'digest'), name='one_tally_of_the_portal')],
            },
        ),
        migrations.CreateModel(
            name='UnmetSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12, verbose_name='langue')),
                ('without_result', models.PositiveIntegerField(default=0, verbose_name='sans résultat')),
                ('without_click', models.PositiveIntegerField(default=0, verbose_name='sans clic')),
                ('opened', models.PositiveIntegerField(default=0, verbose_name='avec une fiche ouverte')),
                ('folded', models.CharField(max_length=200)),
                ('text', models.CharField(max_length=80, verbose_name='recherche')),
                ('last_week', models.DateField(verbose_name='dernière semaine')),
                ('dealt_with_in', models.DateField(null=True, verbose_name='traitée la semaine du')),
                ('territory', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territories.territory', verbose_name='territoire')),
            ],
            options={
                'verbose_name': 'recherche sans réponse',
                'verbose_name_plural': 'recherches sans réponse',
                'default_permissions': ('view', 'change'),
                'constraints': [models.UniqueConstraint(fields=('territory', 'language', 'folded'), name='one_unmet_search'), models.UniqueConstraint(condition=models.Q(('territory', None)), fields=('language', 'folded'), name='one_unmet_search_of_the_portal')],
            },
        ),
    ]
