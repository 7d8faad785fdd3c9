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
RECORD = {"code": CODE, "stem": "services", "which": "S1"}
UPLOAD = {"code": CODE, "key": "00000000-0000-4000-8000-000000000000"}

ADDRESSES: dict[str, Address] = {
    # web
    "healthz": Address("file", to_open=""),
    "metrics": Address("file", to_open=""),  # from this machine, as these tests ask; else it is not there
    "sign-in": Address("form", to_open="", to_send=""),
    "sign-out": Address("sent", to_open=None, to_send=""),
    "first": Address("form", {"token": "x"}, to_open="", to_send=""),
    "password": Address("form", {"who": "1", "token": "x"}, to_open="", to_send=""),
    "account_login": Address("form", to_open="", to_send=""),  # sign-in, by the name that allauth looks for
    "mfa_authenticate": Address("form", to_open="", to_send=""),
    "forgotten": Address("form", to_open="", to_send=""),
    "account": Address("form", to_open="person"),
    "account_change_password": Address("form", to_open="person", to_send="person"),
    "account_reauthenticate": Address("form", to_open="person", to_send="person"),
    "mfa_reauthenticate": Address("form", to_open="person", to_send="person"),
    "usersessions_list": Address("form", to_open="person", to_send="person"),
    "mfa_index": Address("form", to_open="person"),
    "mfa_activate_totp": Address("form", to_open="person", to_send="person"),
    "mfa_deactivate_totp": Address("form", to_open="person", to_send="person"),
    "mfa_view_recovery_codes": Address("form", to_open="person"),
    "mfa_generate_recovery_codes": Address("form", to_open="person", to_send="person"),
    "people": Address("form", OF, to_open="people", to_send="people"),
    "person": Address("form", OF | {"who": "1"}, to_open="people", to_send="people"),
    "tokens": Address("form", to_open="person", to_send="person"),
    "openapi": Address("file", to_open=""),
    # pages
    "exercises": Address("page", to_open="person"),
    "home": Address("page", OF),
    "stage": Address("page", OF | {"name": "appraisal"}),
    "registers": Address("page", OF),
    "register": Address("page", OF | {"stem": "services"}),
    "record": Address("page", OF | {"stem": "evidence", "which": "E1"}),
    # pages/register
    "record-new": Address("form", OF | {"stem": "services"}, to_open="change", to_send="change"),
    "records-several": Address("form", OF | {"stem": "services"}, to_open="change", to_send="change"),
    "record-edit": Address("form", RECORD, to_open="change", to_send="change"),
    "record-remove": Address("form", RECORD, to_open="change", to_send="change"),
    "record-evidence": Address("form", RECORD | {"field": "yearly_cost"}, to_open="change", to_send="change"),
    "attachment-file": Address("file", OF | {"which": "ATT-001"}),
    "findings": Address("page", OF),
    "finding": Address("page", FINDING),
    "finding-csv": Address("file", FINDING),
    "finding-svg": Address("file", GRID),
    "finding-chart": Address("file", GRID),
    "work": Address("page", OF),
    "work-findings": Address("sent", OF, to_open=None, to_send="change"),
    "work-cancel": Address("sent", OF | {"number": "999"}, to_open=None, to_send="run"),
    # pages/round_trip
    "round-trip": Address("page", OF),
    "round-trip-stage": Address("file", OF | {"name": "scope"}),
    "round-trip-register": Address("file", OF | {"stem": "services"}),
    "round-trip-csv": Address("file", OF | {"stem": "services"}),
    "round-trip-upload": Address("sent", OF, to_open=None, to_send="change"),
    "round-trip-uploaded": Address("form", UPLOAD, to_open="change", to_send="change"),
    "round-trip-discard": Address("sent", UPLOAD, to_open=None, to_send="change"),
    "round-trip-differences": Address("file", UPLOAD, to_open="change"),
    # pages, what was
    "record-history": Address("page", OF | {"stem": "evidence", "which": "E1"}),
    "put-back": Address(
        "form", OF | {"stem": "evidence", "which": "E1", "version": "1"}, to_open="change", to_send="change"
    ),
    "changes": Address("page", OF),
    "changes-csv": Address("file", OF),
    "act": Address("page", OF | {"sequence": "1"}),
    "act-undo": Address("form", OF | {"sequence": "1"}, to_open="change", to_send="change"),
    "as-at-days": Address("page", OF),
    "as-at": Address("page", OF | {"day": "2012-12-20"}),
    "as-at-register": Address("page", OF | {"day": "2012-12-20", "stem": "services"}),
    # exercise
    "plan": Address("page", OF),
    "highlight": Address("page", OF),
    "begin": Address("form", to_open="begin", to_send="begin"),
    "begin-workbook": Address("form", to_open="begin", to_send="begin"),
    # pages/comments
    "comments": Address("page", OF),
    "comment-new": Address("form", OF, "comment", "comment", {"about": "service:S1"}),
    "comment-answer": Address("form", OF | {"which": "COM-001"}, "answer", "answer"),
    "comment-close": Address("form", OF | {"which": "COM-001"}, "close comments", "close comments"),
    # report/writing
    "report-part": Address("page", OF | {"part": "section-INT"}),
    "section-edit": Address("form", OF | {"which": "INT"}, "write", "write"),
    "section-versions": Address("page", OF | {"which": "INT"}),
    "section-put-back": Address("form", OF | {"which": "INT", "version": "1"}, "write", "write"),
    "report-review": Address("page", OF),
    "review-new": Address("form", OF, "give out for review", "give out for review"),
    "review-return": Address("form", OF | {"which": "PEE-001"}, "review", "review"),
    # report
    "report": Address("page", OF),
    "report-file": Address("file", OF | {"form": "html"}),
    "highlight-file": Address("file", OF),
    # report/signing
    "agreements": Address("page", OF),
    "agreement": Address("page", OF | {"subject": "scope"}),
    "agree": Address(
        "form",
        OF | {"subject": "scope", "step": "director"},
        to_open="agree as director",
        to_send="agree as director",
    ),
    "decision": Address("page", OF),
    "decide": Address("form", OF, to_open="decide", to_send="decide"),
    "assure": Address("form", OF, to_open="assure", to_send="assure"),
    "sign": Address("form", OF, to_open="see", to_send="decide"),
    "signed-versions": Address("page", OF),
    "signed-file": Address("file", OF | {"number": "1.0", "which": "whole", "name": "bundle.zip"}),
    # appraisal
    "options-summary": Address("page", OF),
    "what-if": Address("page", OF),
    "what-if-save": Address("sent", OF, to_open=None, to_send="keep scenarios"),
    "appraisal-workbook": Address("file", OF),
}
