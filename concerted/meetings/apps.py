from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "concerted.meetings"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.meetings.paragraph_kind import ParagraphKind  # noqa: PLC0415
        from concerted.meetings.restricting import ItemKind, MeetingKind  # noqa: PLC0415
        from concerted.restrictions.public import register  # noqa: PLC0415

        register(ItemKind(), MeetingKind(), ParagraphKind())
