from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "qa.exports"
    label = "exports"
