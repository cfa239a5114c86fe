from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "labelapp.imports"
    label = "imports"

    def ready(self) -> None:
        from labelapp.catalog import dependents
        from labelapp.imports.services import ImportsOfDataset

        dependents.register(ImportsOfDataset())
