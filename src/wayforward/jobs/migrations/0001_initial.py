import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exercise', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=64, unique=True)),
                ('beat_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=150)),
                ('arguments', models.JSONField(default=dict)),
                ('asked_by', models.CharField(max_length=60)),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting its turn'), ('running', 'Running'), ('done', 'Done'), ('cancelled', 'Cancelled'), ('refused', 'Can’t be done yet'), ('stopped', 'Stopped')], default='waiting', max_length=10)),
                ('task', models.CharField(default='', max_length=40)),
                ('worker', models.CharField(default='', max_length=64)),
                ('claim', models.UUIDField(null=True)),
                ('held_until', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('submission', models.UUIDField(default=uuid.uuid4)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('words', models.CharField(default='', max_length=200)),
                ('cancel_asked', models.BooleanField(default=False)),
                ('result', models.CharField(default='', max_length=300)),
                ('error', models.TextField(default='')),
                ('ended_at', models.DateTimeField(null=True)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exercise.exercise')),
            ],
            options={
                'ordering': ('-asked_at', '-pk'),
                'indexes': [models.Index(fields=['state'], name='jobs_by_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('waiting', 'running'))), fields=('exercise', 'key'), name='one_open_job_a_key')],
            },
        ),
    ]
