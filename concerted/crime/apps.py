from django.apps import AppConfig


class CrimeConfig(AppConfig):
    name = "concerted.crime"

    def ready(self) -> None:
        from concerted.crime.retention import KINDS  # noqa: PLC0415
        from concerted.kernel.retention import register  # noqa: PLC0415

        register(*KINDS)
