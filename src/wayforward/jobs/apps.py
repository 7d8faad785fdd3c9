"""The jobs app: once every model is there, the kinds of long work that the other apps declare are found."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "wayforward.jobs"

    def ready(self) -> None:
        autodiscover_modules("long_work")
