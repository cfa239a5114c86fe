from django.apps import AppConfig


class CorrectionConfig(AppConfig):
    name = "qa.correction"
    label = "correction"

    def ready(self) -> None:
        from labelapp.catalog import access, truths
        from qa.correction.kind import Correction
        from qa.correction.selectors import may_see_image
        from qa.correction.services import remove_items
        from qa.correction.truths import judged
        from qa.jobs import kinds, removal

        removal.register(remove_items)
        kinds.register(Correction())
        access.register(may_see_image)
        truths.register_verdicts(judged)
