from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "ml.registry"
    label = "registry"
