from django.apps import AppConfig


class MasksConfig(AppConfig):
    name = "ml.masks"
    label = "masks"

    def ready(self) -> None:
        from labelapp.catalog import dependents
        from ml.masks.services import MasksOfDataset

        dependents.register(MasksOfDataset())
