"""Addresses for programs: the page of tokens, and the description of what they can ask for."""

from django.urls import URLPattern, path

from wayforward.pages.answer import read_only
from wayforward.web.api import openapi, views

urlpatterns: list[URLPattern] = [
    path("account/tokens", views.token_page, name="tokens"),
    path("api/openapi.json", read_only(openapi.description), name="openapi"),
]
