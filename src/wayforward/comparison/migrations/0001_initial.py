import django.db.models.deletion
import wayforward.records.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exercise', '0001_initial'),
        ('scope', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Peer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('own', wayforward.records.fields.YesNo(required=True)),
                ('excluded', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='Collaboration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('partners', wayforward.records.fields.ShortText(max_length=300)),
                ('offer', wayforward.records.fields.LongText(max_length=30000)),
                ('obstacles', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('service', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, to='scope.service')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='PeerMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('measure', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('value', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('unit', wayforward.records.fields.ShortText(max_length=60)),
                ('period', wayforward.records.fields.ShortText(max_length=60)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('peer', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='comparison.peer')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='Practice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('seen_at', wayforward.records.fields.ShortText(max_length=300)),
                ('effect', wayforward.records.fields.LongText(max_length=30000)),
                ('strength', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('other_sector', wayforward.records.fields.YesNo()),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('service', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, to='scope.service')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
    ]
