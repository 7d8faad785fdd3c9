import django.db.models.deletion
import wayforward.records.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exercise', '0001_initial'),
        ('options', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('audience', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('method', wayforward.records.fields.ShortText(max_length=300)),
                ('population', wayforward.records.fields.ShortText(max_length=300)),
                ('held', wayforward.records.fields.Day()),
                ('invited', wayforward.records.fields.Whole()),
                ('answered', wayforward.records.fields.Whole()),
                ('note', wayforward.records.fields.LongText(max_length=30000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('detail', wayforward.records.fields.LongText(max_length=30000)),
                ('people', wayforward.records.fields.Whole()),
                ('why_not', wayforward.records.fields.LongText(max_length=30000)),
                ('engagement', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='engagement.engagement')),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='EngagementResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('question', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('answer', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('share', wayforward.records.fields.Fraction(decimal_places=6, max_digits=9)),
                ('base', wayforward.records.fields.Whole()),
                ('engagement', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='engagement.engagement')),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='ThemeAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('how', wayforward.records.fields.LongText(max_length=30000, required=True)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('option', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='options.option')),
                ('theme', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='engagement.theme')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
    ]
