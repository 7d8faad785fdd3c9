import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exercise', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignedVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20)),
                ('public', models.BooleanField(default=False)),
                ('signed_at', models.DateTimeField()),
                ('actor', models.CharField(max_length=60)),
                ('sequence', models.PositiveBigIntegerField()),
                ('head', models.CharField(max_length=64)),
                ('contents', models.CharField(max_length=64)),
                ('sha256', models.CharField(max_length=64)),
                ('bundle', models.BinaryField()),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exercise.exercise')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('exercise', 'number', 'public'), name='a_version_signed_once')],
            },
        ),
    ]
