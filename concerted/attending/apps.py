from django.apps import AppConfig


class AttendingConfig(AppConfig):
    name = "concerted.attending"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.attending.feeding import end_all_of  # noqa: PLC0415
        from concerted.attending.restricting import follow  # noqa: PLC0415
        from concerted.attending.retention import KINDS  # noqa: PLC0415
        from concerted.attending.shown_ahead import OwnAnswer  # noqa: PLC0415
        from concerted.kernel.retention import register  # noqa: PLC0415
        from concerted.meetings.public import follows, keep_ahead  # noqa: PLC0415
        from concerted.people.public import on_end  # noqa: PLC0415

        follows(follow)
        keep_ahead(OwnAnswer())
        register(*KINDS)
        on_end(end_all_of)
