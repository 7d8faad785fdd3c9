"""The tables of a new database are those that the migrations make, one after another."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.databases import BOTH, empty_database, script

MADE = """
import json
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from wayforward.web import home
LIMITS = ("primary_key", "unique", "index", "check", "foreign_key")
{how}
told = {{}}
with connection.cursor() as cursor:
    look = connection.introspection
    for table in look.table_names(cursor):
        columns = [
            (c.name, c.type_code if isinstance(c.type_code, str) else str(c.type_code), c.null_ok, str(c.default))
            for c in look.get_table_description(cursor, table)
        ]
        limits = [
            (sorted(one["columns"] or []), *(str(one[what]) for what in LIMITS))
            for one in look.get_constraints(cursor, table).values()
        ]
        told[table] = [sorted(columns), sorted(limits, key=str)]
    cursor.execute("SELECT app, name FROM django_migrations")
    told["migrations"] = sorted(cursor.fetchall())
print(json.dumps(told))
"""


MIGRATED = "home.close(home.settings.HOME); call_command('migrate', verbosity=0)"


def tables(home: Path, kind: str, how: str) -> Any:
    with empty_database(kind) as database:
        return json.loads(script(MADE.format(how=how), home, database))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", BOTH)
def test_a_new_database_has_the_tables_that_the_migrations_make(tmp_path: Path, kind: str) -> None:
    made = tables(tmp_path / "made", kind, "home.prepare_database()")
    migrated = tables(tmp_path / "migrated", kind, MIGRATED)
    assert len(made) > 110
    assert set(made) == set(migrated)
    other = {name for name, table in migrated.items() if made[name] != table}
    # Django numbers this one in integers by its models and in big ones by its migrations; SQLite has one kind.
    assert other <= {"auth_group_permissions"}
