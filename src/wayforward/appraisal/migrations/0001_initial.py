import django.db.models.deletion
import wayforward.records.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exercise', '0001_initial'),
        ('options', '0001_initial'),
        ('scope', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BenefitLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('amounts', wayforward.records.fields.Profile()),
                ('low', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('high', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('phase', wayforward.records.fields.Choice(max_length=40)),
                ('organisation', wayforward.records.fields.ShortText(max_length=300)),
                ('estimate_class', wayforward.records.fields.Choice(max_length=40)),
                ('quotes', wayforward.records.fields.ShortText(max_length=300)),
                ('benefit_kind', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('beneficiary', wayforward.records.fields.ShortText(max_length=300)),
                ('in_plan', wayforward.records.fields.YesNo(required=True)),
                ('effect', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('option', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.option')),
                ('outcome', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, to='scope.modernisationoutcome')),
                ('service', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, to='scope.service')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('exercise', 'code'), name='appraisal_benefitline_code_once')],
            },
        ),
        migrations.CreateModel(
            name='CostLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('amounts', wayforward.records.fields.Profile()),
                ('low', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('high', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('phase', wayforward.records.fields.Choice(max_length=40)),
                ('organisation', wayforward.records.fields.ShortText(max_length=300)),
                ('estimate_class', wayforward.records.fields.Choice(max_length=40)),
                ('quotes', wayforward.records.fields.ShortText(max_length=300)),
                ('cost_kind', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('cost_phase', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('cash', wayforward.records.fields.YesNo(required=True)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('option', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.option')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('exercise', 'code'), name='appraisal_costline_code_once')],
            },
        ),
    ]
