from django.apps import AppConfig


class InterestsConfig(AppConfig):
    name = "concerted.interests"

    def ready(self) -> None:
        # Here, because the tables must be known first.
        from concerted.interests.retention import KINDS  # noqa: PLC0415
        from concerted.interests.shown_beside import Declarations  # noqa: PLC0415
        from concerted.kernel.retention import register  # noqa: PLC0415
        from concerted.meetings.public import keep_beside_items  # noqa: PLC0415

        register(*KINDS)
        keep_beside_items(Declarations())
