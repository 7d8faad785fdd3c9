"""Addresses of the report: its preview, the files it is made into, and the highlight report as a file."""

from django.urls import path, register_converter

from wayforward.pages.answer import read_only, twinned
from wayforward.pages.urls import EXERCISE
from wayforward.report import download, highlight, views


class FormatConverter:
    """One of the formats that the report is written in."""

    regex = "|".join(download.FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "report_format")

urlpatterns = [
    *twinned(f"{EXERCISE}/report", views.preview, "report"),
    path(
        f"{EXERCISE}/report/options-report.<report_format:form>",
        read_only(download.download),
        name="report-file",
    ),
    path(f"{EXERCISE}/highlight.docx", read_only(highlight.highlight_file), name="highlight-file"),
]
