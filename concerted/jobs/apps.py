from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "concerted.jobs"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.jobs.retention import KINDS  # noqa: PLC0415
        from concerted.kernel.retention import register  # noqa: PLC0415

        register(*KINDS)
