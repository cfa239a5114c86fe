from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "qa.jobs"
    label = "jobs"
