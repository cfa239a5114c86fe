from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "qa.verification"
    label = "verification"
