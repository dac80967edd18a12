from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "concerted.audit"

    def ready(self) -> None:
        from concerted.audit import signins  # noqa: F401, PLC0415 - it listens from now on
