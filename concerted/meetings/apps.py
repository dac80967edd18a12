from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "concerted.meetings"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.documents.public import register as hold  # noqa: PLC0415
        from concerted.meetings.decided import Decisions  # noqa: PLC0415
        from concerted.meetings.paragraph_kind import ParagraphKind  # noqa: PLC0415
        from concerted.meetings.restricting import (  # noqa: PLC0415
            ItemKind,
            MeetingFiles,
            MeetingKind,
        )
        from concerted.papers.public import tells_decisions  # noqa: PLC0415
        from concerted.restrictions.public import register  # noqa: PLC0415

        register(ItemKind(), MeetingKind(), ParagraphKind())
        hold(MeetingFiles())
        tells_decisions(Decisions())
