from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "qa.exports"
    label = "exports"

    def ready(self) -> None:
        from labelapp.catalog import dependents
        from qa.exports.services import ExportsOfDataset, remove_of_job
        from qa.jobs import removal

        dependents.register(ExportsOfDataset())
        removal.register(remove_of_job)
