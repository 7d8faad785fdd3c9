"""Templates: rows that an exercise copies into its own records once, and owns from then on."""

from collections.abc import Mapping
from dataclasses import dataclass

from wayforward.parameters.table import Value, mapping, names, read_file, text


@dataclass(frozen=True)
class Template:
    """Named lists of rows with their source. confirm asks the body to check them before use.

    A service tree has the list 'services' (code, title, parent, level). A maturity model has
    'dimensions' (code, title, level_1 ... level_5: the descriptor of each level) and 'levels'
    (level, title).
    """

    name: str
    title: str
    dated: str
    source: str
    confirm: bool
    note: str
    lists: Mapping[str, tuple[Mapping[str, Value], ...]]

    def rows(self, name: str) -> tuple[Mapping[str, Value], ...]:
        """Return the rows of a list. Raises LookupError naming the lists there are."""
        if name not in self.lists:
            raise LookupError(
                f"the template {self.name} has no list {name!r}; it has {', '.join(self.lists)}"
            )
        return self.lists[name]


def templates() -> tuple[str, ...]:
    """Return the names of the templates there are."""
    return names("templates")


def template(name: str) -> Template:
    """Return a template by name. Raises LookupError naming those there are."""
    if name not in templates():
        raise LookupError(f"there is no template {name!r}; there are {', '.join(templates())}")
    data = read_file("templates", name)
    lists = {
        key: tuple(row for row in rows if isinstance(row, Mapping))
        for key, rows in mapping(data).items()
        if isinstance(rows, tuple)
    }
    return Template(
        name=text(data, "name"),
        title=text(data, "title"),
        dated=text(data, "dated"),
        source=text(data, "source"),
        confirm=data["confirm"] is True,
        note=text(data, "note"),
        lists=lists,
    )
