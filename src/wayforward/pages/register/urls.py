"""Addresses of this room. No code begins with an underscore, so `_new` and `_several` are no record's."""

from django.urls import URLPattern, path

from wayforward.pages.answer import read_only
from wayforward.pages.register import evidence, form, removing, several

REGISTER = "exercises/<slug:code>/records/<slug:stem>"
RECORD = f"{REGISTER}/<slug:which>"

urlpatterns: list[URLPattern] = [
    path(f"{REGISTER}/_new", form.new, name="record-new"),
    path(f"{REGISTER}/_several", several.several, name="records-several"),
    path(f"{RECORD}/edit", form.edit, name="record-edit"),
    path(f"{RECORD}/remove", removing.remove, name="record-remove"),
    path(f"{RECORD}/evidence/<slug:field>", evidence.attach, name="record-evidence"),
    path(
        "exercises/<slug:code>/records/attachments/<slug:which>/file",
        read_only(evidence.download),
        name="attachment-file",
    ),
]
