"""Every address there is: what stands in it, and what a person must be allowed to open it or to send a form to it.

An address that is not here fails the tests. `to_open` and `to_send` name rules of people/permissions.py; '' is anybody,
signed in or not, "person" is anybody signed in, and None says that the address does not take that.
"""

from dataclasses import dataclass, field

CODE = "TOWN"


@dataclass(frozen=True)
class Address:
    """Its kind: page (with a JSON twin, its name and -json), form, file, or sent (the target of a form alone)."""

    kind: str
    arguments: dict[str, str] = field(default_factory=dict)
    to_open: str | None = "see"
    to_send: str | None = None
    given: dict[str, str] = field(default_factory=dict)  # the query


OF = {"code": CODE}
FINDING = {"code": CODE, "key": "appraisal.cost_by_year"}
GRID = {"code": CODE, "key": "scope.grid"}

ADDRESSES: dict[str, Address] = {
    # web
    "healthz": Address("file", to_open=""),
    "sign-in": Address("form", to_open="", to_send=""),
    "sign-out": Address("sent", to_open=None, to_send=""),
    "first": Address("form", {"token": "x"}, to_open="", to_send=""),
    "password": Address("form", {"who": "1", "token": "x"}, to_open="", to_send=""),
    # pages
    "exercises": Address("page", to_open="person"),
    "home": Address("page", OF),
    "stage": Address("page", OF | {"name": "appraisal"}),
    "registers": Address("page", OF),
    "register": Address("page", OF | {"stem": "services"}),
    "record": Address("page", OF | {"stem": "evidence", "which": "E1"}),
    "findings": Address("page", OF),
    "finding": Address("page", FINDING),
    "finding-csv": Address("file", FINDING),
    "finding-svg": Address("file", GRID),
    "finding-chart": Address("file", GRID),
    # report
    "report": Address("page", OF),
    "report-file": Address("file", OF | {"form": "html"}),
    # appraisal
    "options-summary": Address("page", OF),
    "what-if": Address("page", OF),
    "what-if-save": Address("sent", OF, to_open=None, to_send="keep scenarios"),
    "appraisal-workbook": Address("file", OF),
}
