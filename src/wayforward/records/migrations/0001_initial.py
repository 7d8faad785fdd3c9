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
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('title', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('evidence_kind', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('where', wayforward.records.fields.ShortText(max_length=500)),
                ('published', wayforward.records.fields.Day()),
                ('covers_to', wayforward.records.fields.Day()),
                ('owner', wayforward.records.fields.ShortText(max_length=300)),
                ('grade', wayforward.records.fields.Whole()),
                ('stand_in', wayforward.records.fields.LongText(max_length=30000)),
                ('licence', wayforward.records.fields.ShortText(max_length=500)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('sequence', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('about', wayforward.records.fields.ShortText(max_length=100, required=True)),
                ('comment_kind', wayforward.records.fields.Choice(max_length=40, required=True)),
                ('text', wayforward.records.fields.LongText(max_length=5000, required=True)),
                ('raised_by', wayforward.records.fields.ShortText(max_length=300)),
                ('raised', wayforward.records.fields.Day()),
                ('owner', wayforward.records.fields.ShortText(max_length=300)),
                ('answer', wayforward.records.fields.LongText(max_length=5000)),
                ('answered_by', wayforward.records.fields.ShortText(max_length=300)),
                ('answered', wayforward.records.fields.Day()),
                ('closed', wayforward.records.fields.Day()),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=60)),
                ('action', models.CharField(max_length=60)),
                ('record', models.CharField(max_length=100)),
                ('record_version', models.PositiveIntegerField()),
                ('row', models.TextField()),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'ordering': ('exercise', 'sequence'),
                'indexes': [models.Index(fields=['exercise', 'record', 'sequence'], name='event_of_record')],
                'constraints': [models.UniqueConstraint(fields=('exercise', 'sequence'), name='event_sequence_once')],
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('record', wayforward.records.fields.RecordRef(max_length=300, required=True)),
                ('field', wayforward.records.fields.ShortText(max_length=60)),
                ('value', wayforward.records.fields.LongText(max_length=5000)),
                ('measure', wayforward.records.fields.ShortText(max_length=300)),
                ('period', wayforward.records.fields.ShortText(max_length=60)),
                ('basis', wayforward.records.fields.Choice(max_length=40)),
                ('prices', wayforward.records.fields.ShortText(max_length=60)),
                ('used', wayforward.records.fields.YesNo(required=True)),
                ('reason', wayforward.records.fields.LongText(max_length=2000)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('evidence', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='records.evidence')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('name', wayforward.records.fields.ShortText(max_length=200, required=True)),
                ('media_type', wayforward.records.fields.ShortText(max_length=100)),
                ('size', wayforward.records.fields.Whole()),
                ('sha256', wayforward.records.fields.ShortText(max_length=64, required=True)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
                ('evidence', wayforward.records.fields.Reference(on_delete=django.db.models.deletion.PROTECT, required=True, to='records.evidence')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
        migrations.CreateModel(
            name='ParameterOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', wayforward.records.fields.CodeField(max_length=40, required=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('marking', wayforward.records.fields.Choice(max_length=40)),
                ('parameter', wayforward.records.fields.ShortText(max_length=300, required=True)),
                ('value', wayforward.records.fields.Number(decimal_places=6, max_digits=18, required=True)),
                ('reason', wayforward.records.fields.LongText(max_length=30000, required=True)),
                ('exercise', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'abstract': False,
                'unique_together': {('exercise', 'code')},
            },
        ),
    ]
