from django.apps import AppConfig


class AlikeConfig(AppConfig):
    name = "ml.alike"
    label = "alike"

    def ready(self) -> None:
        from labelapp.catalog import arrivals, dependents
        from ml.alike.services import TwinsOfDataset, forget_twin, look_again

        arrivals.register(look_again)
        dependents.register(TwinsOfDataset())
        dependents.register_forgetting(forget_twin)
