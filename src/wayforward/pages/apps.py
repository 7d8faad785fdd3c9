"""The pages app: once every model is there, the findings that the stages declare are found."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PagesConfig(AppConfig):
    name = "wayforward.pages"

    def ready(self) -> None:
        autodiscover_modules("findings")
