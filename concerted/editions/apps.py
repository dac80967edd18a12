from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "concerted.editions"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.editions.retention import KINDS  # noqa: PLC0415
        from concerted.kernel.retention import register  # noqa: PLC0415

        register(*KINDS)
