from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "qa.jobs"
    label = "jobs"

    def ready(self) -> None:
        from labelapp.accounts.services import on_deactivation
        from labelapp.catalog import access, dependents
        from qa.jobs.guides import may_see_example
        from qa.jobs.removal import JobsOfDataset
        from qa.jobs.services import release_all_of

        on_deactivation(release_all_of)
        access.register(may_see_example)
        dependents.register(JobsOfDataset())
