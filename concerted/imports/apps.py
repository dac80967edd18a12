from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "concerted.imports"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.imports.retention import KINDS  # noqa: PLC0415
        from concerted.kernel.retention import register  # noqa: PLC0415

        register(*KINDS)
