"""The records app: once every model is there, the checks that the stages declare are found."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class RecordsConfig(AppConfig):
    name = "wayforward.records"

    def ready(self) -> None:
        from wayforward.records.base import record_models  # needs the models

        for label in {model._meta.app_label for model in record_models()}:
            stage = apps.get_app_config(label)
            if stage.module is not None and module_has_submodule(stage.module, "checks"):
                import_module(f"{stage.name}.checks")
        import_module("wayforward.records.evidence_checks")
        import_module("wayforward.records.comment_checks")
