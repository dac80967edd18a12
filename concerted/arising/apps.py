from django.apps import AppConfig


class ArisingConfig(AppConfig):
    name = "concerted.arising"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.actions.public import follows as follows_actions  # noqa: PLC0415
        from concerted.agendas.public import head_builder, when_published  # noqa: PLC0415
        from concerted.arising.restricting import follow, follow_actions  # noqa: PLC0415
        from concerted.arising.services import (  # noqa: PLC0415
            fix_when_confirmed,
            fix_when_published,
        )
        from concerted.arising.shown_beside import MattersArising  # noqa: PLC0415
        from concerted.arising.shown_in_builder import Slipping  # noqa: PLC0415
        from concerted.meetings.public import (  # noqa: PLC0415
            follows,
            keep_beside_items,
            when_confirmed,
        )

        follows(follow)
        follows_actions(follow_actions)
        keep_beside_items(MattersArising())
        head_builder(Slipping())
        when_published(fix_when_published)
        when_confirmed(fix_when_confirmed)
