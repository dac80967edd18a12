from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "concerted.access"

    def ready(self) -> None:
        from concerted.access import receivers  # noqa: F401, PLC0415 - they listen from now on
        from concerted.access.retention import KINDS  # noqa: PLC0415
        from concerted.kernel.retention import register  # noqa: PLC0415

        register(*KINDS)
