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
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('yearly_cost', wayforward.records.fields.Money(decimal_places=2, max_digits=14)),
                ('people', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('yearly_demand', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('demand_unit', wayforward.records.fields.ShortText(max_length=60)),
                ('powers_by', wayforward.records.fields.Choice(max_length=40)),
                ('powers', wayforward.records.fields.ShortText(max_length=300)),
                ('employer', wayforward.records.fields.Choice(max_length=40)),
                ('tasked_by', wayforward.records.fields.Choice(max_length=40)),
                ('information', wayforward.records.fields.YesNo()),
                ('statutory_basis', wayforward.records.fields.ShortText(max_length=300)),
                ('agreed_category', wayforward.records.fields.Choice(max_length=40)),
                ('agreed_by', wayforward.records.fields.ShortText(max_length=300)),
                ('agreed_on', wayforward.records.fields.Day()),
                ('agreed_reason', wayforward.records.fields.LongText(max_length=30000)),
                ('baseline_days', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('parent', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, to='scope.service')),
                ('supports', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, to='scope.service')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='Definition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('term', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('wording', wayforward.records.fields.LongText(max_length=30000, required=True)),
                ('edition', wayforward.records.fields.ShortText(max_length=20)),
                ('agreed_by', wayforward.records.fields.ShortText(max_length=300)),
                ('agreed_on', wayforward.records.fields.Day()),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('dimension', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('rater', wayforward.records.fields.ShortText(max_length=60, required=True)),
                ('rating', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('reason', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('service', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='scope.service')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='ModernisationOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('area', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('indicator', wayforward.records.fields.ShortText(max_length=300)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('service', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, to='scope.service')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('value', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('unit', wayforward.records.fields.ShortText(max_length=60)),
                ('period', wayforward.records.fields.ShortText(max_length=60)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('service', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='scope.service')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
    ]
