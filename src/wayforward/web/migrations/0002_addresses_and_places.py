from django.db import IntegrityError, migrations, models
from django.db.models.functions import Lower


def in_one_case(apps, schema_editor):
    """Addresses were kept as typed; from here on they are kept, and found, in one case."""
    seen = set()
    for user in apps.get_model('web', 'User').objects.order_by('pk'):
        user.email = user.email.strip().casefold()
        if user.email in seen:
            raise IntegrityError(f'two people have the e-mail address {user.email}, in different case: change one')
        seen.add(user.email)
        user.save(update_fields=['email'])


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('web', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='failedsignin',
            name='place_digest',
            field=models.CharField(db_index=True, default='', max_length=40),
        ),
        migrations.RunPython(in_one_case, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(Lower('email'), name='one_person_an_address'),
        ),
    ]
