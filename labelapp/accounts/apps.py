from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "labelapp.accounts"
    label = "accounts"

    def ready(self) -> None:
        import labelapp.accounts.schema  # noqa: F401 (registers with the schema generator)
