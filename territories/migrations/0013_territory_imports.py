import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('territories', '0012_log_in_rules'),
    ]

    operations = [
        migrations.CreateModel(
            name='TerritoryImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('archive', models.CharField(max_length=64)),
                ('renewed', models.JSONField(default=dict)),
                ('made', models.JSONField(default=dict)),
                ('done', models.JSONField(default=dict)),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('territory', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='imported_from', to='territories.territory', verbose_name='territoire')),
            ],
            options={
                'verbose_name': 'import d’un territoire',
                'verbose_name_plural': 'imports de territoires',
            },
        ),
    ]
