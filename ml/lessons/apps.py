from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "ml.lessons"
    label = "lessons"

    def ready(self) -> None:
        from labelapp.catalog import dependents
        from ml.lessons.services import LessonsOfDataset

        dependents.register(LessonsOfDataset())
