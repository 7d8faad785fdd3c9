"""Records are written by records/save.py alone; anything else that writes would leave no event."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "wayforward"
WRITES = {
    *("save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"),
    *("acreate", "asave", "adelete"),
}
# People, their sign-ins and failed tries are no records of an exercise.
ALLOWED = {
    *("jobs/queue.py", "jobs/running.py", "jobs/worker.py"),  # long work is no record
    *("records/save.py", "records/events.py"),
    # A signed version is no record: it is added once, and never changed.
    *("report/models.py", "report/signing/sign.py"),
    *("people/parts.py", "web/accounts/forms.py", "web/accounts/lasting.py", "web/accounts/people.py"),
    *("web/accounts/views.py", "web/api/tokens.py"),
    *("people/models.py", "web/passwords.py", "web/sign_in.py", "web/throttle.py", "cli/people.py"),
}


def test_nothing_else_writes_to_the_database() -> None:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name in ALLOWED or "/migrations/" in name:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITES
            ):
                found.append(f"{name}:{node.lineno} .{node.func.attr}()")
    assert found == []


def test_no_update_by_query() -> None:
    """`.update()` of a query leaves neither version nor event; that of a dict, set or hash is no query."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "update"
            ):
                receiver = ast.unparse(node.func.value)
                if ".objects" in receiver or "_manager" in receiver or ".filter(" in receiver:
                    found.append(f"{path.name}:{node.lineno}")
    assert found == []
