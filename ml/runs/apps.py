from django.apps import AppConfig


class RunsConfig(AppConfig):
    name = "ml.runs"
    label = "runs"

    def ready(self) -> None:
        from labelapp.catalog import dependents
        from ml.runs.services import RunsOfDataset, forget_features

        dependents.register(RunsOfDataset())
        dependents.register_forgetting(forget_features)
