from django.apps import AppConfig


class BriefsConfig(AppConfig):
    name = "concerted.briefs"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.briefs.restricting import follow  # noqa: PLC0415
        from concerted.briefs.retention import KINDS  # noqa: PLC0415
        from concerted.kernel.retention import register  # noqa: PLC0415
        from concerted.meetings.public import follows  # noqa: PLC0415

        follows(follow)
        register(*KINDS)
