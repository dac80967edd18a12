from django.apps import AppConfig


class NotifyingConfig(AppConfig):
    name = "concerted.notifying"

    def ready(self) -> None:
        # Here, because the tables must be known first; composing says which mails it makes.
        from concerted.kernel.retention import register  # noqa: PLC0415
        from concerted.notifying import composing  # noqa: F401, PLC0415
        from concerted.notifying.retention import KINDS  # noqa: PLC0415

        register(*KINDS)
