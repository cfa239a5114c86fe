from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "labelapp.catalog"
    label = "catalog"
