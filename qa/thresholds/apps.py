from django.apps import AppConfig


class ThresholdsConfig(AppConfig):
    name = "qa.thresholds"
    label = "thresholds"
