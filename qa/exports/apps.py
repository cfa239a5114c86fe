from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "qa.exports"
    label = "exports"

    def ready(self) -> None:
        from labelapp.catalog import dependents, truths
        from qa.exports.services import ExportsOfDataset, remove_of_job
        from qa.exports.truths import exported
        from qa.jobs import removal

        dependents.register(ExportsOfDataset())
        removal.register(remove_of_job)
        truths.register_exports(exported)
