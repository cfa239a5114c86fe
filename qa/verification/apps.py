from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "qa.verification"
    label = "verification"

    def ready(self) -> None:
        from labelapp.catalog import access, truths
        from qa.jobs import kinds, removal
        from qa.verification.kind import Verification
        from qa.verification.selectors import may_see_image
        from qa.verification.services import remove_items
        from qa.verification.truths import judged

        removal.register(remove_items)
        kinds.register(Verification())
        access.register(may_see_image)
        truths.register_verdicts(judged)
