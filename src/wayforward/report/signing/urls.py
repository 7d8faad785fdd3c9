"""Addresses of agreeing, deciding and signing."""

from django.urls import path

from wayforward.pages.answer import read_only, twinned
from wayforward.pages.urls import EXERCISE
from wayforward.report.signing import due, versions, views  # noqa: F401  (due tells home what waits)

urlpatterns = [
    *twinned(f"{EXERCISE}/agreements", views.agreements, "agreements"),
    *twinned(f"{EXERCISE}/agreements/<slug:subject>", views.agreement, "agreement"),
    path(f"{EXERCISE}/agreements/<slug:subject>/<slug:step>", views.agree, name="agree"),
    *twinned(f"{EXERCISE}/report/decision", views.decision, "decision"),
    path(f"{EXERCISE}/report/decide", views.decide, name="decide"),
    path(f"{EXERCISE}/report/assure", views.assure, name="assure"),
    path(f"{EXERCISE}/report/sign", versions.sign, name="sign"),
    *twinned(f"{EXERCISE}/report/versions", versions.versions, "signed-versions"),
    path(
        f"{EXERCISE}/report/versions/<str:number>/<slug:which>/<str:name>",
        read_only(versions.signed_file),
        name="signed-file",
    ),
]
