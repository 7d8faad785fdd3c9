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
            name='DeliveryVehicle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('area', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('detail', wayforward.records.fields.LongText(max_length=30000)),
                ('verdict', wayforward.records.fields.Choice(max_length=40)),
                ('reason', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LonglistChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('dimension', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('verdict', wayforward.records.fields.Choice(max_length=40)),
                ('reason', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ChoiceConflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('reason', wayforward.records.fields.LongText(max_length=30000, required=True)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('first', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.longlistchoice')),
                ('second', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.longlistchoice')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MarketView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('supplier', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('appetite', wayforward.records.fields.Choice(max_length=40)),
                ('basis', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('vehicle', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.deliveryvehicle')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('short_name', wayforward.records.fields.ShortText(max_length=40, required=True)),
                ('option_kind', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('order', wayforward.records.fields.Whole(required=True)),
                ('summary', wayforward.records.fields.LongText(max_length=30000)),
                ('people_effect', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImpactAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('assessment', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('state', wayforward.records.fields.Choice(max_length=40)),
                ('owner', wayforward.records.fields.ShortText(max_length=300)),
                ('due', wayforward.records.fields.Day()),
                ('outcome', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('option', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.option')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BreakPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('falls', wayforward.records.fields.Day()),
                ('notice_months', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('exit_cost', wayforward.records.fields.Money(decimal_places=2, max_digits=14)),
                ('what_stops', wayforward.records.fields.LongText(max_length=30000)),
                ('known_by_then', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('option', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.option')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OptionChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('choice', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.longlistchoice')),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('option', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.option')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OptionPeople',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('employer', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('before', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('after', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('transfers', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('pension_cost', wayforward.records.fields.Money(decimal_places=2, max_digits=14)),
                ('redundancy_cost', wayforward.records.fields.Money(decimal_places=2, max_digits=14)),
                ('note', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('option', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.option')),
                ('vehicle', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, to='options.deliveryvehicle')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OptionPhase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('phase', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('starts', wayforward.records.fields.Day()),
                ('months', wayforward.records.fields.Whole()),
                ('delay_months', wayforward.records.fields.Whole()),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('option', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.option')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OptionRisk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('probability', wayforward.records.fields.Fraction(decimal_places=6, max_digits=9)),
                ('impact', wayforward.records.fields.Money(decimal_places=2, max_digits=14)),
                ('impact_weeks', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('mitigation', wayforward.records.fields.LongText(max_length=30000)),
                ('owner', wayforward.records.fields.ShortText(max_length=300)),
                ('year', wayforward.records.fields.YearField()),
                ('counted_in', wayforward.records.fields.Choice(max_length=40)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('option', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.option')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OptionService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('change', wayforward.records.fields.LongText(max_length=30000, required=True)),
                ('employer', wayforward.records.fields.Choice(max_length=40)),
                ('tasked_by', wayforward.records.fields.Choice(max_length=40)),
                ('powers_by', wayforward.records.fields.Choice(max_length=40)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('option', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.option')),
                ('outcome', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, to='scope.modernisationoutcome')),
                ('service', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='scope.service')),
                ('vehicle', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, to='options.deliveryvehicle')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OptionTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('vat', wayforward.records.fields.Choice(max_length=40)),
                ('term_years', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('data_owner', wayforward.records.fields.ShortText(max_length=300)),
                ('property_owner', wayforward.records.fields.ShortText(max_length=300)),
                ('unions_consulted', wayforward.records.fields.YesNo()),
                ('consulted_on', wayforward.records.fields.Day()),
                ('note', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('option', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.option')),
                ('vehicle', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, to='options.deliveryvehicle')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProcurementFit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('fit', wayforward.records.fields.Choice(max_length=40)),
                ('months_to_award', wayforward.records.fields.Number(decimal_places=4, max_digits=18)),
                ('note', wayforward.records.fields.LongText(max_length=30000)),
                ('framework', wayforward.records.fields.ShortText(max_length=300)),
                ('award_cost', wayforward.records.fields.Money(decimal_places=2, max_digits=14)),
                ('change_risk', wayforward.records.fields.Choice(max_length=40)),
                ('challenge_risk', wayforward.records.fields.Choice(max_length=40)),
                ('legal_advice', wayforward.records.fields.LongText(max_length=30000)),
                ('advised', wayforward.records.fields.Day()),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('option', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.option')),
                ('procurement', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='exercise.procurement')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SuccessFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('test', wayforward.records.fields.LongText(max_length=30000)),
                ('imperative', wayforward.records.fields.Choice(max_length=40)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FactorVerdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('passes', wayforward.records.fields.YesNo()),
                ('reason', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('option', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.option')),
                ('factor', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.successfactor')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ChoiceFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('meets', wayforward.records.fields.Choice(max_length=40)),
                ('reason', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('choice', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.longlistchoice')),
                ('factor', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.successfactor')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TimeCritical',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('due', wayforward.records.fields.Day()),
                ('why', wayforward.records.fields.LongText(max_length=30000)),
                ('if_late', wayforward.records.fields.LongText(max_length=30000)),
                ('about', wayforward.records.fields.RecordRef(max_length=300)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BidderContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('happened', wayforward.records.fields.Day(required=True)),
                ('bidder', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('about', wayforward.records.fields.LongText(max_length=30000, required=True)),
                ('told_all', wayforward.records.fields.YesNo()),
                ('told_on', wayforward.records.fields.Day()),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('procurement', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='exercise.procurement')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('exercise', 'code'), name='options_biddercontact_code_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='deliveryvehicle',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_deliveryvehicle_code_once'),
        ),
        migrations.AddConstraint(
            model_name='longlistchoice',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_longlistchoice_code_once'),
        ),
        migrations.AddConstraint(
            model_name='choiceconflict',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_choiceconflict_code_once'),
        ),
        migrations.AddConstraint(
            model_name='marketview',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_marketview_code_once'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_option_code_once'),
        ),
        migrations.AddConstraint(
            model_name='impactassessment',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_impactassessment_code_once'),
        ),
        migrations.AddConstraint(
            model_name='breakpoint',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_breakpoint_code_once'),
        ),
        migrations.AddConstraint(
            model_name='optionchoice',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_optionchoice_code_once'),
        ),
        migrations.AddConstraint(
            model_name='optionpeople',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_optionpeople_code_once'),
        ),
        migrations.AddConstraint(
            model_name='optionphase',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_optionphase_code_once'),
        ),
        migrations.AddConstraint(
            model_name='optionrisk',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_optionrisk_code_once'),
        ),
        migrations.AddConstraint(
            model_name='optionservice',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_optionservice_code_once'),
        ),
        migrations.AddConstraint(
            model_name='optionterms',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_optionterms_code_once'),
        ),
        migrations.AddConstraint(
            model_name='procurementfit',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_procurementfit_code_once'),
        ),
        migrations.AddConstraint(
            model_name='successfactor',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_successfactor_code_once'),
        ),
        migrations.AddConstraint(
            model_name='factorverdict',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_factorverdict_code_once'),
        ),
        migrations.AddConstraint(
            model_name='choicefactor',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_choicefactor_code_once'),
        ),
        migrations.AddConstraint(
            model_name='timecritical',
            constraint=models.UniqueConstraint(fields=('exercise', 'code'), name='options_timecritical_code_once'),
        ),
    ]
