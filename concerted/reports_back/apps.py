from django.apps import AppConfig


class ReportsBackConfig(AppConfig):
    name = "concerted.reports_back"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.agendas.public import head_builder  # noqa: PLC0415
        from concerted.meetings.public import follows, keep_beside_items  # noqa: PLC0415
        from concerted.reports_back.restricting import follow  # noqa: PLC0415
        from concerted.reports_back.shown_beside import ReportsBack  # noqa: PLC0415
        from concerted.reports_back.shown_in_builder import (  # noqa: PLC0415
            Questions,
            Reports,
        )

        follows(follow)
        keep_beside_items(ReportsBack())
        head_builder(Questions(), Reports())
