import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal_search', '0006_facets'),
        ('territories', '0020_geocoded_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(help_text='Par exemple : boulot. S’il y a plusieurs façons, mettez des virgules.', max_length=300, verbose_name='ce que les habitants écrivent')),
                ('link', models.CharField(choices=[('towards', 'Qui cherche le premier trouve aussi le second'), ('same', 'L’un vaut l’autre, dans les deux sens'), ('name', 'C’est un nom : ses mots restent ensemble'), ('never', 'Le premier ne mène pas au second : défaire ce lien')], default='towards', max_length=10, verbose_name='lien')),
                ('means', models.CharField(blank=True, help_text='Les mots de vos fiches, par exemple : emploi. Rien pour un nom.', max_length=300, verbose_name='ce que cela veut dire')),
                ('territory', models.ForeignKey(blank=True, help_text='Vide : pour toute la France.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territories.territory', verbose_name='territoire')),
            ],
            options={
                'verbose_name': 'synonyme',
                'verbose_name_plural': 'synonymes',
                'ordering': ['said', 'pk'],
            },
        ),
    ]
