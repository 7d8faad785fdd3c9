"""The tables of a new database are those that the migrations make, one after another."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

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


def tables(home: Path, how: str) -> Any:
    told = subprocess.run(
        [sys.executable, "-c", MADE.format(how=how)],
        env=os.environ
        | {
            "WAYFORWARD_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "wayforward.web.settings",
            "DATABASE_URL": "",
        },
        stdout=subprocess.PIPE,
        check=True,
        timeout=110,
    )
    return json.loads(told.stdout)


def test_a_new_database_has_the_tables_that_the_migrations_make(tmp_path: Path) -> None:
    made = tables(tmp_path / "made", "home.prepare_database()")
    migrated = tables(
        tmp_path / "migrated", "home.close(home.settings.HOME); call_command('migrate', verbosity=0)"
    )
    assert len(made) > 110
    assert set(made) == set(migrated)
    for name, table in migrated.items():
        assert made[name] == table, name
