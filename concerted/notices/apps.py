from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "concerted.notices"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.kernel.retention import register  # noqa: PLC0415
        from concerted.notices.retention import KINDS  # noqa: PLC0415

        register(*KINDS)
