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
            name='IncomeGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('income', wayforward.records.fields.Money(decimal_places=2, max_digits=14)),
                ('median', wayforward.records.fields.Money(decimal_places=2, max_digits=14)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='Inflation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('year', wayforward.records.fields.YearField(required=True)),
                ('rate', wayforward.records.fields.Fraction(decimal_places=6, max_digits=9)),
                ('basis', wayforward.records.fields.ShortText(max_length=300)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='PlanLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('plan_kind', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('year', wayforward.records.fields.YearField(required=True)),
                ('amount', wayforward.records.fields.Money(decimal_places=2, max_digits=14)),
                ('note', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='Turnover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('post_kind', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('year', wayforward.records.fields.YearField(required=True)),
                ('leaving', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('exit_cost', wayforward.records.fields.Money(decimal_places=2, max_digits=14)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
    ]
