from django.apps import AppConfig


class SegmentationConfig(AppConfig):
    name = "qa.segmentation"
    label = "segmentation"

    def ready(self) -> None:
        from labelapp.catalog import access
        from qa.jobs import kinds, removal
        from qa.segmentation.kind import Segmentation
        from qa.segmentation.selectors import may_see_image
        from qa.segmentation.services import remove_pictures

        removal.register(remove_pictures)
        kinds.register(Segmentation())
        access.register(may_see_image)
