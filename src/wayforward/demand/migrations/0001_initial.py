import django.db.models.deletion
import wayforward.records.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exercise', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('population', wayforward.records.fields.Whole()),
                ('outside', wayforward.records.fields.YesNo(required=True)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='IncidentSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('month', wayforward.records.fields.ShortText(max_length=7)),
                ('rows', wayforward.records.fields.Whole()),
                ('source', wayforward.records.fields.ShortText(max_length=500)),
                ('note', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='HarmScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('table', wayforward.records.fields.ShortText(max_length=60, required=True)),
                ('unit', wayforward.records.fields.ShortText(max_length=60)),
                ('note', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='IncidentCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('crime_type', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('count', wayforward.records.fields.Whole(required=True)),
                ('area', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='demand.area')),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('incident_set', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='demand.incidentset')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
    ]
